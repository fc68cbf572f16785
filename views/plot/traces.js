// The drawing itself: traces, shapes and annotations as SVG, and the marks in it that answer. Put before plot.js.

const WIDEST = 190; // px of a column of a grid: in wider ones the eye loses the row

const NARROWEST = { colours: 40, squares: 54 }; // px of a column of a grid: in narrower ones the numbers run into each other

const columnsOf = (data) => Math.max(0, ...data.map((trace) => (trace.name === "cells" ? Math.max(...trace.x) + 1 : 0)));

/** How wide a figure has to be, however narrow its place. */
function leastWidth({ layout, data }) {
  const column = Math.max(0, ...data.map((trace) => NARROWEST[trace.name] ?? 0));
  return column ? layout.margin.l + layout.margin.r + columnsOf(data) * column : 0;
}

/** How wide a figure may be, however wide its place. */
function mostWidth({ layout, data }) {
  return columnsOf(data) ? layout.margin.l + layout.margin.r + columnsOf(data) * WIDEST : Infinity;
}

/** How wide the plot is between its margins. */
function plotWidth(layout, data, width) {
  const columns = columnsOf(data);
  const room = Math.max(40, width - layout.margin.l - layout.margin.r);
  return columns ? Math.min(room, columns * WIDEST) : room;
}

/** {svg, marks}: `marks` have box, data, hover and, in a grid, their cell. */
function drawing(spec, width) {
  const { layout, data } = spec;
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["width", width], ["height", layout.height], ["viewBox", `0 0 ${width} ${layout.height}`]]) svg.setAttribute(name, value);
  const across = plotWidth(layout, data, width);
  const { l, t, b } = headed(layout, across);
  const box = { left: l, top: t, width: across, height: layout.height - t - b };
  const axes = axesOf(layout, data, box);
  const marks = [];
  const shapes = layout.shapes ?? [];
  shapes.filter((shape) => shape.layer === "below").forEach((shape) => drawShape(svg, shape, axes, box));
  Object.values(axes).forEach((axis) => drawAxis(svg, axis, axes, box));
  data.forEach((trace, i) => {
    const x = axes[trace.xaxis ?? "x"];
    const y = axes[trace.yaxis ?? "y"];
    if (trace.type === "heatmap") cells(svg, trace, x, y);
    else if (trace.type === "bar") bars(svg, trace, x, y, marks);
    else scatter(svg, trace, x, y, marks, data[i - 1], layout.hoverlabel.bgcolor);
  });
  shapes.filter((shape) => shape.layer !== "below").forEach((shape) => drawShape(svg, shape, axes, box));
  (layout.annotations ?? []).forEach((one) => annotate(svg, one, axes, box));
  return { svg, marks };
}

const of = (value, i) => (Array.isArray(value) ? value[i] : value);

function cells(svg, trace, xs, ys) {
  const colours = trace.colorscale.filter((_, i) => i % 2).map(([, colour]) => colour);
  trace.z.forEach((row, j) =>
    row.forEach((number, i) => {
      if (number === null) return;
      const left = xs.at(i - 0.5) + 1;
      const top = ys.at(j - 0.5) + 1;
      node(svg, "rect", { x: left, y: top, width: xs.at(i + 0.5) - left - 1, height: ys.at(j + 0.5) - top - 1, fill: colours[number] });
    }),
  );
}

function bars(svg, trace, xs, ys, marks) {
  trace.x.forEach((value, i) => {
    if (value === null) return;
    const base = of(trace.base ?? 0, i);
    const ends = [xs.at(base), xs.at(base + value)].sort((a, b) => a - b);
    const high = of(trace.width, i);
    const box = { x: ends[0], y: ys.at(trace.y[i]) - high / 2, width: Math.max(1, ends[1] - ends[0]), height: high };
    const colour = of(trace.marker.color, i);
    const hatched = of(trace.marker.pattern?.shape ?? "", i);
    // A part as narrow as its edge would be nothing but edge.
    const edge = trace.marker.line.width && box.width > 4 ? { stroke: trace.marker.line.color, "stroke-width": trace.marker.line.width } : {};
    node(svg, "rect", { ...box, fill: hatched ? hatch(svg, colour) : colour, ...edge });
    if (trace.text) inBar(svg, trace, i, value, box);
    mark(marks, trace, i, box);
  });
}

