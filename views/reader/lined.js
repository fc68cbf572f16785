// Sentences of several sources by the fact they tell, each with a bar where it comes with one. Text nodes only; a click
// on a sentence's way in sends its number, one on a mark the number and the place of the mark.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".framing");
  const list = document.createElement("div");
  let number = 0;
  for (const fact of data.facts) {
    const block = add(list, "section", "fact");
    if (fact.head) add(block, "h3", "", fact.head);
    for (const row of fact.rows) {
      const line = add(block, "div", `row${data.sources ? "" : " alone"}${row.bar ? " barred" : ""}`);
      if (data.sources) add(line, "div", "from", row.source);
      const quote = add(line, "p", "quote");
      quote.lang = "en";
      quote.dir = "auto";
      const at = number++;
      for (const piece of row.pieces) {
        const outer = piece.own ? add(quote, "span", "own") : quote;
        if (!piece.mark) {
          outer.appendChild(document.createTextNode(piece.text));
          continue;
        }
        const mark = add(outer, "span", `mark ${piece.mark}`, piece.text);
        mark.title = piece.why;
        if (!data.open) continue;
        mark.classList.add("opens");
        mark.addEventListener("click", () => setTriggerValue("open", [at, piece.at]));
      }
      if (row.bar) {
        const bar = add(line, "div", "bar");
        add(add(bar, "span", "meter"), "i").style.width = `${100 * row.bar.part}%`;
        add(bar, "span", "told", row.bar.words);
      }
      if (!data.open) continue;
      const open = add(quote, "button", "", data.open);
      open.type = "button";
      open.setAttribute("aria-label", `${data.openLong}: ${row.source}`);
      open.addEventListener("click", () => setTriggerValue("open", [at]));
    }
  }
  root.replaceChildren(list);
}
