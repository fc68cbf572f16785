"""The README's pictures, taken from the running dashboard: `python -m tests.browser.pictures` writes docs/pictures/."""

from __future__ import annotations

from tests.browser.driver import Watched, browser, server
from tests.browser.serving import ROOT

FOLDER = ROOT / "docs" / "pictures"
ARTICLE = "/read?article=kremlin-talks%2Fkestrel-post"


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with server() as address, browser() as opened:
        for scheme in ("light", "dark"):
            window = Watched(opened, address, width=1280, height=860, scheme=scheme)
            page = window.open(ARTICLE)
            page.locator(".text .mark.loaded_term").nth(1).click()
            page.locator(".evidence").wait_for()
            window.settle()
            page.mouse.move(5, 5)
            page.wait_for_timeout(600)
            window.shoot(FOLDER, f"read-{scheme}")
            page = window.open("/")
            page.locator(".st-key-differences button").first.click()
            page.locator(".st-key-margin li").first.wait_for()
            page.locator("[data-testid=stMain]").evaluate("node => node.scrollTo(0, 0)")
            page.wait_for_timeout(600)
            window.shoot(FOLDER, f"overview-{scheme}")
            window.close()
            if window.faults:
                raise SystemExit("\n".join(window.faults))
    print(f"Wrote {len(list(FOLDER.glob('*.png')))} pictures to {FOLDER.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
