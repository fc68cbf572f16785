// A figure: the plain data that Plotly reads (as much of it as `analysis.charts` writes), drawn as SVG. Put after text.js
// and axes.js. Marks answer to pointer, finger and keys: one Tab stop a figure, arrows from mark to mark, Enter picks.

const NEAR = 22; // px: how far from a mark a click still means it, so that a small dot is no small target
const PHONE = 640; // px, as in page.css
const DUSK = 300; // ms after which the page has taken the light or dark that the system changed to
const FAR = 2; // heights of the window below which a figure is not seen soon
const [whenIdle, notAnyMore] = self.requestIdleCallback ? [requestIdleCallback, cancelIdleCallback] : [setTimeout, clearTimeout]; // Safari
const dark = matchMedia("(prefers-color-scheme: dark)");
const drawnBy = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".figure");
  const state = drawnBy.get(root) ?? { width: 0 };
  drawnBy.set(root, state);
  state.data = data;
  state.pick = (mark) => {
    if (!data.picks) return;
    setTriggerValue("pick", mark.data);
    state.leads = data.leads;
    if (!data.leads) aboveSheet(root, mark.node);
  };
  if (!state.watch) {
    // The drawing is as wide as its place, so that letters keep their size on a phone; it grows with the page's letters.
    state.watch = new ResizeObserver(() => state.marks && Math.abs(root.clientWidth - state.width) > 1 && draw(root, state));
    state.watch.observe(root);
    // The colours of a figure come with it, so the page has to be asked for again.
    state.dusk = () => setTimeout(setTriggerValue, DUSK, "scheme", true);
    dark.addEventListener("change", state.dusk);
  }
  // A figure far below what is seen can wait until the page stands: a page of many would keep the browser busy.
  notAnyMore(state.later);
  if (state.marks || root.getBoundingClientRect().top < FAR * innerHeight) draw(root, state);
  else state.later = whenIdle(() => draw(root, state));
  if (state.leads) lead(state.leads); // only now: the answer to a click draws the page anew, which would stop the way there
  state.leads = "";
  return () => {
    notAnyMore(state.later);
    state.watch.disconnect();
    dark.removeEventListener("change", state.dusk);
  };
}

function draw(root, state) {
  const { spec, label, picks, chosen } = state.data;
  state.width = root.clientWidth;
  if (!state.width) return;
  const focused = state.marks?.findIndex((mark) => mark.node === root.getRootNode().activeElement) ?? -1;
  state.scale = parseFloat(getComputedStyle(document.documentElement).fontSize) / 16 || 1;
  const width = Math.min(Math.max(state.width / state.scale, leastWidth(spec)), mostWidth(spec));
  const { svg, marks } = drawing(spec, width);
  svg.setAttribute("width", width * state.scale);
  svg.setAttribute("height", spec.layout.height * state.scale);
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", label);
  state.marks = marks;
  const wanted = JSON.stringify(chosen);
  marks.forEach((mark, i) => {
    mark.node = node(svg, "rect", { ...mark.box, class: "hit", rx: 2, role: picks ? "button" : "img", tabindex: i ? -1 : 0 });
    mark.node.setAttribute("aria-label", taken(mark.hover).map((runs) => runs.map((run) => run.text).join("")).join(", "));
    if (chosen && JSON.stringify(mark.data) === wanted) mark.node.classList.add("chosen");
    mark.node.addEventListener("focus", () => mark.node.matches(":focus-visible") && showTip(root, state, mark));
    mark.node.addEventListener("blur", () => hideTip(root));
  });
  svg.classList.toggle("picks", Boolean(picks));
  listen(root, svg, state);
  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  const scroller = document.createElement("div"); // moved under the finger where a grid is wider than a phone
  scroller.className = "scroller";
  scroller.append(svg);
  const line = saving(state);
  line.style.maxWidth = `${width * state.scale}px`; // it ends where the figure does
  root.replaceChildren(scroller, tip, line);
  if (focused >= 0) marks[focused]?.node.focus();
  if (root.getRootNode().host) root.getRootNode().host.dataset.drawn = "yes";
}

