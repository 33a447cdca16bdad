// The view's own controls: the range of the colours, the pause, the replay, and the picture.

import { button } from "../shared/button.js";
import { number, t } from "../shared/words.js";
import { savePicture } from "./picture.js";
import { RANGES } from "./ranges.js";

const SPEEDS = [0.5, 1, 2, 4];

/** Writes the controls into `parent`; `view` does what is pressed. Returns `update()`. */
export function writeControls(parent, view) {
  const words = {
    fixed: [t("fixed"), t("One scale for all layers, to the limits of the squashing function")],
    layer: [t("layer"), t("Each layer has its own largest value as the full colour")],
    map: [t("map"), t("Each map has its own largest value as the full colour")],
  };
  const ranges = RANGES.map((range) => {
    const made = titled(...words[range], () => view.setRange(range));
    made.dataset.range = range;
    return made;
  });
  const group = document.createElement("span");
  group.className = "range";
  group.role = "group";
  group.ariaLabel = t("Range of the colours");
  group.append(...ranges);

  const pause = titled("", t("Freeze the picture while the pen moves on"), () => view.togglePause());
  const start = titled(t("Replay"), t("Replay the forward pass, slowly"), () => view.startReplay());
  const play = titled("", t("Play or pause the replay"), () => view.playReplay());
  const back = titled(t("Back"), t("One step back"), () => view.replay.step(-1));
  const step = titled(t("Step"), t("One step on: a layer, a place of the kernel, a number"), () =>
    view.replay.step(),
  );
  const speed = document.createElement("select");
  speed.ariaLabel = t("Speed of the replay");
  for (const times of SPEEDS) {
    const text = t("{times}\u00d7", { times: number(times, times % 1 ? 1 : 0) });
    speed.append(new Option(text, times, times === 1, times === 1));
  }
  speed.onchange = () => {
    view.replay.speed = Number(speed.value);
  };
  const close = titled(t("Close"), t("End the replay"), () => view.replay.stop());
  const png = titled(t("PNG"), t("Save this picture as a PNG file"), () => savePicture(view));
  parent.replaceChildren(group, pause, start, play, back, step, speed, close, png);

  return () => {
    for (const one of ranges) one.ariaPressed = String(one.dataset.range === view.range);
    pause.textContent = view.paused ? t("Resume") : t("Pause");
    pause.ariaPressed = String(view.paused);
    const { open, running, stepsOnly } = view.replay;
    play.textContent = running ? t("Hold") : t("Play");
    parent.classList.toggle("replaying", open);
    for (const one of [group, pause, start]) one.hidden = open;
    for (const one of [back, step, close]) one.hidden = !open;
    for (const one of [play, speed]) one.hidden = !open || stepsOnly;
  };
}

function titled(text, title, act) {
  return Object.assign(button(text, act), { title });
}
