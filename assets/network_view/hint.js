// The invitation to point at a unit. It goes once that has been done, for as long as the tab is open.

import { t } from "../shared/words.js";

const DONE = "lenet-has-pointed";

/** Keeps the invitation in its element: where `place`d, `show`n or not, and gone once `followed`. */
export function makeHint(element) {
  let done = remembered();
  element.textContent = t("Point at or tap any square to see how it is computed.");
  return {
    place({ hint, classes }) {
      const { x, y, width, height = "" } = hint;
      element.style.transform = `translate(${x}px, ${y}px)`;
      element.style.width = `${width}px`;
      element.style.height = height && `${height}px`;
      element.classList.toggle("nowhere", classes.includes("presenter"));
    },
    show(wanted) {
      element.hidden = done || !wanted;
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
