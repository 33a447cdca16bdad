// What a tour sees of the app's pages: the network view, the connection table, and the address.

import { answerOf } from "../engine/answer.js";
import { keep } from "../shared/address.js";
import { contentOf } from "../shared/on_page.js";
import { light, lightPage } from "./lights.js";

const STEP = "step"; // in the address
const TOUR = "tour";
const VIEW = "network"; // the key of the view's container
const NONE = "none"; // for a pin
const AGAIN = 2; // times that the server is asked for a page once more
const OFTEN_MS = 100; // between two looks at what sends no event
const RANGES = ["fixed", "layer", "map"];
const WATCHED = ["data-frame", "data-unit", "data-tiles", "data-strokes"];

// Of the last drawing that was seen: pages without a view speak of it too.
let known = { parameters: null, rejection: null, trace: null, strokes: [], drawing: false };

/** [identifier, move] of the step that the address names. */
export function addressed() {
  const [id = null, move = null] = new URLSearchParams(location.search).get(STEP)?.split(".") ?? [];
  return [id, move];
}

/** The page for makeStrip(); `send` tells the server where to go, and that the tour is over. */
export function makePage(spec, send) {
  let here = { page: null, name: "" };
  let root = null;
  let wanted = null; // the step whose page the server was asked for: { id, page, again }
  let lights = [];
  let brought = true; // whether what is lit has been brought onto the screen
  let changed = () => {};
  let due = 0;
  const listening = new AbortController();

  const soon = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      find();
      // What the server sends comes when it comes.
      const [first] = lightPage(lights);
      if (first && !brought && !root) bring(first);
      brought ||= Boolean(first);
      changed();
    });
  };
  const watcher = new MutationObserver(soon);
  const tiles = new MutationObserver(() => light(lights, root));
  const find = () => {
    if (root?.isConnected) return;
    root = contentOf(VIEW)?.querySelector(".network") ?? null;
    watcher.disconnect();
    tiles.disconnect();
    if (!root) return;
    watcher.observe(root, { attributeFilter: WATCHED });
    tiles.observe(root, { attributeFilter: ["data-tiles"] });
    light(lights, root);
  };
  const options = { capture: true, passive: true, signal: listening.signal };
  for (const name of ["click", "keyup", "pointerup", "pointermove"]) {
    document.addEventListener(name, soon, options);
  }
  const timer = setInterval(soon, OFTEN_MS);

  const view = () => {
    find();
    return root?.view?.latest ? root.view : null;
  };

  const page = {
    get network() {
      return { spec, parameters: known.parameters, rejection: known.rejection };
    },
    now() {
      const shown = view();
      if (shown) {
        known = {
          parameters: shown.parameters,
          rejection: shown.bundle.rejection,
          trace: shown.latest.trace,
          strokes: shown.live.strokes(),
          drawing: shown.live.isDrawing(),
        };
      }
      const { drawing, strokes, trace } = known;
      return {
        spec,
        strokes,
        drawing,
        trace,
        answer: !trace || trace.empty ? null : answerOf(trace[spec.layers.at(-1).key], known.rejection),
        pinned: shown?.pointing.pinned ?? null,
        pointed: shown?.pointing.hovered ?? null,
        replaying: Boolean(shown?.replay.open),
        table: switched(),
        opened: [...new URLSearchParams(location.search).values()],
      };
    },
    isHere: (step) => step.page === here.page,
    go(step) {
      keep(STEP, step.id);
      const shown = view();
      const asked = new URLSearchParams(location.search);
      const apart = Object.entries(step.state).some(
        ([name, text]) => (asked.get(name) ?? NONE) !== text,
      );
      if (!page.isHere(step) || (apart && !shown)) {
        wanted = { id: step.id, page: step.page, again: AGAIN };
        send("go", step.id);
        here = { ...here, page: step.page }; // what is asked need not wait until the page has come
      } else if (shown && apart) putInState(shown, step.state);
    },
    reached(step, move) {
      keep(STEP, `${step.id}.${move}`);
      lights = page.isHere(step) ? step.lights : [];
      brought = move !== "do";
      find();
      light(lights, root);
    },
    ended() {
      keep(STEP, null);
      keep(TOUR, null);
      page.close();
      send("ended", true);
    },
    /** The server says which page this is, and which tour. */
    arrived(now) {
      here = now;
      if (wanted && wanted.page !== now.page && wanted.again-- > 0) {
        // What the old page had still to send, as a stroke, has called the server back to it.
        send("go", wanted.id);
        here = { ...now, page: wanted.page };
      } else wanted = null;
      if (now.name) keep(TOUR, now.name);
      soon();
    },
    listen(act) {
      changed = act;
    },
    close() {
      clearInterval(timer);
      cancelAnimationFrame(due);
      listening.abort();
      watcher.disconnect();
      tiles.disconnect();
      changed = () => {};
      light([], root);
    },
  };
  return page;
}

function bring(node) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  node.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

function putInState(view, { pin, range }) {
  if (RANGES.includes(range)) view.setRange(range);
  if (!pin) return;
  if (pin === NONE) {
    view.pointing.hovered = null;
    view.pointing.pin(null);
    return;
  }
  const [layer, ...place] = pin.split(".");
  const [map, row, column] = place.map(Number);
  view.pointing.pin({ layer, map, row, column });
}

// What the page of the connections says of the table as it was switched.
function switched() {
  const said = document.querySelector(".st-key-what_if_answer [data-answers]")?.dataset.answers;
  return said ? JSON.parse(said) : null;
}
