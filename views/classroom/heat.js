// The class's marks on the projector, with the analyser's beside them.

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".phone");
  if (root.drawn === data.key) return;
  root.drawn = data.key;
  const note = element("div", "note board");
  const sheet = drawReveal(data.text, data.reveal, data.categories, null, (span, words, reason) => {
    for (const node of root.querySelectorAll(".chosen")) node.classList.remove("chosen");
    span.classList.add("chosen");
    note.replaceChildren(element("b", "", `“${span.textContent}”`), element("span", "", ` ${words} ${reason}`));
  });
  const legend = element("p", "legend");
  legend.append(
    element("span", "heat h1", "few of you"), " ", element("span", "heat h3", "half"), " ", element("span", "heat h5", "all"), " ",
    element("span", "mark their loaded_term none", "the analyser"), " ",
    element("span", "hint", "A small number says how many marked a word. Tap a word to open it."),
  );
  root.replaceChildren(legend, note, sheet);
  root.classList.add("projector");
}
