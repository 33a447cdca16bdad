// Texts whose placeholders are filled with elements rather than with other texts.

/** For t(), of a text whose placeholders are left for filled(). */
export const HOLES = {};

/** A text as a list of nodes: {named} placeholders become elements, texts, or lists of either. */
export function filled(text, parts) {
  return text
    .split(/\{(\w+)\}/)
    .flatMap((piece, i) => (i % 2 ? parts[piece] : piece))
    .filter((piece) => piece !== "");
}
