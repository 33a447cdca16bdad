// The badge: whose numbers these are, and how far they can be trusted.

import { t } from "../shared/words.js";

// A difference between browser and PyTorch that no rounding explains.
const WORRYING = 1e-3;

/**
 * Says whose numbers are shown: `state` is "live", "unverified", or "verified" with the largest
 * difference `delta`. `paused`: the picture is frozen; `ahead`: the drawing is another by now.
 */
export function writeBadge(badge, { state, delta }, { paused, ahead }) {
  const shown = delta > WORRYING ? "apart" : state;
  const said = JSON.stringify([shown, delta, paused, ahead]);
  if (badge.said === said) return; // as in almost every frame of a stroke
  badge.said = said;
  badge.dataset.state = shown;
  const whose = document.createElement("span");
  whose.className = "whose";
  whose.textContent = sentence(shown, paused, scientific(delta));
  badge.replaceChildren(...(ahead ? [penIsAhead()] : []), whose);
}

function penIsAhead() {
  const made = document.createElement("strong");
  made.className = "ahead";
  made.textContent = aheadInWords();
  return made;
}

/** What a paused view says once another drawing is on the canvas. */
export const aheadInWords = () =>
  t("Paused: the pen is ahead; Resume shows the drawing.");

function sentence(state, paused, difference) {
  if (state === "live") {
    return paused ? t("paused, computed in this browser") : t("live, computed in this browser");
  }
  if (state === "unverified") {
    return paused
      ? t("not verified: the server has not answered yet")
      : t("not verified: the server has not answered yet; the picture stays live");
  }
  if (state === "verified") {
    return t("verified by PyTorch, largest difference {difference}", { difference });
  }
  return t("this browser and PyTorch differ by {difference}; PyTorch's numbers are shown", {
    difference,
  });
}

const scientific = (value) => (value === 0 ? "0" : value?.toExponential(0));
