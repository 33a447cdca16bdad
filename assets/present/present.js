// Presenter mode, from its button, its key, or the address: full screen, a bar of what a teacher
// needs, and a spotlight that follows the pointer. What is large and what is gone is the style
// sheets' business, see shared/presenting.js.

import { keep } from "../shared/address.js";
import { button } from "../shared/button.js";
import { addShortcuts } from "../shared/keys.js";
import { overPage } from "../shared/over_page.js";
import { present, timesPresented, whenPresented } from "../shared/presenting.js";
import { t } from "../shared/words.js";

const ASKED = "present"; // in the address
const PAGES = ".st-key-pages_bar a";
const ICONS = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  spotlight: "M12 3a9 9 0 1 0 .01 0M12 9a3 3 0 1 0 .01 0",
  room: "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 18h2v2h-2zM18 14h2M14 20h2",
  end: "M6 6l12 12M18 6L6 18",
};

const mounted = new WeakMap(); // what ends each
let wanted = null; // whether the page is to be presented; null until the address has been asked
let lit = false; // whether the spotlight is on

export function mount(component) {
  const { parentElement, setTriggerValue } = component;
  let one = mounted.get(parentElement);
  if (!one) mounted.set(parentElement, (one = build(parentElement)));
  one.showRoom = () => setTriggerValue("room", true);
  one.follow(parentElement);
  return () => {
    one.end();
    mounted.delete(parentElement);
  };
}

function build(parentElement) {
  const start = parentElement.querySelector(".start");
  const over = overPage(parentElement, "present");
  const bar = Object.assign(document.createElement("div"), { className: "bar", role: "toolbar" });
  const spotlight = Object.assign(document.createElement("div"), { className: "spotlight" });
  spotlight.ariaHidden = "true";
  over.all.append(bar, spotlight);
  const listening = new AbortController();
  const { signal } = listening;
  const one = { showRoom() {} };
  const light = () => {
    lit = !lit;
    update();
  };
  const begin = () => {
    wanted = true;
    keep(ASKED, "1");
    present(true);
    goFullScreen();
  };
  const end = () => {
    wanted = false;
    keep(ASKED, null);
    present(false);
    if (document.fullscreenElement) document.exitFullscreen();
  };

  const always = addShortcuts([
    { keys: ["f"], words: t("Presenter mode: large, and full screen"), act: () => (wanted ? end() : begin()), order: 40 },
  ]);
  // The first keys are those of a presenter's remote control.
  const words = {
    back: t("The page before"),
    next: t("The next page"),
    spotlight: t("A spotlight that follows the pointer"),
    room: t("The address of this room, as a QR code too"),
    end: t("End presenter mode"),
  };
  const shortcuts = [
    { keys: ["PageDown", "n"], words: words.next, act: () => turn(1), order: 41 },
    { keys: ["PageUp", "b"], words: words.back, act: () => turn(-1), order: 42 },
    { keys: ["s"], words: words.spotlight, act: light, order: 43 },
    { keys: ["a"], words: words.room, act: () => one.showRoom(), order: 44 },
  ];
  const acts = {
    back: () => turn(-1),
    next: () => turn(1),
    spotlight: light,
    room: () => one.showRoom(),
    end,
  };
  const buttons = Object.fromEntries(
    Object.entries(acts).map(([name, act]) => [name, iconButton(name, words[name], act)]),
  );
  bar.ariaLabel = t("Presenter mode");
  bar.replaceChildren(...Object.values(buttons));
  start.textContent = t("Present");
  start.title = t("Large text and units for a projector, without anything around them");
  start.onclick = begin;

  let whilePresented = null;
  const update = () => {
    const on = timesPresented() > 0;
    start.hidden = on;
    bar.hidden = !on;
    spotlight.hidden = !(on && lit);
    buttons.spotlight.ariaPressed = String(lit);
    if (on) whilePresented ??= addShortcuts(shortcuts);
    else {
      whilePresented?.();
      whilePresented = null;
    }
  };
  whenPresented(update, signal);
  window.addEventListener("resize", () => present(wanted), { signal });
  // Escape, or whatever else ends full screen, ends the rest.
  document.addEventListener(
    "fullscreenchange",
    () => !document.fullscreenElement && wanted && end(),
    { signal },
  );
  document.addEventListener(
    "pointermove",
    ({ clientX, clientY }) => {
      if (!lit) return;
      spotlight.style.setProperty("--x", `${clientX}px`);
      spotlight.style.setProperty("--y", `${clientY}px`);
    },
    { passive: true, signal },
  );
  if (wanted === null && new URLSearchParams(location.search).has(ASKED)) {
    wanted = true;
    keep(ASKED, "1");
    // Browsers want a gesture before they show a page on all of the screen.
    for (const name of ["click", "keydown"]) {
      window.addEventListener(name, goFullScreen, { capture: true, once: true, signal });
    }
  }
  wanted ??= false;
  present(wanted);
  update();
  one.follow = over.follow;
  one.end = () => {
    listening.abort();
    over.remove();
    always();
    whilePresented?.();
  };
  return one;
}

// What a browser does not do, or not here, it refuses; then the page is large all the same.
function goFullScreen() {
  if (timesPresented() && !document.fullscreenElement) {
    document.documentElement.requestFullscreen?.().catch(() => {});
  }
}

// Goes so many pages on, from the last to the first.
function turn(by) {
  const pages = [...document.querySelectorAll(PAGES)];
  // The link to the draw page has no address of its own.
  const nameOf = (path) => path.split("/").at(-1);
  const names = pages.map((page) => nameOf(page.getAttribute("href") ?? ""));
  const here = Math.max(0, names.indexOf(nameOf(location.pathname)));
  pages.at((here + by) % pages.length)?.click();
}

function iconButton(name, words, act) {
  const made = button("", act);
  made.ariaLabel = made.title = words;
  made.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
  return made;
}
