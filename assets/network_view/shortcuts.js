// What the keyboard does for the view whose page has the canvas and its buttons.

import { containerOf } from "../shared/on_page.js";
import { t } from "../shared/words.js";

/** The shortcuts of a view, for the table in shared/keys.js. */
export function shortcutsOf(view) {
  const press = (key) => containerOf(key)?.querySelector("button")?.click();
  const { clear, undo } = view.place;
  return [
    { keys: ["c", "Backspace"], words: t("Clear the canvas"), act: () => press(clear), order: 20 },
    { keys: ["u", "Control+z"], words: t("Undo"), act: () => press(undo), order: 21 },
    {
      keys: ["Space", "p"],
      words: t("Pause the picture or the replay, or resume"),
      act: () => (view.replay.open ? view.playReplay() : view.togglePause()),
      order: 30,
    },
    {
      keys: ["r"],
      words: t("Replay the forward pass, or end the replay"),
      act: () => (view.replay.open ? view.replay.stop() : view.startReplay()),
      order: 31,
    },
    {
      keys: ["k"],
      words: t("Show the kernels or other parameters of the map whose unit is chosen"),
      act: () => view.toggleCard(),
      order: 33,
    },
    {
      keys: ["d"],
      words: t("A second drawing, or one alone"),
      act: () => containerOf("two")?.querySelector("button")?.click(),
      order: 32,
    },
    {
      keys: ["e"],
      words: t("Enlarge the layer that is pointed at, in presenter mode"),
      act: () => view.toggleLarge(),
      order: 45,
    },
  ];
}
