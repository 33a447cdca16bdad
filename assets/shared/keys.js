// The page's keyboard shortcuts: one table, to which everybody adds the keys that mean something
// to them. A key that means something where the focus is belongs to what has the focus.

const shortcuts = new Set();

// What is typed into, or moved by keys of its own.
const TYPED = [
  "input", "textarea", "select", "[contenteditable]:not([contenteditable=false])",
  ...["combobox", "listbox", "menu", "slider", "spinbutton", "textbox"].map((role) => `[role=${role}]`),
].join(",");
// What a space presses.
const PRESSED = ["a", "button", "summary", "[role=button]", "[role=tab]"].join(",");
// What stands over the page, which then hears of no key.
const MODAL = ["dialog[open]", "[role=dialog]", "[aria-modal=true]"].join(",");

/**
 * Adds shortcuts to the table, and returns what takes them away.
 *
 * A shortcut is { keys, words, act, order }: the names of its keys as `keyOf` gives them, what it
 * does in words, `act(key)` which does it, and its place in the list of all. `shown` are its keys
 * as people read them, where their names would not do.
 */
export function addShortcuts(added) {
  if (!shortcuts.size) document.addEventListener("keydown", pressed, { capture: true });
  for (const shortcut of added) shortcuts.add(shortcut);
  return () => {
    for (const shortcut of added) shortcuts.delete(shortcut);
    if (!shortcuts.size) document.removeEventListener("keydown", pressed, { capture: true });
  };
}

/** All shortcuts there are now, in their order; a key that two have means the first of them. */
export function allShortcuts() {
  const taken = new Set();
  return [...shortcuts]
    .sort((a, b) => a.order - b.order)
    .map((shortcut) => ({ ...shortcut, keys: shortcut.keys.filter((key) => !taken.has(key) && taken.add(key)) }))
    .filter(({ keys }) => keys.length);
}

/**
 * The name of the key that was pressed, or null where a shortcut has no say.
 *
 * "a" to "z" and "0" to "9" wherever they are on the keyboard and whatever script it writes,
 * "Space", otherwise `event.key`; with Ctrl, or Command on a Mac, "Control+z".
 */
export function keyOf({ key, code = "", altKey, ctrlKey, metaKey, shiftKey, isComposing }) {
  if (altKey || isComposing || !key) return null;
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  const [, digit] = /^Digit([0-9])$/.exec(code) ?? [];
  let name = key === " " ? "Space" : key;
  // On a French keyboard a digit needs Shift; the key it is printed on will do.
  if (digit && !shiftKey) name = digit;
  else if (letter && !/^[a-z]$/i.test(key)) name = letter;
  if (name.length === 1) name = name.toLowerCase();
  if (!ctrlKey && !metaKey) return name;
  return shiftKey ? null : `Control+${name}`;
}

/**
 * Whether a key is the page's, given the elements it went through from where the focus is, as in
 * `event.composedPath()`. An element keeps the keys that it names in `data-keys` for itself.
 */
export function isFree(name, path) {
  const elements = path.filter((node) => node.matches);
  if (elements.some((node) => node.matches(TYPED) || node.matches(MODAL))) return false;
  if (name === "Space" && elements.some((node) => node.matches(PRESSED))) return false;
  return !elements.some((node) => node.dataset?.keys?.split(" ").includes(name));
}

// Before Streamlit, which has shortcuts of its own for some letters.
function pressed(event) {
  const name = keyOf(event);
  const shortcut = name && allShortcuts().find(({ keys }) => keys.includes(name));
  if (!shortcut || !isFree(name, event.composedPath()) || isCovered()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.repeat) shortcut.act(name);
}

// Whether something stands over the page, wherever the focus is.
const isCovered = () =>
  Boolean(document.querySelector("dialog[open], [aria-modal=true], [data-testid=stDialog]")) ||
  [...document.querySelectorAll(".stBidiComponent *")].some((node) =>
    node.shadowRoot?.querySelector("dialog[open]"),
  );
