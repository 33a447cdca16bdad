// Lights up what a step is about: layers and parts of the network view in an outline over its
// picture, parts of the page by an outline of their own.

const LIT = "data-lit"; // see assets/page.css
const LINE = 3; // CSS pixels, and as many between it and what is lit

const ON_PAGE = {
  canvas: ".st-key-canvas",
  answer: ".st-key-answer",
  switches: ".st-key-switches",
  comparison: ".st-key-what_if_answer",
};
const IN_VIEW = { legend: ".legend", badge: ".badge", controls: ".controls" };

/** Lights up what has these names, and nothing else; `root` is the network view's, or null. */
export function light(names, root) {
  lightPage(names);
  if (root) outline(names, root);
}

/** The same for what stands on the page itself; returns those elements. */
export function lightPage(names) {
  const chosen = new Set(names.map((name) => ON_PAGE[name]).filter(Boolean).flatMap((selector) => [
    ...document.querySelectorAll(selector),
  ]));
  for (const node of document.querySelectorAll(`[${LIT}]`)) {
    if (!chosen.has(node)) node.removeAttribute(LIT);
  }
  for (const node of chosen) node.setAttribute(LIT, "");
  return [...chosen];
}

function outline(names, root) {
  const picture = root.querySelector(".picture");
  const base = picture.getBoundingClientRect();
  const tiles = JSON.parse(root.dataset.tiles ?? "{}");
  const boxes = names.flatMap((name) => {
    if (tiles[name]) {
      const [left, top, width, height] = tiles[name];
      return [{ name, left, top, width, height }];
    }
    const node = IN_VIEW[name] && picture.querySelector(IN_VIEW[name]);
    if (!node) return [];
    const { left, top, width, height } = node.getBoundingClientRect();
    return [{ name, left, top, width, height }];
  });
  const made = boxes.map(({ name, left, top, width, height }) => {
    const box = document.createElement("div");
    box.className = "lit";
    box.dataset.lit = name;
    box.ariaHidden = "true";
    box.style.cssText = `
      position: absolute; pointer-events: none; box-sizing: border-box; border-radius: 8px;
      border: ${LINE}px solid var(--st-primary-color);
      left: ${left - base.left - 2 * LINE}px; top: ${top - base.top - 2 * LINE}px;
      width: ${width + 4 * LINE}px; height: ${height + 4 * LINE}px`;
    return box;
  });
  for (const old of picture.querySelectorAll(".lit")) old.remove();
  picture.append(...made);
}
