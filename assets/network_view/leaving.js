// When a visitor has done with what is pinned: Escape, or a click on nothing in particular.

// What clicks mean something to: one draws on a canvas and presses a button while a unit stays
// pinned, and reads the panel of its arithmetic.
const TAGS = ["a", "button", "canvas", "dialog", "input", "label", "option", "select", "summary", "textarea"];
const ROLES = ["button", "checkbox", "combobox", "dialog", "link", "option", "radio", "slider", "tab"];
const OTHERS = ["[contenteditable]", "[data-baseweb=popover]", "[data-testid=stExpander]", ".arithmetic", ".lesson", ".grip", ".tour"];
const USED = [...TAGS, ...ROLES.map((role) => `[role=${role}]`), ...OTHERS].join(",");

// What Escape closes first.
const OPEN = ["[role=dialog]", "[data-baseweb=popover]"].join(",");

/** Whether a key is Escape, and nothing lies over the page that it closes first. */
export function escapes(event) {
  const inDialog = event.composedPath().some((node) => node.matches?.("dialog:not(.sheet)"));
  return event.key === "Escape" && !inDialog && !document.querySelector(OPEN);
}

/**
 * Calls `leave()` on Escape, wherever the focus is, and on a click on anything that does nothing
 * by itself: on the page, or on the `picture` where `unitOf(event)` finds no unit. Returns what
 * ends the listening.
 */
export function whenLeft(picture, unitOf, leave) {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  const isBeside = (event) => {
    const path = event.composedPath();
    if (path.some((node) => node.matches?.(USED))) return false;
    return path.includes(picture) ? !unitOf(event) : !path.some((node) => node.matches?.(".picture"));
  };
  let beganBeside = false; // a stroke that begins on the canvas may end beside it
  const pressed = (event) => {
    beganBeside = isBeside(event);
  };
  const clicked = (event) => {
    const selects = getSelection()?.type === "Range";
    if (beganBeside && !selects && isBeside(event)) leave();
  };
  const key = (event) => {
    if (escapes(event)) leave();
  };
  document.addEventListener("pointerdown", pressed, options);
  document.addEventListener("click", clicked, options);
  document.addEventListener("keydown", key, options);
  return () => listening.abort();
}
