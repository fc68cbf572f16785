// The annotated article. Receives blocks of runs and a list of marks, draws them as text nodes (nothing in an article
// is ever read as HTML), and sends back the number of the mark that was chosen. Layers switch here, without the server.

const LAYERS_KEY = "framing-layers-off";

export default function (component) {
  const { data, parentElement, setStateValue } = component;
  const root = parentElement.querySelector(".framing");
  const state = (root.framing ??= { drawn: null, chosen: null, off: readLayers() });

  if (state.drawn !== data.key) {
    state.drawn = data.key;
    state.chosen = null;
    state.marks = data.marks;
    draw(root, data, state, (i) => choose(i, true));
  }
  state.choose = choose;
  if (data.chosen !== state.chosen) choose(data.chosen, false, true);

  function choose(i, tell, scroll) {
    state.chosen = i;
    for (const node of root.querySelectorAll(".text .mark.chosen")) node.classList.remove("chosen");
    const nodes = i === null ? [] : root.querySelectorAll(`.text .mark[data-mark="${Number(i)}"]`);
    for (const node of nodes) node.classList.add("chosen");
    hideTip(root);
    // On a small screen the evidence is a sheet over the text: the margins of a mark keep it above.
    if (nodes.length && (scroll || tell)) nodes[0].scrollIntoView({ block: scroll ? "center" : "nearest" });
    if (tell) setStateValue("mark", i);
  }

  const onKey = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const where = event.composedPath()[0];
    if (where.isContentEditable || /^(input|textarea|select)$/i.test(where.tagName ?? "")) return;
    // Arrows scroll the page, and step from mark to mark where one of them has the focus.
    const steps = where.closest?.(".text .mark") ? { n: 1, p: -1, ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 } : { n: 1, p: -1 };
    if (event.key in steps) {
      const step = nextMark(root, state, steps[event.key]);
      if (step === null) return;
      event.preventDefault();
      const node = root.querySelector(`.text .mark[data-mark="${step}"]`);
      node.focus({ preventScroll: true });
      node.scrollIntoView({ block: "nearest" });
      state.choose(step, true);
    } else if (event.key === "Escape") {
      hideTip(root);
      if (state.chosen !== null) state.choose(null, true);
    }
  };
  // Called anew for every change of the data, without the cleanup in between: the listener before this one must go.
  state.stop?.();
  document.addEventListener("keydown", onKey);
  state.stop = () => document.removeEventListener("keydown", onKey);
  return state.stop;
}

function readLayers() {
  try {
    return new Set(JSON.parse(sessionStorage.getItem(LAYERS_KEY) ?? "[]"));
  } catch {
    return new Set();
  }
}

function nextMark(root, state, direction) {
  const seen = new Set();
  const order = [];
  for (const node of root.querySelectorAll(".text .mark")) {
    const i = Number(node.dataset.mark);
    if (!seen.has(i) && !state.off.has(state.marks[i].kind)) order.push(i);
    seen.add(i);
  }
  if (!order.length) return null;
  const at = order.indexOf(state.chosen);
  if (at < 0) return direction > 0 ? order[0] : order[order.length - 1];
  return order[(at + direction + order.length) % order.length];
}

function draw(root, data, state, choose) {
  root.replaceChildren();
  const sheet = element("div", "sheet");
  for (const layer of state.off) sheet.classList.add(`off-${layer}`);
  sheet.appendChild(legend(data, state, sheet));
  const focusable = new Set();
  for (const block of data.blocks) {
    const row = element("div", block.title ? "block title" : "block");
    const who = element("div", "who");
    who.setAttribute("aria-hidden", "true");
    for (const [speaker, voice] of block.who) {
      const s = data.speakers[speaker];
      const name = element("span", `${voice}${s.hue === null ? " unknown" : ""}`, s.name);
      name.style.setProperty("--h", s.hue ?? 0);
      who.appendChild(name);
    }
    const text = element(block.title ? "h2" : "p", "text");
    text.lang = data.lang;
    text.dir = "auto"; // Arabic or Hebrew run from the right
    for (const run of block.runs) text.appendChild(drawRun(run, data, focusable));
    row.append(who, text);
    sheet.appendChild(row);
  }
  const tip = element("div", "tip");
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  sheet.appendChild(tip);
  root.appendChild(sheet);

  const markAt = (event) => event.target.closest?.(".text .mark");
  const visible = (node) => node && !state.off.has(data.marks[Number(node.dataset.mark)].kind);
  // An outer mark takes over where the inner one is switched off.
  const reach = (event) => {
    let node = markAt(event);
    while (node && !visible(node)) node = node.parentElement.closest(".mark");
    return node;
  };
  sheet.addEventListener("click", (event) => {
    const node = reach(event);
    if (node) choose(Number(node.dataset.mark));
    else show(event); // a finger has no way to hover
  });
  sheet.addEventListener("keydown", (event) => {
    const node = markAt(event);
    if (node && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(Number(node.dataset.mark));
    }
  });
  const show = (event) => {
    const node = reach(event) ?? event.target.closest?.(".text [data-said], .text .voice.quoted, .text .voice.reported");
    // What is chosen is explained in the margin already.
    if (node && Number(node.dataset.mark ?? -1) !== state.chosen) showTip(sheet, tip, node, data, state);
    else tip.hidden = true;
  };
  sheet.addEventListener("pointerover", (event) => event.pointerType !== "touch" && show(event));
  sheet.addEventListener("pointerleave", () => (tip.hidden = true));
  sheet.addEventListener("focusin", show);
  sheet.addEventListener("focusout", () => (tip.hidden = true));
}

