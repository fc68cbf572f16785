// Writing on the pupil's page: a version of one's own, kept while it is typed. Put before phone.js.

function drawWriting(page) {
  page.main.append(element("p", "ask", page.screen.task.ask));
  const label = element("label", "field");
  const box = element("textarea");
  box.maxLength = page.screen.draft;
  box.rows = 8;
  box.value = page.draft;
  const left = element("span", "hint", "");
  const count = () => (left.textContent = `${box.value.length} of ${page.screen.draft} characters. Three sentences are enough.`);
  let soon = 0;
  box.addEventListener("input", () => {
    count();
    page.draft = box.value;
    clearTimeout(soon);
    soon = setTimeout(() => {
      page.link.add({ kind: "draft", text: -1, first: -1, last: -1, value: box.value });
      status(page);
    }, 700);
  });
  count();
  label.append(element("b", "", "Your version"), left, box);
  page.main.append(label, element("h2", "small", "The report"), drawSheet(page.screen.texts[0]));
}
