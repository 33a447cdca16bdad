// The view's own controls: the range of the colours, the pause, the replay, and the picture.

import { savePicture } from "./picture.js";

/** What the full colour can stand for, and in words. */
export const RANGES = {
  fixed: "One scale for all layers, to the limits of the squashing function",
  layer: "Each layer has its own largest value as the full colour",
  map: "Each map has its own largest value as the full colour",
};
const SPEEDS = [0.5, 1, 2, 4];

/** Writes the controls into `parent`; `view` is told what is pressed. Returns `update()`. */
export function writeControls(parent, view) {
  const ranges = Object.entries(RANGES).map(([name, title]) =>
    button(name, title, () => view.setRange(name)),
  );
  const group = document.createElement("span");
  group.className = "range";
  group.role = "group";
  group.ariaLabel = "Range of the colours";
  group.append(...ranges);

  const pause = button("Pause", "Freeze the picture while the pen moves on", () => view.togglePause());
  const start = button("Replay", "Replay the forward pass, slowly", () => view.startReplay());
  const play = button("Play", "Play or pause the replay", () => view.playReplay());
  const step = button("Step", "One layer, or one unit of the sliding kernel", () => view.replay.step());
  const speed = document.createElement("select");
  speed.ariaLabel = "Speed of the replay";
  speed.append(...SPEEDS.map((times) => new Option(`${times}\u00d7`, times, times === 1, times === 1)));
  speed.onchange = () => {
    view.replay.speed = Number(speed.value);
  };
  const close = button("Close", "End the replay", () => view.replay.stop());
  const png = button("PNG", "Save this picture as a PNG file", () => savePicture(view));
  parent.replaceChildren(group, pause, start, play, step, speed, close, png);

  return () => {
    ranges.forEach((one) => (one.ariaPressed = String(one.textContent === view.range)));
    pause.textContent = view.paused ? "Resume" : "Pause";
    pause.ariaPressed = String(view.paused);
    play.textContent = view.replay.running ? "Hold" : "Play";
    parent.classList.toggle("replaying", view.replay.open);
    start.hidden = view.replay.open;
    for (const one of [play, step, speed, close]) one.hidden = !view.replay.open;
  };
}

function button(text, title, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.title = title;
  made.onclick = act;
  return made;
}
