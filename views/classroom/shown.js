// The reveal on the pupil's page: what the class and the analyser marked, and where a pupil differs. Put before phone.js.

function drawShown(page) {
  const text = page.screen.texts[page.text];
  const reveal = page.screen.reveal[page.text];
  const task = page.screen.task;
  page.note = element("div", "note");
  page.note.setAttribute("role", "status");
  if (reveal.guesses.length) {
    const list = element("p", "said");
    list.textContent = `You guessed: ${reveal.guesses.map(([name, n]) => `${name} ${n}`).join(", ")}. It is ${text.source}.`;
    page.main.append(list);
  }
  if (reveal.differences.length) {
    const list = element("ol", "differences");
    for (const difference of reveal.differences.slice(0, 6)) {
      const item = element("li");
      item.append(button("", `“${difference.words}”`, () => {
        const span = page.main.querySelector(`.sheet .p[data-piece="${Number(difference.piece)}"]`);
        span?.scrollIntoView({ block: "center" });
        tell(span, difference.sentence, difference.reason);
      }), element("span", "", ` ${difference.sentence}`));
      list.append(item);
    }
    page.main.append(element("h2", "small", "Where you and the analyser differ"), list);
  }
  const legend = element("p", "legend");
  legend.append(
    element("span", "heat h1", "few of you"), " ", element("span", "heat h3", "half"), " ", element("span", "heat h5", "all"), " ",
    element("span", "mark their loaded_term", "the analyser"), " ", element("span", "mine", "you"),
  );
  page.main.append(element("h2", "small", reveal.readers === 1 ? "What 1 reader marked" : `What ${reveal.readers} readers marked`), legend);
  const tell = (span, words, reason) => {
    for (const node of page.main.querySelectorAll(".chosen")) node.classList.remove("chosen");
    span?.classList.add("chosen");
    page.note.replaceChildren(element("b", "", `“${span?.textContent ?? ""}”`), element("span", "", ` ${words} ${reason}`));
    page.tools.replaceChildren(page.note);
  };
  page.main.append(drawReveal(text, reveal, task.categories, valuesOf(page, page.text), tell));
  for (const words of reveal.compared) page.main.append(element("p", "hint", words));
}
