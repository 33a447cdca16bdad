// Help on a name: two sentences and a picture beside the name, and the way to the page that goes
// deeper. What is said comes from the glossary (lenet/glossary.py), with the texts of the language.

import { button } from "../shared/button.js";
import { focused } from "../shared/focus.js";
import { t } from "../shared/words.js";

const BESIDE = 8; // CSS pixels between a name and what is said of it

// What the next page need not know of this one.
const LEFT_BEHIND = ["pin", "range", "step", "task"];

/** A "?" that opens help on the entry of that key; `label` is for who cannot see what it stands at. */
export function helpButton(key, label) {
  const made = button("", null);
  made.className = "help";
  made.dataset.help = key;
  made.ariaLabel = label;
  return made;
}

/**
 * Opens help in `panel`, a popover, when one of the buttons in `root` is pressed. `help` holds what
 * is said by the keys; `goes(page)` tells whether a page can be gone to from here.
 */
export function makeHelp(root, panel, help, goes) {
  let from = null;
  root.addEventListener("click", ({ target }) => {
    const pressed = target.closest?.(".help");
    if (!pressed) return;
    const again = pressed === from && panel.matches(":popover-open");
    from = pressed;
    panel.hidePopover();
    if (again) return;
    write(panel, help[pressed.dataset.help], goes);
    panel.showPopover();
    place(panel, (pressed.closest(".title") ?? pressed).getBoundingClientRect());
    panel.querySelector("button").focus();
  });
  // Unless a click has taken the focus elsewhere, it goes back to the name.
  panel.addEventListener("toggle", ({ newState }) => {
    const now = focused();
    const nowhere = !now || now === document.body || panel.contains(now);
    if (newState === "closed" && nowhere) from?.focus();
  });
}

function write(panel, { name, text, picture, page, chosen }, goes) {
  panel.replaceChildren();
  const head = document.createElement("div");
  head.className = "head";
  const title = document.createElement("h2");
  title.textContent = name;
  panel.ariaLabel = name;
  const close = button("\u00d7", () => panel.hidePopover());
  close.ariaLabel = t("Close");
  head.append(title, close);
  const scheme = document.createElement("div");
  scheme.className = "scheme";
  scheme.innerHTML = picture; // the server's own, see lenet/figures/schemes.py
  const said = document.createElement("p");
  said.textContent = text;
  panel.append(head, scheme, said);
  const ways = document.createElement("p");
  ways.className = "ways";
  if (page && goes(page)) ways.append(way(t("See more of it"), page, chosen));
  if (goes("glossary")) ways.append(way(t("All words"), "glossary", ""));
  if (ways.children.length) panel.append(ways);
}

/** A link to another page, which takes the drawing and whatever else is in the address with it. */
export function way(text, page, chosen) {
  const link = document.createElement("a");
  link.textContent = text;
  const address = new URL(page, document.baseURI);
  const taken = new URLSearchParams(location.search);
  for (const name of LEFT_BEHIND) taken.delete(name);
  for (const [name, value] of new URLSearchParams(chosen)) taken.set(name, value);
  address.search = taken;
  link.href = address;
  return link;
}

// Below what it is about, or above where there is no room; on a phone the style sheet places it.
function place(panel, { left, right, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = panel;
  const x = Math.min(Math.max((left + right - width) / 2, BESIDE), innerWidth - width - BESIDE);
  const below = bottom + BESIDE;
  const y = below + height < innerHeight ? below : Math.max(BESIDE, top - height - BESIDE);
  panel.style.setProperty("--left", `${x}px`);
  panel.style.setProperty("--top", `${y}px`);
}