/** The number at the end of a bar, or inside where it fits. */
function inBar(svg, trace, i, value, box) {
  const font = { size: trace.textfont.size, color: of(trace.textfont.color, i), y: box.y + box.height / 2 };
  if (trace.textposition === "inside") {
    const whole = String(of(trace.text, i));
    const fits = [whole, whole.split(" ").at(-1)].find((text) => box.width > 4 + 7 * text.length); // at least its number
    if (fits) write(svg, fits, { x: box.x + box.width / 2, across: "middle", ...font });
  } else if (value < 0) write(svg, of(trace.text, i), { x: box.x - 4, across: "end", ...font });
  else write(svg, of(trace.text, i), { x: box.x + box.width + 4, ...font });
}

/** The fill of what is too few; one a colour and drawing. */
function hatch(svg, colour) {
  const id = `hatch${colour.replace(/\W/g, "")}`;
  if (!svg.querySelector(`#${id}`)) {
    const pattern = node(svg, "pattern", { id, width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    node(pattern, "rect", { width: 2, height: 5, fill: colour });
  }
  return `url(#${id})`;
}

function scatter(svg, trace, xs, ys, marks, before, halo) {
  const points = trace.x.map((x, i) => (x === null || trace.y[i] === null ? null : [xs.at(x), ys.at(trace.y[i])]));
  if (trace.fill === "tonexty") {
    const under = before.x.map((x, i) => [xs.at(x), ys.at(before.y[i])]).reverse();
    if (points.length) node(svg, "path", { d: `M${[...points, ...under].join("L")}Z`, fill: trace.fillcolor });
  }
  if (trace.mode.includes("lines") && trace.line.width) {
    let d = "";
    points.forEach((point, i) => (d += point ? `${i && points[i - 1] ? "L" : "M"}${point}` : ""));
    const dash = trace.line.dash === "dot" ? "2 3" : undefined;
    if (d) node(svg, "path", { d, fill: "none", stroke: trace.line.color, "stroke-width": trace.line.width, "stroke-dasharray": dash, opacity: trace.opacity, "stroke-linejoin": "round" });
  }
  points.forEach((point, i) => {
    if (!point) return;
    const size = trace.marker ? of(trace.marker.size, i) : 0;
    if (trace.mode.includes("markers") && of(trace.marker.opacity ?? 1, i)) symbol(svg, trace.marker, i, point, size);
    if (trace.mode.includes("text")) label(svg, trace, i, point, size, halo);
    if (trace.mode.includes("markers")) {
      const cell = trace.name === "cells" ? { x: trace.x[i], y: trace.y[i] } : undefined;
      const box = cell ? cellBox(xs, ys, cell) : { x: point[0] - size / 2, y: point[1] - size / 2, width: size, height: size };
      mark(marks, trace, i, box, cell);
    }
  });
}

/** All of a cell, its number included: that is what is pointed at, and what is outlined. */
function cellBox(xs, ys, { x, y }) {
  const [left, top] = [xs.at(x - 0.5) + 2, ys.at(y - 0.5) + 2];
  return { x: left, y: top, width: xs.at(x + 0.5) - left - 2, height: ys.at(y + 0.5) - top - 2 };
}

function symbol(svg, marker, i, [x, y], size) {
  const line = marker.line ?? {};
  const look = { fill: of(marker.color, i), stroke: of(line.color, i), "stroke-width": of(line.width, i), opacity: marker.opacity };
  const r = size / 2;
  if (marker.symbol === "square") node(svg, "rect", { x: x - r, y: y - r, width: size, height: size, ...look });
  else if (marker.symbol === "triangle-up") node(svg, "path", { d: `M${x - r},${y + r * 0.7}L${x + r},${y + r * 0.7}L${x},${y - r}Z`, ...look });
  else node(svg, "circle", { cx: x, cy: y, r, ...look });
}

/** The words at a point; beside a mark on a ground of their own, so that no line of an axis strikes them out. */
function label(svg, trace, i, [x, y], size, halo) {
  const down = { top: "bottom", middle: "middle", bottom: "top" }[trace.textposition.split(" ")[0]];
  const shift = { bottom: -size / 2 - 1, middle: 0, top: size / 2 + 1 }[down];
  const text = write(svg, of(trace.text, i), { x, y: y + shift, across: "middle", down, size: trace.textfont.size, color: of(trace.textfont.color, i) });
  if (trace.marker) for (const [name, value] of [["stroke", halo], ["stroke-width", 3], ["stroke-linejoin", "round"], ["paint-order", "stroke"]]) text.setAttribute(name, value);
}

function mark(marks, trace, i, box, cell) {
  if (trace.customdata) marks.push({ box, cell, data: trace.customdata[i], hover: of(trace.hovertext, i) });
}

/** The place that a reference means: a value on an axis, or a part of the plot ("paper") or of one panel ("y2 domain"). */
function placed(reference, value, letter, axes, box) {
  if (reference === "paper") return letter === "x" ? box.left + value * box.width : box.top + (1 - value) * box.height;
  const [name, domain] = reference.split(" ");
  const axis = axes[name];
  if (!domain) return axis.at(value);
  const low = letter === "y" ? Math.max(axis.from, axis.to) : Math.min(axis.from, axis.to);
  return low + (letter === "y" ? -1 : 1) * value * Math.abs(axis.to - axis.from);
}

function drawShape(svg, shape, axes, box) {
  const x = [shape.x0, shape.x1].map((value) => placed(shape.xref ?? "x", value, "x", axes, box));
  const y = [shape.y0, shape.y1].map((value) => placed(shape.yref ?? "y", value, "y", axes, box));
  node(svg, "line", { x1: x[0], x2: x[1], y1: y[0], y2: y[1], stroke: shape.line.color, "stroke-width": shape.line.width });
}

function annotate(svg, one, axes, box) {
  const x = placed(one.xref ?? "x", one.x, "x", axes, box) + (one.xshift ?? 0);
  const y = placed(one.yref ?? "y", one.y, "y", axes, box) - (one.yshift ?? 0);
  const head = one.yref === "paper" && one.hovertext && columnHead(one, axes);
  const turned = one.textangle === -90 && !head;
  const across = turned ? "start" : { left: "start", right: "end" }[one.xanchor] ?? "middle";
  const text = write(svg, head || one.text, { x, y, size: one.font.size, color: one.font.color, across, down: turned ? "middle" : one.yanchor ?? "middle", angle: turned ? -90 : undefined });
  if (one.hovertext) node(text, "title", {}).textContent = taken(one.hovertext).flat().map((run) => run.text).join("");
}

/** The margins; above a grid as much as its heads need at this width. */
function headed(layout, across) {
  const axes = axesOf(layout, [], { left: layout.margin.l, top: 0, width: across, height: 1 });
  const heads = (layout.annotations ?? []).filter((one) => one.yref === "paper" && one.hovertext);
  const folded = heads.map((one) => columnHead(one, axes));
  if (!heads.length || folded.includes("")) return layout.margin;
  const lines = Math.max(...folded.map((head) => head.split("<br>").length));
  return { ...layout.margin, t: Math.min(layout.margin.t, lines * heads[0].font.size * LINE + heads[0].yshift + 6) };
}

/** The head of a column, folded to the width that it has here; nothing where even a word would not fit upright. */
function columnHead(one, axes) {
  const axis = axes[one.xref ?? "x"];
  const letters = Math.floor((Math.abs(axis.at(1) - axis.at(0)) - 6) / (one.font.size * 0.56));
  if (letters < 9) return "";
  const lines = [""];
  for (const word of one.hovertext.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && longer.length > letters) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  const cut = lines.map((line) => (line.length > letters + 1 ? `${line.slice(0, letters)}…` : line));
  return (cut.length > 3 ? [...cut.slice(0, 2), `${cut[2]}…`] : cut).join("<br>");
}
