// The tour on the page of one file: those of its steps that are about drawing.

import { t } from "../shared/words.js";
import { addressed } from "../tour/page.js";
import { showTour } from "../tour/tour.js";
import { shadowIn } from "./shadow.js";

const PAGE = "draw"; // the one page there is, as tours call it
const FIRST = [null, null];

/**
 * The button that begins the tour and ends it. The tour is on from the beginning `at` a step, which
 * is [identifier, move], or where the address names one.
 *
 * Returns { at(), follow(), end() }: where one is, or null; has it follow the theme; takes all away.
 */
export function offerTour({ html, tours }, language, spec, at) {
  const opener = document.querySelector(".begin-tour");
  const place = shadowIn(document.querySelector(".st-key-tour .component"), html.tour);
  let shown = null;
  const end = () => {
    shown?.close();
    shown = null;
    opener.ariaPressed = "false";
  };
  const begin = (where) => {
    shown = showTour(place, { tour: tours[language], page: PAGE, name: "" }, spec, where);
    shown.send = (name) => name === "ended" && end();
    shown.follow(place);
    opener.ariaPressed = "true";
  };
  opener.textContent = t("Tour");
  opener.ariaPressed = "false";
  opener.onclick = () => {
    if (shown) shown.page.ended();
    else begin(FIRST);
  };
  const where = at ?? addressed();
  if (where[0] !== null) begin(where);
  return {
    at() {
      const { step, move } = shown?.strip.progress ?? {};
      return step ? [step.id, move] : null;
    },
    follow: () => shown?.follow(place),
    end,
  };
}
