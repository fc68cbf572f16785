// The figure as a file: the drawing under its title, with what is counted above and where it comes from below.
// Put before plot.js.

const SHARP = 3; // PNG pixels for one on the screen
const ROOM = 16; // px around it
const DRAWN_IN = "sans-serif"; // a picture cannot load the page's font, and is drawn in the wider one of its reader

function saving(state) {
  const bar = document.createElement("p");
  bar.className = "save";
  bar.append("Save as ");
  for (const kind of ["PNG", "SVG"]) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = kind;
    button.setAttribute("aria-label", `Save this figure as ${kind}: ${state.data.title}`);
    button.addEventListener("click", () => save(state, kind.toLowerCase()));
    bar.append(button, " ");
  }
  return bar;
}

/** Text cut into lines of at most `width` px. */
function folded(text, width, font) {
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (lines.at(-1) && pen.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function whole(state) {
  const { spec, title, subtitle, note, paper, family } = state.data;
  const width = Math.min(Math.max(state.width, 360, leastWidth(spec)), Math.max(360, mostWidth(spec)));
  const { svg } = drawing(spec, width);
  const { color: ink } = spec.layout.font;
  const out = document.createElementNS(SVG, "svg");
  out.setAttribute("xmlns", SVG);
  const ground = node(out, "rect", { width: "100%", height: "100%", fill: paper });
  let y = ROOM;
  const lines = (text, size, weight) => {
    for (const line of folded(text, width, `${weight} ${size}px ${DRAWN_IN}`)) {
      const made = write(out, "", { x: ROOM, y, size, color: ink, down: "top" });
      made.firstChild.textContent = line;
      made.setAttribute("font-weight", weight);
      y += size * LINE;
    }
  };
  lines(title, 16, 600);
  lines(subtitle, 12, 400);
  const moved = node(out, "g", { transform: `translate(${ROOM} ${y + 8})` });
  moved.append(...svg.childNodes);
  y += spec.layout.height + 8;
  lines(note, 10, 400);
  const size = { width: width + 2 * ROOM, height: y + ROOM, "font-family": family };
  for (const [name, value] of Object.entries(size)) out.setAttribute(name, value);
  ground.setAttribute("height", y + ROOM);
  return { text: new XMLSerializer().serializeToString(out), ...size };
}

async function save(state, kind) {
  const { text, width, height } = whole(state);
  let file = new Blob([text], { type: "image/svg+xml" });
  if (kind === "png") {
    const picture = new Image();
    picture.src = URL.createObjectURL(file);
    await picture.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * SHARP, height * SHARP];
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    URL.revokeObjectURL(picture.src);
    file = await new Promise((made) => canvas.toBlob(made, "image/png"));
  }
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = `${state.data.file}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
