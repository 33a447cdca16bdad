// The page's colours, as far as the view needs them.

import { makeScale } from "./scale.js";

/** { accent, edge, page, scale } of the theme that applies to `element`. */
export function readTheme(element, palette) {
  const style = getComputedStyle(element);
  const page = rgb(style.getPropertyValue("--st-background-color") || "#ffffff");
  const text = rgb(style.getPropertyValue("--st-text-color") || "#1a1a1f");
  const dark = page[0] + page[1] + page[2] < 384;
  return {
    accent: style.getPropertyValue("--st-primary-color").trim() || "#c8384f",
    page: `rgb(${page})`,
    edge: dark ? "rgb(255 255 255 / 0.16)" : "rgb(0 0 0 / 0.14)",
    scale: makeScale(palette[dark ? "dark" : "light"], page, text),
  };
}

// Lets the browser do the parsing: any CSS colour to [red, green, blue].
function rgb(colour) {
  const context = document.createElement("canvas").getContext("2d");
  context.fillStyle = colour.trim();
  const hex = context.fillStyle;
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
