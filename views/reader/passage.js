// An article as plain text, opened where the words stand that were asked for. Text nodes only.

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".framing");
  const text = element("div", "passage");
  text.lang = "en";
  for (const pieces of data.paragraphs) {
    const paragraph = add(text, "p");
    paragraph.dir = "auto";
    for (const piece of pieces) add(paragraph, piece.own ? "b" : "span", piece.own ? "own" : "", piece.text);
  }
  root.replaceChildren(text);
  const own = text.querySelector(".own");
  // The window that it opens in takes the focus, and with it its own top, when it has been drawn.
  if (own) requestAnimationFrame(() => requestAnimationFrame(() => own.scrollIntoView({ block: "center" })));
}
