// Digits that networks read differently, each with its label and every network's answer, wrong ones
// emphasised; a click sends the digit's place.

import { rove } from "../gallery/gallery.js";
import { containerOf } from "../shared/on_page.js";
import { t } from "../shared/words.js";
import { element, makeTile } from "./tile.js";

const stops = new WeakMap(); // of each root: what makes a button its stop of the Tab key

export function mount({ parentElement, header: data, setTriggerValue }) {
  const root = parentElement.querySelector(".disagreeing");
  root.ariaLabel = data.alt;
  if (!stops.has(root)) stops.set(root, rove(root));
  const pick = (place) => {
    setTriggerValue("picked", place);
    // The canvas may be far above.
    containerOf("canvas")?.scrollIntoView({ block: "nearest" });
  };
  root.replaceChildren(...data.digits.map((digit, place) => tile(data, digit, place, pick)));
  if (root.firstElementChild) stops.get(root)(root.firstElementChild);
}

function tile(data, { label, answers, told }, place, pick) {
  const said = element("span", "answers");
  said.append(
    ...answers.map(({ letter, digit }) =>
      element("span", digit === label ? "" : "wrong", t("{letter}: {digit}", { letter, digit })),
    ),
  );
  const made = makeTile(data, place, told, () => pick(place));
  made.ariaLabel = told;
  made.append(element("span", "label", t("label {label}", { label })), said);
  return made;
}
