// Lists of sentences with their marks, one or several side by side. Text nodes only; a click on the way in sends the number
// of the sentence, over all lists, one on what follows a list the number of the list.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".framing");
  let number = 0;
  const columns = data.columns.map((column, i) => {
    const place = element("section");
    if (column.head) {
      add(place, "h3", "", column.head);
      add(place, "p", "note", column.note);
    }
    const list = add(place, "ol", data.wall ? "wall" : "");
    for (const row of column.rows) {
      const own = number++;
      sentence(list, row, column.head ?? row.source, data.openLong).addEventListener("click", () => setTriggerValue("open", own));
    }
    if (column.more) {
      const more = add(place, "button", "more", column.more);
      more.type = "button";
      more.setAttribute("aria-label", `${column.more}: ${column.head}`);
      more.addEventListener("click", () => setTriggerValue("more", i));
    }
    return place;
  });
  root.classList.toggle("beside", columns.length > 1);
  root.replaceChildren(...columns);
}

/** A sentence in a list; returns the way into its article. */
function sentence(list, row, source, words) {
  const item = add(list, "li");
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
  const open = add(item, "button", "", words);
  open.type = "button";
  open.setAttribute("aria-label", `${words}: ${source}, ${row.whys[0]?.words ?? row.note}`);
  return open;
}
