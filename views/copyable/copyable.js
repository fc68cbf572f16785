// Words to copy, as a text node, and the button that copies them; where a browser forbids that it selects them.
const SAID = 2000; // ms that the button says what it has done

export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".copyable");
  const words = document.createElement("pre");
  words.append(data.words);
  words.tabIndex = 0; // a long line is scrolled by the keyboard, too
  words.setAttribute("role", "region");
  words.setAttribute("aria-label", data.name);
  words.classList.toggle("wrap", data.wrap);
  const button = document.createElement("button");
  button.type = "button";
  const say = (what) => {
    button.textContent = what;
    button.setAttribute("aria-label", `${what}: ${data.name}`);
  };
  say("Copy");
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(data.words);
      say("Copied");
    } catch {
      getSelection().selectAllChildren(words);
      say("Selected");
    }
    setTimeout(say, SAID, "Copy");
  };
  const told = document.createElement("div"); // read aloud when its words change
  told.setAttribute("aria-live", "polite");
  told.append(button);
  root.replaceChildren(words, told);
}
