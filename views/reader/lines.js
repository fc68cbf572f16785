// A concordance: one hit a line, the words before it and after it on either side, and below them why they are marked.
// Text nodes only; a click on a line sends its number.

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".framing");
  const list = document.createElement("ol");
  data.rows.forEach((row, i) => {
    const item = list.appendChild(document.createElement("li"));
    const from = add(item, "div", "from");
    add(from, "span", "", row.source);
    if (row.note) add(from, "span", "note", row.note);
    const left = add(item, "span", "left");
    add(left, "span", "", row.left);
    const rest = add(item, "span", "rest");
    const open = add(rest, "button", `hit ${row.voice}`);
    add(open, "span", row.mark ? `mark ${row.mark}` : "", row.match);
    open.type = "button";
    open.title = data.openLong;
    open.setAttribute("aria-label", `${data.openLong}: ${row.source}, ${row.match}`);
    add(rest, "span", "right", row.right);
    if (row.why) add(item, "p", "why", row.why);
    item.addEventListener("click", () => setTriggerValue("open", i));
  });
  root.replaceChildren(list);
}
