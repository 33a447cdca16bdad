// What a newcomer is invited to: the tour, as long as nothing is drawn, and then to point at a unit.
// It goes once that has been done, for as long as the tab is open.

import { t } from "../shared/words.js";
import { way } from "./help.js";

const STEP = "step"; // in the address: of the tour
const DONE = "lenet-has-pointed";

/**
 * Keeps the invitation in its element: where `place`d, `show`n or not, and gone once `followed`.
 * `leads`: whether the tour can be gone to from here.
 */
export function makeHint(element, leads) {
  let done = remembered();
  const toTour = leads ? way(t("New here? Take the tour."), "tour", "") : "";
  const toPoint = document.createTextNode(
    t("Point at or tap any square to see how it is computed."),
  );
  return {
    place({ hint, classes }) {
      const { x, y, width, height = "" } = hint;
      element.style.transform = `translate(${x}px, ${y}px)`;
      element.style.width = `${width}px`;
      element.style.height = height && `${height}px`;
      element.classList.toggle("nowhere", classes.includes("presenter"));
    },
    show({ empty, replayed }) {
      const touring = new URLSearchParams(location.search).has(STEP);
      const wanted = empty ? !touring && toTour : toPoint;
      element.hidden = Boolean(done || replayed || !wanted);
      if (!element.hidden && element.firstChild !== wanted) element.replaceChildren(wanted);
    },
    followed() {
      if (done) return;
      done = element.hidden = true;
      remember();
    },
  };
}

// A frame may be forbidden to remember anything.
function remembered() {
  try {
    return sessionStorage.getItem(DONE) !== null;
  } catch {
    return false;
  }
}

function remember() {
  try {
    sessionStorage.setItem(DONE, "");
  } catch {
    // It is remembered as long as the view is there.
  }
}
