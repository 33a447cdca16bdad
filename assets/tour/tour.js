// The tour on the app's pages: a strip at the lower edge of the window, over whichever page is
// there. The server says which tour and which page; everything else is decided here.

import { addShortcuts } from "../shared/keys.js";
import { setDocked } from "../shared/docked.js";
import { overPage } from "../shared/over_page.js";
import { timesPresented, whenPresented } from "../shared/presenting.js";
import { t } from "../shared/words.js";
import { addressed, makePage } from "./page.js";
import { makeStrip } from "./strip.js";

const SOON_MS = 300; // in which the component comes again when only the page has changed
const LARGER = 20 / 15; // times its usual text, where it is presented
const USUAL = { narrow: 150, wide: 104 }; // CSS pixels that the strip is high, most of the time
const NARROW = 700; // CSS pixels, below which answers stand one below the other

let shown = null; // the one strip there is: { tour, page, close(), follow() }
let going = 0; // timer until it goes

export function mount(component, { spec }) {
  const { parentElement, header, setTriggerValue } = component;
  clearTimeout(going);
  const tour = JSON.stringify(header.tour);
  if (shown?.tour !== tour || shown.ended) {
    shown?.close();
    if (addressed()[0] === null) return undefined; // ended, and the server has not heard of it yet
    shown = showTour(parentElement, header, spec, addressed());
    shown.tour = tour;
  }
  shown.send = setTriggerValue;
  shown.follow(parentElement);
  shown.page.arrived({ page: header.page, name: header.name });
  shown.strip.update();
  return () => {
    going = setTimeout(() => {
      shown?.close();
      shown = null;
    }, SOON_MS);
  };
}

/**
 * Shows the tour of a header { tour, page, name } over the page, from a step and a move on.
 *
 * { page, strip, follow(element), close() }, and `send(name, value)`, which whoever shows it sets:
 * it hears of "go" with a step that is on another page, and of "ended".
 */
export function showTour(parentElement, header, spec, [step, move]) {
  const over = overPage(parentElement, "tour");
  const listening = new AbortController();
  const one = { follow: (element) => over.follow(element) };
  const page = makePage(spec, (name, value) => {
    if (name === "ended") one.close();
    one.send(name, value);
  });
  page.arrived({ page: header.page, name: header.name });
  const strip = makeStrip(over.all, header.tour, page, { step, move });
  page.listen(strip.update);

  // A picture that is laid out anew with every sentence would jump under the pen.
  const size = new ResizeObserver(() => {
    const { offsetHeight, offsetWidth } = over.all;
    const usual = USUAL[offsetWidth < NARROW ? "narrow" : "wide"] * (LARGER * timesPresented() || 1);
    setDocked(offsetHeight, over.all.classList.contains("folded") ? offsetHeight : usual);
  });
  size.observe(over.all);
  const always = addShortcuts([
    { keys: ["m"], words: t("The next move of the tour"), act: () => strip.forward(), order: 38.2 },
  ]);
  // Before those of presenter mode, which would turn pages.
  const whilePresented = [
    { keys: ["PageDown", "n"], words: t("The next step of the tour"), act: () => strip.turn(1), order: 38 },
    { keys: ["PageUp", "b"], words: t("The step before"), act: () => strip.turn(-1), order: 38.1 },
  ];
  let presented = null;
  const fit = () => {
    const times = timesPresented();
    over.all.style.setProperty("--times", String(times ? LARGER * times : 1));
    if (times) presented ??= addShortcuts(whilePresented);
    else {
      presented?.();
      presented = null;
    }
  };
  whenPresented(fit, listening.signal);
  fit();
  one.close = () => {
    if (one.ended) return;
    one.ended = true;
    always();
    presented?.();
    listening.abort();
    size.disconnect();
    page.close();
    over.remove();
    setDocked(0);
  };
  return Object.assign(one, { page, strip });
}
