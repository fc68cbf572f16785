// Words whose contrast with the ground behind them is below WCAG AA, shadow roots included: [ratio, px, element, words].
// Words drawn in a figure are left to the tests of its colours; glyphs of icon fonts and what is disabled are exempt.
() => {
  const pen = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    pen.clearRect(0, 0, 1, 1);
    pen.fillStyle = css;
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const light = (channels) => {
    const [r, g, b] = channels.map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3]));
  const ground = (element) => {
    const stack = [];
    for (let one = element; one; one = one.parentElement ?? one.getRootNode().host) {
      stack.push(colour(getComputedStyle(one).backgroundColor));
      if (stack.at(-1)[3] === 1) break;
    }
    return stack.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
  };
  const found = [];
  const visit = (root) => {
    for (const one of root.querySelectorAll("*")) {
      if (one.shadowRoot) visit(one.shadowRoot);
      const style = getComputedStyle(one);
      const box = one.getBoundingClientRect();
      const words = [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
      const exempt = one instanceof SVGElement || style.fontFamily.includes("Material") || one.closest("[disabled], [aria-disabled=true]");
      if (!words || exempt || style.visibility === "hidden" || !box.width || !box.height) continue;
      const back = ground(one);
      const [high, low] = [light(over(colour(style.color), back)), light(back)].sort((a, b) => b - a);
      const ratio = (high + 0.05) / (low + 0.05);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (ratio < (large ? 3 : 4.5)) found.push([ratio.toFixed(2), size, one.tagName, one.textContent.trim().slice(0, 40)]);
    }
  };
  visit(document);
  return found;
}
