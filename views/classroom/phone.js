// The pupil's page: join, wait, mark, write, read the reveal. Draws what the room says; all marks go through Link.

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

// --- Marking --------------------------------------------------------------------------------------------------------

function drawMarking(page) {
  const text = page.screen.texts[page.text];
  const task = page.screen.task;
  page.main.append(element("p", "ask", page.room.phase === "revise" ? `Change what you now see otherwise. ${task.ask}` : task.ask));
  if (task.id === "guess") page.main.append(guessing(page));
  page.sheet = drawSheet(text, (span) => {
    span.setAttribute("role", "button");
    span.tabIndex = -1;
  });
  page.sheet.classList.add("taps", task.cut);
  page.main.append(page.sheet);
  page.spans = [...page.sheet.querySelectorAll(".p")];
  if (page.spans.length) page.spans[0].tabIndex = 0;
  else page.main.append(element("p", "hint", "There is nothing to tap in this text."));
  listen(page);
  const chips = element("div", "chips");
  chips.setAttribute("role", "radiogroup");
  chips.setAttribute("aria-label", "What the next mark says");
  page.chips = task.categories.map((category, i) => {
    const chip = button(`chip ${category.sign}`, "", () => choose(page, i));
    chip.setAttribute("role", "radio");
    chip.append(element("b", "no", String(i + 1)), element("span", "name", category.name));
    chip.title = category.hint;
    return chip;
  });
  chips.append(...page.chips);
  page.undoing = button("undo", "Undo", () => undo(page));
  page.tools.append(chips, page.undoing);
  choose(page, Math.min(page.category, task.categories.length - 1));
}

function guessing(page) {
  const box = element("div", "guesses");
  box.setAttribute("role", "radiogroup");
  box.setAttribute("aria-label", "Who wrote it?");
  const mine = () => valuesOf(page, page.text).get(-1);
  const chips = page.screen.choices.map((choice) => {
    const chip = button("guess", choice, () => {
      page.link.add({ kind: "guess", text: page.text, first: -1, last: -1, value: choice });
      valuesOf(page, page.text).set(-1, choice);
      paint();
      status(page);
    });
    chip.setAttribute("role", "radio");
    return chip;
  });
  const paint = () => chips.forEach((chip, i) => chip.setAttribute("aria-checked", String(page.screen.choices[i] === mine())));
  paint();
  box.append(...chips);
  return box;
}

function choose(page, i) {
  page.category = i;
  page.chips.forEach((chip, n) => chip.setAttribute("aria-checked", String(n === i)));
}

function set(page, first, last, value, remember = true) {
  const values = valuesOf(page, page.text);
  if (remember) {
    const before = [];
    for (let piece = first; piece <= last; piece++) before.push(values.get(piece) ?? null);
    page.undo.push({ first, before });
  }
  const op = { kind: "mark", text: page.text, first, last, value };
  apply(page, op);
  page.link.add(op);
  settle(page);
  status(page);
}

function mark(page, from, to) {
  const [first, last] = from < to ? [from, to] : [to, from];
  const category = page.screen.task.categories[page.category];
  const values = valuesOf(page, page.text);
  let all = true;
  for (let piece = first; piece <= last; piece++) all &&= values.get(piece) === category.id;
  set(page, first, last, all ? null : category.id);
  const words = page.spans.slice(first, last + 1).map((span) => span.textContent).join(" ");
  page.live.textContent = all ? `${words}: not marked any more` : `${words}: ${category.name}`;
}

function undo(page) {
  const last = page.undo.pop();
  if (!last) return;
  for (let i = 0; i < last.before.length; ) {
    let end = i;
    while (end + 1 < last.before.length && last.before[end + 1] === last.before[i]) end += 1;
    set(page, last.first + i, last.first + end, last.before[i], false);
    i = end + 1;
  }
  page.live.textContent = "Undone";
}

