// LeCun's demonstrations: one disturbance goes to and fro by itself, and the answers follow.

import { NOTHING } from "../engine/disturb.js";
import { t } from "../shared/words.js";
import { placeOf, valueAt } from "./disturbances.js";

const ROUND_MS = 9000; // of a whole demonstration
const STEPS = 12; // where nothing may move by itself, as many still pictures
const STILL = matchMedia("(prefers-reduced-motion: reduce)");

const wave = (share) => Math.sin(2 * Math.PI * share);

// From one end to the other and back, by what sliders go by.
const swing = (name, low, high) => (share) => {
  const [least, nothing, most] = [low, NOTHING[name], high].map((value) => placeOf(name, value));
  const side = wave(share);
  const place = side > 0 ? nothing + side * (most - nothing) : nothing - side * (least - nothing);
  return { [name]: valueAt(name, place) };
};

/** By name: the `title` of its button, the `curve` that goes with it, and what it does when. */
export const DEMONSTRATIONS = {
  translation: {
    title: () => t("Translation"),
    curve: "right",
    // A circle, into which it spirals and out of which it comes back.
    at: (share) => {
      const radius = 7 * Math.min(1, 4 * share, 4 * (1 - share));
      return { right: radius * wave(2 * share), down: -radius * wave(2 * share + 0.25) };
    },
  },
  scale: { title: () => t("Scale"), curve: "scale", at: swing("scale", 0.5, 1.6) },
  rotation: { title: () => t("Rotation"), curve: "turn", at: swing("turn", -60, 60) },
  squeezing: { title: () => t("Squeezing"), curve: "squeeze", at: swing("squeeze", 0.6, 1.6) },
  stroke: { title: () => t("Stroke width"), curve: "stroke", at: swing("stroke", -1.5, 5) },
  noise: {
    title: () => t("Noise"),
    curve: "noise",
    at: (share) => ({ noise: 0.35 * (1 - Math.abs(2 * share - 1)) }),
  },
};

/**
 * Plays demonstrations: `moved(values, curve)` is called with what the disturbances are at each
 * moment, `changed()` whenever one begins, pauses, goes on or ends. One round, and it ends.
 */
export function makePlayer(moved, changed) {
  let playing = null; // its name
  let paused = false;
  let share = 0; // of the round
  let before = 0; // when the last frame was
  let frame = 0;

  const next = (now) => {
    share += Math.min(now - before, 100) / ROUND_MS;
    before = now;
    if (share >= 1) {
      player.stop();
      return;
    }
    show();
    frame = requestAnimationFrame(next);
  };
  const show = () => {
    const { at, curve } = DEMONSTRATIONS[playing];
    const seen = STILL.matches ? Math.floor(share * STEPS) / STEPS : share;
    moved({ ...NOTHING, ...at(seen) }, curve);
  };
  const goOn = () => {
    before = performance.now();
    frame = requestAnimationFrame(next);
  };

  const player = {
    playing: () => playing,
    paused: () => paused,
    /** Begins one, or pauses or goes on with the one that is playing. */
    press(name) {
      cancelAnimationFrame(frame);
      if (playing === name) paused = !paused;
      else [playing, paused, share] = [name, false, 0];
      if (!paused) goOn();
      changed();
    },
    /** Ends it, with everything as it was before it began, unless somebody else has taken over. */
    stop({ back = true } = {}) {
      cancelAnimationFrame(frame);
      if (!playing) return;
      const { curve } = DEMONSTRATIONS[playing];
      playing = null;
      paused = false;
      if (back) moved({ ...NOTHING }, curve);
      changed();
    },
  };
  return player;
}
