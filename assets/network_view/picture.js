// The view as one PNG, made in the browser: its canvases, and over them the page's own elements,
// each word where it stands on the screen.

const MARGIN = 20;
const HEADLINE = 40; // CSS pixels
const SENTENCE = 14;
const LINE = 20;
const FOOT = 28;

// Some browsers read a file only after the click has been dealt with.
const REVOKE_AFTER_MS = 60_000;

/** Saves what `view` shows under the network's name and the digit, `no-digit`, or `empty`. */
export function savePicture(view) {
  save(view, makePicture(view), "");
}

/** The same in the colours of paper, where light and dark tell the sign to who sees no colour. */
export function savePictureForPrint(view) {
  save(view, view.onPaper(() => makePicture(view)), "-print");
}

function save(view, picture, suffix) {
  picture.toBlob((blob) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    const { digit, rejected } = view.root.dataset;
    const shown = rejected === "true" ? "no-digit" : digit || "empty";
    link.download = `${view.place.network}-${shown}${suffix}.png`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_AFTER_MS);
  });
}

/** A canvas with the whole view, the answer above it and the network's name below. */
export function makePicture(view) {
  const { layout, theme } = view;
  const ratio = Math.max(2, devicePixelRatio);
  const { color, fontFamily } = getComputedStyle(view.root);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const font = (weight, size) => (context.font = `${weight} ${size}px ${fontFamily}`);

  const { headline, sentence } = view.shownWords();
  font(800, HEADLINE);
  const indent = headline && context.measureText(headline).width + 14;
  font(400, SENTENCE);
  const lines = wrap(context, sentence, layout.width - indent);
  const head = Math.max(headline ? HEADLINE : 0, lines.length * LINE) + 16;

  canvas.width = Math.round((layout.width + 2 * MARGIN) * ratio);
  canvas.height = Math.round((head + layout.height + FOOT + 2 * MARGIN) * ratio);
  context.setTransform(ratio, 0, 0, ratio, MARGIN * ratio, MARGIN * ratio);
  context.fillStyle = theme.page;
  context.fillRect(-MARGIN, -MARGIN, canvas.width, canvas.height);

  context.fillStyle = color;
  context.textBaseline = "middle";
  font(800, HEADLINE);
  const middle = (head - 16) / 2;
  context.fillText(headline, 0, middle);
  font(400, SENTENCE);
  lines.forEach((line, n) => context.fillText(line, indent, middle + (n - (lines.length - 1) / 2) * LINE));
  font(400, 11);
  context.globalAlpha = 0.72;
  context.textAlign = "right";
  context.fillText(view.place.label, layout.width - 4, head + layout.height + FOOT - 6);
  context.textAlign = "left";

  context.translate(0, head);
  context.imageSmoothingEnabled = false;
  context.globalAlpha = 1;
  for (const layer of view.paintedAt(ratio)) context.drawImage(layer, 0, 0, layout.width, layout.height);
  const origin = view.parts.picture.getBoundingClientRect();
  context.translate(-origin.left, -origin.top);
  for (const name of ["titles", "outputs", "legend", "badge", "names", "label", "card", "lesson"]) {
    drawElement(context, view.parts[name], 1);
  }
  return canvas;
}

// An element with all that it holds: background, border, then text and children in their order.
function drawElement(context, element, opacity) {
  const style = getComputedStyle(element);
  const box = element.getBoundingClientRect();
  if (style.display === "none" || style.visibility === "hidden" || element.matches(".help")) return;
  opacity *= Number(style.opacity);
  context.globalAlpha = opacity;
  drawBox(context, box, style);
  const dot = getComputedStyle(element, "::before");
  if (dot.content !== "none") {
    const side = parseFloat(dot.width);
    drawBox(context, new DOMRect(box.left, box.top + (box.height - side) / 2, side, side), dot);
  }
  for (const child of element.childNodes) {
    if (child instanceof HTMLCanvasElement) {
      const { left, top, width, height } = child.getBoundingClientRect();
      context.drawImage(child, left, top, width, height);
    } else if (child instanceof Element) drawElement(context, child, opacity);
    else drawWords(context, child, style, opacity);
  }
}

function drawBox(context, { left, top, width, height }, style) {
  const stops = style.backgroundImage.match(/rgba?\([^)]*\)/g);
  context.fillStyle = style.backgroundColor;
  if (stops) {
    const ramp = context.createLinearGradient(left, 0, left + width, 0);
    stops.forEach((stop, n) => ramp.addColorStop(n / (stops.length - 1), stop));
    context.fillStyle = ramp;
  }
  // A percentage is half of the side, a circle.
  const radius = style.borderRadius.endsWith("%") ? width / 2 : parseFloat(style.borderRadius) || 0;
  const line = parseFloat(style.borderTopWidth) || 0;
  context.beginPath();
  context.roundRect(left + line / 2, top + line / 2, width - line, height - line, radius);
  context.fill();
  if (!line) return;
  context.strokeStyle = style.borderTopColor;
  context.lineWidth = line;
  context.stroke();
}

function drawWords(context, node, style, opacity) {
  context.globalAlpha = opacity;
  context.fillStyle = style.color;
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  context.textBaseline = "alphabetic";
  const range = document.createRange();
  for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    const { left, top, height } = range.getBoundingClientRect();
    const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = context.measureText(word);
    context.fillText(word, left, top + (height - up - down) / 2 + up);
  }
}

function wrap(context, text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    const longer = `${lines.at(-1)} ${word}`.trim();
    if (context.measureText(longer).width > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
