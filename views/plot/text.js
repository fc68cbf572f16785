// Words in a figure; put before plot.js. Labels come as the little HTML that Plotly reads: <b>, <br>, <span style>, entities.
// It is taken apart here and drawn as text nodes, so that nothing in it is ever read as HTML.

const SVG = "http://www.w3.org/2000/svg";
const LINE = 1.3; // em, as in the downloads that Plotly draws
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&nbsp;": "\u00a0", "&quot;": '"', "&#x27;": "'" };

function node(parent, tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== "") made.setAttribute(name, value);
  return parent.appendChild(made);
}

/** Lines of runs {text, bold, color, size}. */
function taken(html) {
  const lines = [[]];
  const style = [{}];
  for (const piece of String(html ?? "").split(/(<[^>]*>)/)) {
    if (piece === "<br>") lines.push([]);
    else if (piece === "<b>") style.push({ ...style.at(-1), bold: true });
    else if (piece.startsWith("<span"))
      style.push({ ...style.at(-1), color: /color:([#\w]+)/.exec(piece)?.[1], size: /font-size:(\d+)px/.exec(piece)?.[1] });
    else if (piece.startsWith("</")) style.length > 1 && style.pop();
    else if (piece) lines.at(-1).push({ ...style.at(-1), text: piece.replace(/&(?:amp|lt|gt|nbsp|quot|#x27);/g, (found) => ENTITIES[found]) });
  }
  return lines;
}

/** Text of several lines at a place; `across` is start, middle or end, `down` is top, middle or bottom. */
function write(parent, html, { x, y, size = 12, color, across = "start", down = "middle", angle }) {
  const lines = taken(html);
  const high = lines.length * size * LINE;
  const top = y - { top: 0, middle: high / 2, bottom: high }[down];
  const text = node(parent, "text", { "font-size": size, fill: color, "text-anchor": across, style: "white-space: pre", transform: angle && `rotate(${angle} ${x} ${y})` });
  lines.forEach((runs, i) => {
    const line = node(text, "tspan", { x, y: top + size * (LINE * (i + 0.5) + 0.35) });
    for (const run of runs) {
      const part = node(line, "tspan", { fill: run.color, "font-size": run.size, "font-weight": run.bold && 600 });
      part.appendChild(document.createTextNode(run.text));
    }
  });
  return text;
}

/** The same little HTML as nodes of the page. */
function told(parent, html) {
  taken(html).forEach((runs, i) => {
    if (i) parent.append(document.createElement("br"));
    for (const run of runs) {
      const part = document.createElement(run.bold ? "b" : "span");
      part.append(run.text);
      parent.append(part);
    }
  });
}
