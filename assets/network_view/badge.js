// The badge: whose numbers these are, and how far they can be trusted.

import { t } from "../shared/words.js";

// A difference between browser and PyTorch that no rounding explains.
const WORRYING = 1e-3;

/** Shows "live", "unverified", or "verified" with the largest difference. */
export function writeBadge(badge, state, delta) {
  if (state === "live" && badge.dataset.state === "live") return;
  badge.dataset.state = delta > WORRYING ? "apart" : state;
  badge.textContent = sentence(badge.dataset.state, scientific(delta));
}

function sentence(state, difference) {
  if (state === "live") return t("live, computed in this browser");
  if (state === "unverified") {
    return t("not verified: the server has not answered yet; the picture stays live");
  }
  if (state === "verified") {
    return t("verified by PyTorch, largest difference {difference}", { difference });
  }
  return t("this browser and PyTorch differ by {difference}; PyTorch's numbers are shown", {
    difference,
  });
}

const scientific = (value) => (value === 0 ? "0" : value?.toExponential(0));
