// A text as pieces: drawn as text nodes, so nothing in it is ever read as HTML.

function element(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.appendChild(document.createTextNode(text));
  return node;
}

function button(className, text, onClick) {
  const node = element("button", className, text);
  node.type = "button";
  node.addEventListener("click", onClick);
  return node;
}

// The text with a span for each piece; `dress(span, piece)` may add to each.
function drawSheet(text, dress) {
  const sheet = element("div", "sheet");
  sheet.dir = "auto";
  text.blocks.forEach((block, i) => {
    const line = element(i === 0 && text.headed ? "h2" : "p", "line");
    for (const [piece, words] of block) {
      if (piece < 0) {
        line.appendChild(document.createTextNode(words));
        continue;
      }
      const span = element("span", "p", words);
      span.dataset.piece = piece;
      dress?.(span, piece);
      line.appendChild(span);
    }
    sheet.appendChild(line);
  });
  return sheet;
}

// How many of a class marked a piece: five steps of tint, and the number itself where many did.
// A word that one of thirty marked stays bare, or the page is all tint.
function heatStep(share) {
  return share < 0.07 ? 0 : Math.min(5, 1 + Math.floor(share * 5));
}

// Class and analyser on one text. `chosen(piece)` is called when a piece is tapped.
function drawReveal(text, reveal, categories, own, chosen) {
  const by = new Map(reveal.pieces.map((p) => [p[0], p]));
  const names = new Map(categories.map((c) => [c.id, c]));
  const sheet = drawSheet(text, (span, piece) => {
    const found = by.get(piece);
    if (!found) return;
    const [, share, votes, value, kind] = found;
    const step = heatStep(share);
    if (step) span.classList.add("heat", `h${step}`);
    if (kind) span.classList.add("mark", "their", kind, names.get(value)?.sign ?? "none");
    if (share >= 1 / 3) span.dataset.n = votes.reduce((sum, vote) => sum + vote[1], 0);
    if (own?.has(piece)) span.classList.add("mine");
    span.tabIndex = 0;
    span.setAttribute("role", "button");
    span.setAttribute("aria-label", `${span.textContent}: ${inWords(found, reveal.readers, names)}`);
    const tell = () => chosen(span, inWords(found, reveal.readers, names), found[5]);
    span.addEventListener("click", tell);
    span.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        tell();
      }
    });
  });
  return sheet;
}

function inWords([, , votes, value, kind], readers, names) {
  const n = votes.reduce((sum, vote) => sum + vote[1], 0);
  const said = votes.map(([id, count]) => `${count} “${names.get(id)?.name ?? id}”`).join(", ");
  const many = n === 0 ? `None of ${readers} marked it.` : `${n} of ${readers} marked it${said ? `: ${said}` : ""}.`;
  const their = kind ? ` The analyser: “${names.get(value)?.name ?? value}”.` : " The analyser did not.";
  return many + their;
}