// The look of each piece: its category, its number at the end of a run, and whether it is saved.
function settle(page) {
  if (!page.sheet || page.screen.reveal) return;
  const values = valuesOf(page, page.text);
  const categories = page.screen.task.categories;
  const waiting = new Set();
  for (const op of page.link.queue) {
    if (op.kind === "mark" && op.text === page.text) for (let p = op.first; p <= op.last; p++) waiting.add(p);
  }
  page.spans.forEach((span, piece) => {
    const value = values.get(piece);
    const i = categories.findIndex((c) => c.id === value);
    const end = i >= 0 && (values.get(piece + 1) !== value || span.parentNode !== page.spans[piece + 1]?.parentNode);
    const look = `p${i >= 0 ? ` on ${categories[i].sign}` : ""}${waiting.has(piece) ? " waiting" : ""}`;
    if (span.className !== look) span.className = look;
    if (end) span.dataset.n = i + 1;
    else delete span.dataset.n;
    span.setAttribute("aria-pressed", String(i >= 0));
  });
  if (page.undoing) page.undoing.disabled = !page.undo.length;
}

function listen(page) {
  const { sheet } = page;
  let from = null;
  let sweeping = false;
  let to = null;
  let start = null;
  const at = (event) => {
    const under = sheet.getRootNode().elementFromPoint(event.clientX, event.clientY);
    const span = under?.closest?.(".p");
    return span ? Number(span.dataset.piece) : null;
  };
  const preview = () => {
    const [a, b] = from < to ? [from, to] : [to, from];
    page.spans.forEach((span, i) => span.classList.toggle("sweep", sweeping && i >= a && i <= b));
  };
  const stop = () => {
    from = null;
    sweeping = false;
    preview();
  };
  sheet.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary || event.button !== 0) return;
    from = to = at(event);
    start = [event.clientX, event.clientY];
    sweeping = false;
  });
  sheet.addEventListener("pointermove", (event) => {
    if (from === null || !event.isPrimary) return;
    const dx = Math.abs(event.clientX - start[0]);
    if (!sweeping && dx > 12 && (dx > Math.abs(event.clientY - start[1]) || event.pointerType === "mouse")) {
      sweeping = true;
      sheet.setPointerCapture(event.pointerId);
    }
    if (!sweeping) return;
    const now = at(event);
    if (now !== null) to = now;
    preview();
  });
  sheet.addEventListener("pointerup", (event) => {
    if (from === null || !event.isPrimary) return;
    const moved = Math.hypot(event.clientX - start[0], event.clientY - start[1]);
    const [a, b, wide] = [from, to, sweeping];
    stop();
    if (wide) mark(page, a, b);
    else if (moved < 12) {
      roam(page, a);
      mark(page, a, a);
    }
  });
  sheet.addEventListener("pointercancel", stop);
  sheet.addEventListener("keydown", (event) => keys(page, event));
}

function roam(page, piece) {
  for (const span of page.spans) if (span.tabIndex === 0) span.tabIndex = -1;
  page.spans[piece].tabIndex = 0;
}

function keys(page, event) {
  const here = Number(event.target.dataset?.piece);
  if (Number.isNaN(here)) return;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 8, ArrowUp: -8 }[event.key];
  if (step) {
    event.preventDefault();
    const next = Math.min(page.spans.length - 1, Math.max(0, here + step));
    if (event.shiftKey && page.anchor === undefined) page.anchor = here;
    if (!event.shiftKey) page.anchor = undefined;
    roam(page, next);
    page.spans[next].focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    mark(page, page.anchor ?? here, here);
    page.anchor = undefined;
  } else if (/^[1-9]$/.test(event.key) && Number(event.key) <= page.chips.length) {
    choose(page, Number(event.key) - 1);
  } else if (event.key.toLowerCase() === "u" || (event.key.toLowerCase() === "z" && (event.ctrlKey || event.metaKey))) {
    event.preventDefault();
    undo(page);
  }
}

// --- Writing --------------------------------------------------------------------------------------------------------

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

// --- The reveal -----------------------------------------------------------------------------------------------------

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
    element("span", "heat h2", "some of you"), " ", element("span", "heat h5", "all of you"), " ",
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
