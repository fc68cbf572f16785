// Axes of a figure: from values to places, ticks that people would choose. Put before plot.js.

const DAY = 86_400_000;

function valueOf(axis, value) {
  return axis.type === "date" && typeof value === "string" ? Date.parse(value) : value;
}

/** The axes of a layout by their short names (x, y, x2 …), each with `at`, which gives the place of a value. */
function axesOf(layout, traces, box) {
  const axes = {};
  for (const key of Object.keys(layout)) {
    const found = /^([xy])axis(\d*)$/.exec(key);
    if (!found) continue;
    const axis = { ...layout[key], letter: found[1], name: found[1] + found[2] };
    axis.range = (axis.range ?? extent(axis, traces)).map((end) => valueOf(axis, end));
    const [first, last] = axis.domain ?? [0, 1];
    const across = axis.letter === "x";
    axis.from = across ? box.left + first * box.width : box.top + box.height * (1 - first);
    axis.to = across ? box.left + last * box.width : box.top + box.height * (1 - last);
    axis.at = (value) => axis.from + ((valueOf(axis, value) - axis.range[0]) / (axis.range[1] - axis.range[0])) * (axis.to - axis.from);
    axes[axis.name] = axis;
  }
  return axes;
}

/** Of an axis without a range: all that is drawn along it, panels that match it included. */
function extent(axis, traces) {
  const values = traces.flatMap((trace) => trace[axis.letter] ?? []).filter((value) => value !== null).map((value) => valueOf(axis, value));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = (high - low) * 0.04 || DAY;
  return [low - room, high + room];
}

function ticksOf(axis) {
  if (axis.tickvals) return axis.tickvals.map((value, i) => [value, axis.ticktext[i]]);
  const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  return axis.type === "date" ? months(low, high, axis.nticks ?? 5) : rounds(low, high, axis.nticks ?? 6, axis.tickformat === ",d");
}

function rounds(low, high, most, whole) {
  const rough = (high - low) / Math.max(1, most - 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = power * [1, 2, 5, 10].find((one) => one * power >= rough * 0.999);
  if (whole) step = Math.max(1, step);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = [];
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + step * 1e-9; i++) {
    const text = Math.abs(i * step).toLocaleString("en", { minimumFractionDigits: digits, maximumFractionDigits: digits });
    ticks.push([i * step, (i < 0 ? "−" : "") + text]);
  }
  return ticks;
}

function months(low, high, most) {
  const first = new Date(low);
  const whole = (high - low) / (30.44 * DAY);
  const format = (date, options) => date.toLocaleDateString("en-GB", { timeZone: "UTC", ...options });
  const ticks = [];
  if (whole < 1.5) {
    const step = Math.max(1, Math.ceil((high - low) / DAY / most));
    for (let day = Math.ceil(low / DAY); day * DAY <= high; day += step) ticks.push([day * DAY, format(new Date(day * DAY), { day: "numeric", month: "short" })]);
    return ticks.map(([value, text]) => [new Date(value).toISOString(), text]);
  }
  const step = [1, 2, 3, 6, 12, 24, 60].find((one) => whole / one <= most) ?? 120;
  for (let month = first.getUTCFullYear() * 12 + first.getUTCMonth(); ; month++) {
    const date = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1));
    if (+date > high) return ticks;
    if (+date < low || month % step) continue;
    ticks.push([date.toISOString(), format(date, step >= 12 ? { year: "numeric" } : { month: "short", year: "numeric" })]);
  }
}

/** Lines, labels and caption of an axis. */
function drawAxis(parent, axis, axes, box) {
  if (axis.visible === false) return;
  const across = axis.letter === "x";
  const partner = axes[axis.anchor ?? (across ? "y" : "x")];
  const [low, high] = [Math.min(partner.from, partner.to), Math.max(partner.from, partner.to)];
  const line = (at, stroke) =>
    node(parent, "line", across ? { x1: at, x2: at, y1: low, y2: high, stroke } : { x1: low, x2: high, y1: at, y2: at, stroke });
  const labels = axis.showticklabels !== false;
  for (const [value, text] of ticksOf(axis)) {
    const at = axis.at(value);
    if (at < Math.min(axis.from, axis.to) - 0.5 || at > Math.max(axis.from, axis.to) + 0.5) continue;
    if (axis.showgrid) line(at, axis.gridcolor);
    const font = { size: axis.tickfont.size, color: axis.tickfont.color };
    if (labels) write(parent, text, across ? { x: at, y: high + 13, across: "middle", ...font } : { x: low - 5, y: at, across: "end", ...font });
  }
  const edge = across ? high : low;
  node(parent, "line", across ? { x1: axis.from, x2: axis.to, y1: edge, y2: edge, stroke: axis.linecolor } : { x1: edge, x2: edge, y1: axis.from, y2: axis.to, stroke: axis.linecolor });
  const caption = axis.title;
  if (!caption?.text) return;
  const font = { size: caption.font.size, color: caption.font.color, across: "middle" };
  if (across) write(parent, caption.text, { x: (axis.from + axis.to) / 2, y: high + 24, down: "top", ...font });
  else write(parent, caption.text, { x: 9, y: (axis.from + axis.to) / 2, angle: -90, ...font });
}