function drawRun(run, data, focusable) {
  const voice = element("span", `voice ${run.voice}${run.on ? " goes-on" : ""}`);
  if (run.speaker !== null) {
    const speaker = data.speakers[run.speaker];
    if (speaker.hue === null) voice.classList.add("unknown");
    else voice.style.setProperty("--h", speaker.hue);
    voice.dataset.speaker = run.speaker;
    if (run.said !== null) voice.dataset.said = run.said;
  }
  for (const piece of run.pieces) {
    let inner = piece.pair ? element("span", "pair", piece.text) : document.createTextNode(piece.text);
    if (piece.slanted) {
      const open = element("i", "open");
      open.appendChild(inner);
      inner = open;
    }
    const said = piece.cue ?? piece.by;
    if (said !== undefined) {
      const part = element("span", piece.cue === undefined ? "by" : "cue");
      part.dataset.said = said;
      if (data.said[said].hue === null) part.classList.add("unknown");
      else part.style.setProperty("--h", data.said[said].hue);
      part.appendChild(inner);
      inner = part;
    }
    for (const i of piece.marks) {
      const mark = data.marks[i];
      const node = element("span", `mark ${mark.kind} ${mark.sign} w${mark.width}`);
      node.dataset.mark = i;
      if (!focusable.has(i)) {
        focusable.add(i);
        node.tabIndex = 0;
        node.setAttribute("role", "button");
        node.setAttribute("aria-label", mark.label);
      }
      node.appendChild(inner);
      inner = node;
    }
    voice.appendChild(inner);
  }
  return voice;
}

function legend(data, state, sheet) {
  const bar = element("div", "legend");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Show or hide marks");
  for (const layer of data.layers) {
    const button = element("button");
    button.type = "button";
    button.dataset.layer = layer.id;
    let sample;
    if (layer.id === "voices") {
      sample = element("span", "voice quoted", layer.label);
      sample.style.setProperty("--h", data.speakers.find((s) => s.hue !== null)?.hue ?? 0);
    } else if (layer.id === "scare_quote") {
      sample = element("span");
      sample.append(element("span", "pair", "“"), element("span", "mark scare_quote", layer.label), element("span", "pair", "”"));
    } else {
      sample = element("span", `mark ${layer.id} w2`, layer.label);
    }
    button.append(sample, element("span", "n", layer.n));
    const paint = () => button.setAttribute("aria-pressed", String(!state.off.has(layer.id)));
    button.addEventListener("click", () => {
      if (!state.off.delete(layer.id)) state.off.add(layer.id);
      sheet.classList.toggle(`off-${layer.id}`, state.off.has(layer.id));
      paint();
      try {
        sessionStorage.setItem(LAYERS_KEY, JSON.stringify([...state.off]));
      } catch {
        // Without storage the layers simply start anew on the next page.
      }
    });
    paint();
    bar.appendChild(button);
  }
  const signs = element("span", "signs", "colour:");
  for (const [sign, word] of data.signs) signs.appendChild(element("i", sign, word));
  const keys = element("span", "keys");
  keys.append(element("kbd", "", "n"), element("kbd", "", "p"), document.createTextNode(" next, previous mark"));
  bar.append(signs, keys);
  return bar;
}

function showTip(sheet, tip, node, data, state) {
  tip.replaceChildren();
  if (node.dataset.mark !== undefined) {
    const mark = data.marks[Number(node.dataset.mark)];
    tip.append(element("b", "", mark.head), element("span", "about", mark.about), document.createTextNode(mark.reason));
    const said = data.said[node.querySelector(".cue")?.dataset.said];
    if (said && !state.off.has("voices")) tip.append(element("span", "heard", `${said.who}, ${said.how}`));
  } else {
    if (state.off.has("voices")) {
      tip.hidden = true;
      return;
    }
    const said = data.said[node.dataset.said];
    const voice = node.closest(".voice");
    tip.append(element("b", "", said?.who ?? data.speakers[Number(voice.dataset.speaker)].name));
    if (said) tip.append(element("span", "about", said.how));
    if (!voice.classList.contains("narrator")) tip.append(element("span", "about", data.words[voice.classList.contains("quoted") ? "quoted" : "reported"]));
  }
  tip.hidden = false;
  const box = sheet.getBoundingClientRect();
  const at = node.getClientRects()[0] ?? node.getBoundingClientRect();
  const left = Math.max(0, Math.min(at.left - box.left, box.width - tip.offsetWidth));
  const above = at.top - box.top - tip.offsetHeight - 8;
  const roomAbove = at.top - tip.offsetHeight - 8 > 64;
  tip.style.left = `${left}px`;
  tip.style.top = `${roomAbove ? above : at.bottom - box.top + 8}px`;
}

function hideTip(root) {
  const tip = root.querySelector(".tip");
  if (tip) tip.hidden = true;
}
