// The pupil's page: join, wait, read what the room says, and hand over to the phase's own file. All marks go through Link.

const PHASES = {
  forewarn: "Before you read",
  write: "Write",
  mark: "Mark, on your own",
  reveal: "What all of you marked",
  discuss: "Discuss",
  revise: "Look again",
  close: "Before and after",
};

export default function (component) {
  const { data, parentElement } = component;
  const root = parentElement.querySelector(".phone");
  if (root.page) return; // a rerun of the whole page; what is on the screen goes on
  const page = (root.page = { code: data.code, text: 0, own: new Map(), undo: [], category: 0, draft: "" });
  if (data.code) start(root, data, page);
  else askCode(root, data, page);
}

function start(root, data, page) {
  page.suggest = data.suggest;
  const wire = (window.framingClassroomWire ??= new EventTarget());
  const tell = (message) => wire.tell?.(message); // a message that is not answered is sent again
  page.link = new Link(data.code, tell, (reply, what) => arrived(root, page, reply, what));
  wire.addEventListener("reply", (event) => root.isConnected && page.link.hear(event.detail));
  frame(root, page);
  if (page.link.token) page.link.send();
  else askName(root, page);
  const beat = () => {
    if (!root.isConnected) return clearInterval(timer);
    page.link.tick();
    clock(page);
  };
  const timer = setInterval(beat, 500);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && page.link.poll());
  window.addEventListener("online", () => page.link.poll());
}

function frame(root, page) {
  root.replaceChildren();
  page.top = element("header", "top");
  page.main = element("main", "main");
  page.tools = element("footer", "tools");
  page.live = element("p", "unseen");
  page.live.setAttribute("aria-live", "polite");
  root.append(page.top, page.main, page.tools, page.live);
  page.heading = element("h1", "", "");
  page.status = element("p", "status", "");
  page.status.setAttribute("role", "status");
  page.time = element("p", "time", "");
  page.top.append(page.heading, page.time, page.status);
}

// --- Getting in -----------------------------------------------------------------------------------------------------

function askCode(root, data, page) {
  frame(root, page);
  page.heading.textContent = "Join your class";
  const form = element("form", "join");
  const input = field(form, "Room code", "six letters, from the screen in front", "");
  input.autocapitalize = "characters";
  input.maxLength = 12;
  input.className = "code";
  form.append(element("p", "error", ""), Object.assign(element("button", "go", "Go on"), { type: "submit" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const code = input.value.toUpperCase().replace(/[^A-Z]/g, "");
    if (code.length !== 6) {
      form.querySelector(".error").textContent = "The code has six letters.";
      return;
    }
    page.code = code;
    history.replaceState(null, "", `?room=${code}`);
    start(root, { ...data, code }, page);
  });
  page.main.replaceChildren(form);
}

function askName(root, page, error = "") {
  page.heading.textContent = "Join your class";
  const form = element("form", "join");
  form.append(element("p", "said", `Room ${page.link.code}`));
  const input = field(form, "Nickname", "not your real name; nothing about you is kept", page.link.name || page.suggest);
  input.maxLength = 20;
  input.autocomplete = "off";
  const go = Object.assign(element("button", "go", "Join"), { type: "submit" });
  form.append(element("p", "error", error), go);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    go.disabled = true;
    page.link.join(input.value);
  });
  page.tools.replaceChildren();
  page.main.replaceChildren(form);
}

function field(form, label, hint, value) {
  const box = element("label", "field");
  const input = element("input");
  input.value = value;
  box.append(element("b", "", label), element("span", "hint", hint), input);
  form.append(box);
  return input;
}

// --- What the room says ---------------------------------------------------------------------------------------------

function arrived(root, page, reply, what) {
  if (!reply) return status(page);
  if (reply.error) {
    if (reply.stranger) return askName(root, page, reply.error);
    if (!page.room) {
      askName(root, page, reply.error);
      return undefined;
    }
    page.trouble = reply.error;
    return status(page);
  }
  page.trouble = page.link.refused;
  page.room = reply.room;
  page.ends = reply.room.left === null ? null : performance.now() + reply.room.left * 1000;
  let fresh = Boolean(reply.screen);
  if (reply.screen) page.screen = reply.screen;
  if (reply.own) {
    page.own = new Map();
    for (const [text, piece, value] of reply.own) valuesOf(page, text).set(piece, value);
    for (const op of page.link.queue) apply(page, op); // what this phone has not got through yet
    page.draft = valuesOf(page, -1).get(-1) ?? "";
    fresh = true;
  }
  if (fresh) draw(root, page);
  settle(page);
  status(page);
}

function valuesOf(page, text) {
  if (!page.own.has(text)) page.own.set(text, new Map());
  return page.own.get(text);
}

function apply(page, op) {
  const values = valuesOf(page, op.kind === "draft" ? -1 : op.text);
  if (op.kind !== "mark") values.set(-1, op.value);
  else for (let piece = op.first; piece <= op.last; piece++) op.value === null ? values.delete(piece) : values.set(piece, op.value);
}

function status(page) {
  const waiting = page.link.queue.length;
  const lost = !page.link.heard;
  let words = "";
  if (page.trouble) words = page.trouble;
  else if (lost) words = waiting ? `No connection. ${waiting} kept on this phone` : "No connection. Trying again";
  else if (waiting) words = `Saving ${waiting}…`;
  else if (page.room?.marking || page.room?.phase === "write") words = "✓ All saved";
  if (!page.link.keeps) words += " · Private window: do not close this page";
  if (page.status.textContent !== words) page.status.textContent = words;
  page.status.classList.toggle("bad", lost || Boolean(page.trouble));
  clock(page);
}

function clock(page) {
  if (!page.time) return;
  const left = page.ends == null ? null : Math.max(0, Math.round((page.ends - performance.now()) / 1000));
  const words = left === null ? "" : `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  if (page.time.textContent !== words) page.time.textContent = words;
}

function draw(root, page) {
  const { screen, room } = page;
  page.heading.textContent = PHASES[room.phase] ?? room.phase;
  root.dataset.phase = room.phase;
  page.main.replaceChildren();
  page.tools.replaceChildren();
  page.sheet = null;
  if (room.phase === "forewarn") return drawWarning(page);
  page.text = Math.min(page.text, screen.texts.length - 1);
  if (screen.texts.length > 1 && room.phase !== "write") page.main.append(tabs(root, page));
  if (room.phase === "write") return drawWriting(page);
  if (screen.reveal) return drawShown(page);
  return drawMarking(page);
}

function drawWarning(page) {
  const box = element("section", "warning");
  box.append(
    element("p", "said", `You are ${page.link.name}.`),
    element("p", "lead", page.screen.task.warning),
    element("h2", "", page.screen.task.name),
    element("p", "", page.screen.task.ask),
    element("p", "hint", "Nobody sees your marks before the reveal, and then only how many marked a word. Your teacher starts."),
  );
  page.main.append(box);
}

function tabs(root, page) {
  const list = element("nav", "tabs");
  list.setAttribute("aria-label", "Texts");
  page.screen.texts.forEach((text, i) => {
    const tab = button("", text.source, () => {
      page.text = i;
      page.undo = [];
      draw(root, page);
      settle(page);
      root.scrollIntoView();
    });
    tab.setAttribute("aria-pressed", String(i === page.text));
    list.append(tab);
  });
  return list;
}
