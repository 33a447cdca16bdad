// From a value to a colour: one diverging scale, symmetric about zero, for activations and
// weights; greys for the input; and one colour for what has no sign. The palettes are those of lenet/figures/palette.py.

const STEPS = 256;

/** Look-up tables of a palette, whose colours are #rrggbb. */
export function makeScale(palette) {
  const names = ["low", "zero", "high", "page", "ink", "other"];
  const [low, zero, high, page, ink, other] = names.map((name) => channels(palette[name]));
  return {
    diverging: lookUp((t) => (t < 0 ? mix(zero, low, -t) : mix(zero, high, t))),
    grey: lookUp((t) => mix(page, ink, (t + 1) / 2)),
    unsigned: lookUp((t) => mix(page, other, Math.max(0, t))),
  };
}

/** Packed RGBA of `value` on a table whose ends stand for -limit and +limit. */
export function colour(table, value, limit) {
  const step = Math.round((value / limit + 1) * 0.5 * (STEPS - 1));
  return table[step < 0 ? 0 : step >= STEPS ? STEPS - 1 : step];
}

/** The same colour for style sheets. */
export function cssColour(table, value, limit) {
  return css(colour(table, value, limit));
}

/** Every so many colours of a table, for the stops of a gradient in a style sheet. */
export const cssColours = (table, every) => Array.from(table.filter((_, i) => i % every === 0), css);

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));

const css = (packed) => `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`;

function lookUp(colourAt) {
  return Uint32Array.from({ length: STEPS }, (_, step) => {
    const [red, green, blue] = colourAt((2 * step) / (STEPS - 1) - 1);
    return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;
  });
}

function mix(from, to, share) {
  return from.map((channel, i) => Math.round(channel + (to[i] - channel) * share));
}
