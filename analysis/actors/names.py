"""Finds the names in an article: where each begins and ends, and what kind of thing it names.

In: a `View`. Out: `Name`s in the order of the text, none overlapping. Capitals propose, lists and (where there are any)
tags and entity labels decide; sentence openers and headlines are believed only when something else speaks for them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from analysis.actors.kind_of_name import ACRONYM_MIN, likely
from analysis.actors.led import with_led
from analysis.actors.naming import (
    LABELS,
    PARTICLES,
    SAYS,
    SYLLABLES,
    Name,
    NameKind,
    as_told,
    nickname,
    portfolio,
    role_at,
)
from analysis.actors.registry import Entry, Role, registry
from analysis.actors.revising import headlines, joined, settled
from analysis.actors.token_view import DATELINE, NORMAL, View

_MIDTITLES = frozenset(
    {"ruler", "minister", "office", "executive", "military", "spokesperson", "courtesy", "title", "law"}
)
_BUILT = ("ed", "ous", "ful", "less")  # how words end that only describe: “Embattled Renn”


def find_names(view: View) -> list[Name]:
    """All names of the article, typed."""
    finder = _Finder(view)
    return finder.run()


class _Finder:
    def __init__(self, view: View) -> None:
        self.v = view
        self.r = registry()
        self.namey = [False] * len(view.words)  # whether a capital begins what may be part of a name
        for k in view.capitals:
            self.namey[k] = self._namey(k)
        self.mid = self._middles()
        self.solo = self._solo()
        self.votes: dict[str, Counter[NameKind]] = defaultdict(Counter)

    def run(self) -> list[Name]:
        v = self.v
        for a, b, label in v.ents:
            if v.zone[a] == NORMAL:
                self.votes[" ".join(v.words[a:b])][LABELS.get(label, "unknown")] += 1
        names: list[Name] = []
        free = 0
        arabic = self.r.words["arabic"]
        for k in sorted({*v.capitals, *v.listed, *(k for k, word in enumerate(v.words) if word in arabic)}):
            if k < free:
                continue
            end = v.bounds[v.sent[k]][1]
            if v.zone[k] == DATELINE:
                free = self._dateline(k, end, names)
            elif v.zone[k] == NORMAL:
                free = self._take(k, end, names)
        names = joined(v, names)
        names = as_told(v, settled(v, names))
        return with_led(v, sorted([*names, *headlines(v, names)], key=lambda n: n.start))

    # --- runs of capitals

    def _middles(self) -> frozenset[str]:
        """Words that stand with a capital inside a plain sentence, where only names do."""
        v, openers, roles = self.v, self.r.words["opener"], self.r.roles
        found = set()
        for k in v.capitals:
            follows = k + 1 < len(v.words) and v.cap[k + 1]
            plain = follows and v.words[k] not in openers and v.low[k] not in roles
            if v.zone[k] == NORMAL and (plain or not v.opening[k]):
                found.add(v.words[k])
        return frozenset(found)

    def _solo(self) -> frozenset[str]:
        """Capitalised words that stand without a hyphen somewhere: “Trump-Abe” is two names, “Jean-Luc” is one."""
        words, n = self.v.words, len(self.v.words)
        return frozenset(
            words[k]
            for k in self.v.capitals
            if not (k and words[k - 1] == "-") and not (k + 1 < n and words[k + 1] == "-")
        )

    def _namey(self, k: int) -> bool:
        w = self.v.words[k]
        calendar = self.r.words["calendar"]
        if w in calendar or w.removesuffix(".") in calendar:
            return self._month_name(k, w)
        return self.v.low[k] not in self.r.words["pronoun"] and not w.startswith(("I'", "I’"))

    def _month_name(self, k: int, w: str) -> bool:
        """“Theresa May”, “Jan Kolar”, “June Brown”: a word of the calendar beside a given name or a surname."""
        v, r = self.v, self.r
        before = v.words[k - 1] if k else ""
        if before in r.given and before not in r.words["opener"]:
            return w in r.words["month_name"]
        after = v.words[k + 1] if k + 1 < len(v.words) else ""
        return (
            w in r.given and after[:1].isupper() and after not in r.words["calendar"] and after not in r.words["opener"]
        )

    def _run_end(self, i: int, b: int) -> int:
        """The end of the run of capitals that begins at i: hyphens and particles (van der, bin, al-) stay inside."""
        v = self.v
        j = i + 1
        while j < b:
            if self.namey[j]:
                if v.words[j - 1] == "." or (v.opening[j] and v.words[j - 1] != "-"):
                    break
                j += 1
            elif self.namey[min(j + 3, b - 1)] and nickname(v, i, j, b):
                j += 4
            elif v.words[j] in "-‑–" and j + 1 < b and v.touching(j) and v.touching(j + 1):
                if v.words[j - 1] in self.solo and v.words[j + 1] in self.solo:
                    break
                if v.cap[j + 1] or v.words[j + 1] in SYLLABLES or self._one_person(j):
                    j += 2
                else:
                    break
            elif v.low[j] in PARTICLES:
                k = j
                while k < b and (v.low[k] in PARTICLES or v.words[k] == "-"):
                    k += 1
                if k < b and k - j <= 3 and self.namey[k]:
                    j = k + 1
                else:
                    break
            else:
                break
        return j

    def _one_person(self, hyphen: int) -> bool:
        """“Park Ji-hoon”: the words on both sides of the hyphen are read as one person's, and belong to no one else."""
        v = self.v
        read_as_one = v.label[hyphen - 1] == v.label[hyphen] == v.label[hyphen + 1] == "PER"
        korean = hyphen > 1 and v.words[hyphen - 2] in self.r.words["family_first"] and v.words[hyphen + 1].islower()
        return v.words[hyphen + 1].isalpha() and (read_as_one or korean)

    def _take(self, i: int, b: int, names: list[Name]) -> int:
        """Read one run from token i, append its names, return where to go on."""
        v = self.v
        hit = v.listed.get(i)
        if not v.cap[i]:
            if v.low[i] in self.r.words["arabic"] and i + 2 < b and v.words[i + 1] == "-" and v.cap[i + 2]:
                return self._parse(i, self._run_end(i + 2, b), b, names)
            if hit and i + hit[0] <= b and hit[0] + (v.words[i][:1].isupper()) and hit[1].kind == "body":
                names.append(Name(i, i + hit[0], "body", hit[1]))
                return i + hit[0]
            return i + 1
        if (
            v.words[i] in self.r.words["partisan"]
            and i
            and v.words[i - 1] in ",("
            and i + 2 < b
            and v.words[i + 1] == "-"
        ):
            return i + 3
        if not self.namey[i]:
            return i + 1
        if v.opening[i] and not self._believed(i, b, hit):
            return i + 1
        end = self._run_end(i, b)
        if hit and i + hit[0] > end:
            end = min(i + hit[0], b)
        return self._parse(i, end, b, names)

    def _believed(self, i: int, b: int, hit: tuple[int, Entry] | None) -> bool:
        """Whether the first word of a sentence, which has its capital anyway, belongs to a name."""
        v, r = self.v, self.r
        w = v.words[i]
        nxt = v.words[i + 1] if i + 1 < b else ""
        follows = i + 1 < b and (self.namey[i + 1] or nxt == "-")
        if hit and hit[0] > 1:
            return True
        if w in r.words["also_verb"]:
            return nxt not in r.words["verb_goes_on"]
        if hit and hit[1].kind != "body":
            return True
        if w in r.words["opener"]:
            if w in r.given and follows and v.words[i + 1] not in r.words["opener"] and not self._asks(i):
                return True
            return bool(follows and v.labelled and v.label[i] and w not in r.words["bare_opener"])
        if v.low[i] in PARTICLES and w != "Do" and i + 1 < b and (v.low[i + 1] in PARTICLES or self.namey[i + 1]):
            return True
        if (
            follows
            and w not in self.mid
            and w not in r.given
            and self._listed_next(i + 1)
            and not (v.labelled and v.label[i])
        ):
            return False
        if follows and not hit and len(w) > 6 and w.endswith(_BUILT) and w not in r.given and nxt in self.solo:
            return False
        if v.word(i + 1) in r.words["company"] and not hit and w not in self.mid and i + 2 < b and self.namey[i + 2]:
            return False  # “Tech giant Norvane”
        role = role_at(v, i, b)
        if role and not (w in self.mid and not follows):
            return i + role[0] < b and self.namey[i + role[0]]
        if hit or (w.isupper() and len(w) >= ACRONYM_MIN and w.isalpha()):
            return True
        if v.labelled and v.label[i] and v.pos[i] in ("PROPN", ""):
            return True
        seen_small = v.low[i] in v.plain
        if w in self.mid and not seen_small:
            return True
        if v.tagged and not follows:
            return v.pos[i] == "PROPN" and not seen_small
        if w in r.given:
            return not seen_small
        if follows:
            return not seen_small and (not v.tagged or v.pos[i] == "PROPN")
        return not seen_small and (v.word(i + 1) in SAYS or (nxt == "," and v.word(i + 2).isdigit()))

    def _listed_next(self, k: int) -> bool:
        hit = self.v.listed.get(k)
        return hit is not None and hit[1].kind != "place"

    def _asks(self, i: int) -> bool:
        a, b = self.v.bounds[self.v.sent[i]]
        return "?" in self.v.words[max(a, b - 3) : b]

    # --- what is inside a run

    def _parse(self, i: int, end: int, b: int, names: list[Name]) -> int:
        v, r = self.v, self.r
        k = i
        while k < end:
            if not self.namey[k] and v.low[k] not in PARTICLES:
                k += 1
                continue
            if v.words[k] in r.words["party"] and k + 2 < end and v.words[k + 1] in r.given:
                k += 1  # Democrat Ada Renn
                continue
            if v.words[k] in r.words["epithet"] and k + 1 < end and v.words[k + 1] in r.given:
                k += 1  # Crooked Ada
                continue
            role = role_at(v, k, b)
            if role and k + role[0] < b and self.namey[k + role[0]] and v.words[end - 1] not in r.words["org_end"]:
                k = self._titled(k, end, b, names)
                continue
            hit = v.listed.get(k)
            if hit and k + hit[0] <= max(end, b):
                nxt = self._listed(k, end, hit, names)
                end = max(end, nxt)
                k = nxt
                continue
            stop = self._segment_end(k, end, b)
            person = portfolio(self.v, k, stop)
            names.append(Name(k, person or stop, "thing" if person else likely(self.v, self.votes, k, stop)))
            k = person or stop
        return max(k, end)

    def _titled(self, k: int, end: int, b: int, names: list[Name]) -> int:
        """“Foreign Minister Sergei Lavrov”: the roles, then the person."""
        v = self.v
        start = k
        titles: list[Role] = []
        while (found := role_at(v, k, b)) and k + found[0] < b and self.namey[k + found[0]]:
            titles.extend(found[1])
            k += found[0]
        end = max(end, self._run_end(k, b))
        hit = v.listed.get(k)
        if role_at(v, k, k + 1) and k + 1 >= end and not self._surname(k):
            return end  # “Mr. President”: nobody's name
        courtesy = any(t.cls in ("courtesy", "title") for t in titles)
        if hit and hit[1].kind in ("demonym", "body") and not courtesy and k + hit[0] >= end:
            names.append(Name(k, k + hit[0], hit[1].kind, hit[1]))
            return k + hit[0]
        stop = self._segment_end(k, end, b)
        names.append(Name(k, stop, "person", None, tuple(titles), start))
        return stop

    def _surname(self, k: int) -> bool:
        """Whether what is also an office is a surname: “Mr. Baker”, “Mr. King” where the text has met Ada King."""
        v = self.v
        listed = v.low[k] in self.r.words["role_surname"]
        return listed or any(label == "PER" and b - a > 1 and v.words[b - 1] == v.words[k] for a, b, label in v.ents)

    def _segment_end(self, k: int, end: int, b: int) -> int:
        """A segment ends before a title that leads to a person: “Gazprom | CEO Alexei Miller”; Renn | Renn."""
        v = self.v
        half = (end - k) // 2
        if half > 1 and v.words[k : k + half] == v.words[k + half : end]:
            return k + half
        for m in range(k + 1, end):
            if not v.cap[m] or v.words[m - 1] == "-":
                continue
            role = role_at(v, m, b)
            if (
                role
                and m + role[0] < end
                and (any(t.cls in _MIDTITLES for t in role[1]) or v.words[m + role[0]] in self.r.given)
            ):
                if v.words[k] in self.r.given and m == k + 1:
                    continue
                return m
        return end

    def _listed(self, k: int, end: int, hit: tuple[int, Entry], names: list[Name]) -> int:
        """A run that begins with a listed word: that word alone, or the start of a longer name?"""
        v, r = self.v, self.r
        n, entry = hit
        after = k + n
        article = n > 1 and entry.kind == "country" and v.low[k] == "the"
        alone = Name(k + article, after, entry.kind, entry)
        if after >= end:
            names.append(alone)
            return after
        if v.words[after] == "-":
            names.append(alone)
            return after + 1
        stop = self._segment_end(k, end, end)
        if role_at(v, after, end) or stop == after:
            names.append(alone)
            return after
        last = v.words[stop - 1]
        whole = Name(k, stop, "organisation")
        labelled = v.labelled and v.label[k] and all(v.label[m] == v.label[k] for m in range(k, stop))
        if last in r.words["org_end"]:
            names.append(whole)
        elif last in r.words["thing"]:
            names.append(replace(whole, kind="thing"))
        elif last in r.words["place"]:
            names.append(replace(whole, kind="place"))
        elif (
            entry.kind in ("country", "capital", "place")
            and n == 1
            and (v.words[k] in r.given or v.words[k] in r.words["place_given"])
        ):
            names.append(replace(whole, kind="person"))
        elif (
            entry.kind in ("demonym", "people", "body", "seat")
            or v.words[k] in r.words["state_short"]
            or portfolio(v, k, stop) == after
        ):
            names.append(alone)
            return after
        elif labelled:
            names.append(replace(whole, kind=LABELS.get(v.label[k], "organisation")))
        elif v.words[after] in r.given:
            names.append(alone)
            return after
        else:
            names.append(whole)
        return stop

    def _dateline(self, k: int, b: int, names: list[Name]) -> int:
        """“MOSCOW, Feb 7 (TASS) —”: a place and an agency, neither of them in the story."""
        v = self.v
        while k < b and v.zone[k] == DATELINE:
            if not v.cap[k] or v.words[k] in self.r.words["calendar"]:
                k += 1
                continue
            j = k + 1
            while j < b and v.zone[j] == DATELINE and v.cap[j] and v.words[j] not in self.r.words["calendar"]:
                j += 1
            kind: NameKind = "organisation" if v.word(k - 1) == "(" else "place"
            names.append(Name(k, j, kind, aside=True))
            k = j
        return k
