// The badge: whose numbers these are, and how far they can be trusted.

import { SUMS } from "../engine/recorded.js";
import { number, t, tn } from "../shared/words.js";
import { helpButton } from "./help.js";

/** A difference between browser and PyTorch that no rounding explains. */
export const WORRYING = 1e-3;

/**
 * Says whose numbers are shown: `state` is "live", "unverified", or "verified" with the largest
 * difference `delta`. `paused`: the picture is frozen; `ahead`: the drawing is another by now.
 * `checked`, where nobody verifies a drawing: what compare() of engine/recorded.js has found.
 */
export function writeBadge(badge, { state, delta }, { paused, ahead, checked }) {
  let shown = delta > WORRYING ? "apart" : state;
  if (checked) shown = checked.agrees ? "checked" : "apart";
  const said = JSON.stringify([shown, delta, paused, ahead]);
  if (badge.said === said) return; // as in almost every frame of a stroke
  badge.said = said;
  badge.dataset.state = shown;
  const texts = checked ? ofOneFile(checked, paused) : [sentence(shown, paused, scientific(delta))];
  badge.title = checked ? checkInWords(checked) : "";
  const help = badge.querySelector(".help") ?? helpButton("badge", t("What does verified mean?"));
  // One file has no server that verifies it; its title says what was checked.
  badge.replaceChildren(...(ahead ? [penIsAhead()] : []), ...texts.map(whose), ...(checked ? [] : [help]));
}

// The second says the same where there is little room.
function whose(text, place) {
  const made = document.createElement("span");
  made.className = "whose";
  made.classList.toggle("short", place > 0);
  made.textContent = text;
  return made;
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

/** What the badge says, where nothing was recorded in advance. */
export function sentence(state, paused, difference) {
  if (state === "live") {
    return paused ? t("paused, computed in this browser") : t("live, computed in this browser");
  }
  if (state === "unverified") {
    return paused
      ? t("not verified: the server has not answered yet")
      : t("not verified: the server has not answered yet; the picture stays live");
  }
  if (state === "verified") {
    return t("verified by PyTorch, difference {difference}", { difference });
  }
  return t("this browser and PyTorch differ by {difference}; PyTorch's numbers are shown", {
    difference,
  });
}

function ofOneFile({ agrees, count, difference }, paused) {
  const said = { count: number(count), difference: precise(difference) };
  if (!agrees) {
    return [
      t("not to be trusted: this browser and PyTorch differ by {difference}", said),
      t("PyTorch differs by {difference}", said),
    ];
  }
  if (paused) return [t("paused, computed in this browser")];
  return [
    tn(
      "computed in this browser, checked at opening against {count} trace by PyTorch",
      "computed in this browser, checked at opening against {count} traces by PyTorch",
      count,
      said,
    ),
    t("computed here, checked"),
  ];
}

/** What was compared when the page was opened, and what has come of it. */
export function checkInWords({ agrees, difference, bound }) {
  const said = { difference: precise(difference), bound: precise(bound), sums: scientific(SUMS) };
  return agrees
    ? t("When it was opened, this browser computed a digit of each class, of which PyTorch had recorded every unit in half precision. The largest difference, relative to 1 + the value, is {difference}; half precision (2\u207b\u00b9\u00b9) and the order of sums ({sums}) explain up to {bound}.", said)
    : t("Do not trust the numbers on this page: on a digit of each class this browser and what PyTorch recorded differ by up to {difference}, relative to 1 + the value, where rounding explains at most {bound}. The file is damaged or this browser computes wrongly: get the file again, or open it in another browser.", said);
}

const precise = (value) => value.toExponential(1);

/** A difference in one digit and a power of ten. */
export const scientific = (value) => (value === 0 ? "0" : value?.toExponential(0));
