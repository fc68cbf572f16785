// Marking on the pupil's page: the sheet to tap, sweep or walk by keys, the chips below it, undo. Put before phone.js.

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
