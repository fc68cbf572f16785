// A list of sentences with their marks. Text nodes only; a click on the way in sends the number of the sentence.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".framing");
  const list = document.createElement("ol");
  if (data.wall) list.className = "wall";
  data.rows.forEach((row, i) => {
    const item = list.appendChild(document.createElement("li"));
    const from = add(item, "div", "from");
    if (row.source) add(from, "b", "", row.source);
    from.append([row.source && row.note ? " · " : "", row.note].join(""));
    const quote = add(item, "p", "quote");
    quote.lang = "en";
    quote.dir = "auto";
    for (const piece of row.pieces) {
      if (piece.mark) add(quote, "span", `mark ${piece.mark}`, piece.text);
      else quote.appendChild(document.createTextNode(piece.text));
    }
    for (const why of row.whys) {
      const line = add(item, "p", "why");
      if (row.whys.length > 1) add(line, "b", "", `${why.words} `);
      line.append(why.reason);
    }
    const open = add(item, "button", "", data.open);
    open.type = "button";
    open.setAttribute("aria-label", `${data.open}: ${row.source}, ${row.whys[0]?.words ?? row.note}`);
    open.addEventListener("click", () => setTriggerValue("open", i));
  });
  root.replaceChildren(list);
}