/** How a page is scrolled: at once, where somebody wants nothing to move. */
function behavior() {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

/** What a mark opens stands in another part of the page: go there. */
function lead(part) {
  document.getElementById(part)?.scrollIntoView({ behavior: behavior(), block: "start" });
}

/** On a phone what a mark opens comes as a sheet over the lower half of the window; the mark is moved above it. */
function aboveSheet(root, marked) {
  const low = marked.getBoundingClientRect().bottom - innerHeight * 0.42;
  if (innerWidth > PHONE || low < 0) return;
  let page = root.getRootNode().host ?? root;
  while (page && !(page.scrollHeight > page.clientHeight && /auto|scroll/.test(getComputedStyle(page).overflowY))) page = page.parentElement;
  page?.scrollBy({ top: low, behavior: behavior() });
}

function listen(root, svg, state) {
  svg.addEventListener("pointermove", (event) => {
    const mark = nearest(state, svg, event);
    svg.classList.toggle("over", Boolean(mark));
    if (mark) showTip(root, state, mark);
    else hideTip(root);
  });
  svg.addEventListener("pointerleave", () => hideTip(root));
  svg.addEventListener("click", (event) => {
    // Software that reads the page aloud clicks on the mark itself, wherever the pointer is.
    const mark = state.marks.find((one) => one.node === event.target) ?? nearest(state, svg, event);
    if (mark) state.pick(mark);
  });
  svg.addEventListener("keydown", (event) => {
    const at = state.marks.findIndex((mark) => mark.node === event.target);
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") state.pick(state.marks[at]);
    else if (event.key === "Escape") hideTip(root);
    else {
      const next = beside(state.marks, at, event.key);
      if (next === undefined) return;
      state.marks[at].node.setAttribute("tabindex", -1);
      state.marks[next].node.setAttribute("tabindex", 0);
      state.marks[next].node.focus();
    }
    event.preventDefault();
  });
}

/** The number of the mark that an arrow leads to: in a grid the next in that direction, elsewhere the next in the row. */
function beside(marks, at, key) {
  const last = marks.length - 1;
  if (key === "Home") return 0;
  if (key === "End") return last;
  const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[key] ?? [0, 0];
  if (!dx && !dy) return undefined;
  const here = marks[at];
  if (!here.cell) return Math.min(last, Math.max(0, at + dx + dy));
  const ahead = (one) => (one.cell.x - here.cell.x) * dx + (one.cell.y - here.cell.y) * dy;
  const inLine = marks.filter((one) => (dx ? one.cell.y === here.cell.y : one.cell.x === here.cell.x) && ahead(one) > 0);
  const next = inLine.sort((one, other) => ahead(one) - ahead(other))[0];
  return next ? marks.indexOf(next) : at;
}

function nearest({ marks, scale }, svg, event) {
  const edge = svg.getBoundingClientRect();
  const [x, y] = [(event.clientX - edge.left) / scale, (event.clientY - edge.top) / scale];
  let found;
  let least = NEAR;
  for (const mark of marks) {
    const { x: left, y: top, width, height } = mark.box;
    const away = Math.hypot(Math.max(left - x, 0, x - left - width), Math.max(top - y, 0, y - top - height));
    const middle = Math.hypot(left + width / 2 - x, top + height / 2 - y) / 1e4; // of two that overlap, the nearer middle
    if (away + middle < least) [found, least] = [mark, away + middle];
  }
  return found;
}

function showTip(root, state, mark) {
  const tip = root.querySelector(".tip");
  tip.replaceChildren();
  told(tip, mark.hover);
  tip.hidden = false;
  const [x, y, width, height] = ["x", "y", "width", "height"].map((side) => mark.box[side] * state.scale);
  const moved = root.querySelector(".scroller").scrollLeft;
  const left = Math.max(0, Math.min(x - moved + width / 2 - tip.offsetWidth / 2, state.width - tip.offsetWidth));
  const above = y - tip.offsetHeight - 8;
  tip.style.left = `${left}px`;
  tip.style.top = `${above > -40 ? above : y + height + 8}px`;
}

function hideTip(root) {
  root.querySelector(".tip").hidden = true;
}
