// A list of sentences with a mark in each. Text nodes only; a click on the way in sends the number of the sentence.

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
    quote.appendChild(document.createTextNode(row.before));
    add(quote, "span", `mark ${row.kind} ${row.sign} w${row.width}`, row.mark);
    quote.appendChild(document.createTextNode(row.after));
    if (row.why) add(item, "p", "why", row.why);
    const open = add(item, "button", "", data.open);
    open.type = "button";
    open.setAttribute("aria-label", `${data.open}: ${row.source}, ${row.mark}`);
    open.addEventListener("click", () => setTriggerValue("open", i));
  });
  root.replaceChildren(list);
}
