// The picture of the layers in one layout and one theme: everything that is made anew when the
// room or the theme changes, and then repainted with every trace.

import { writeMapNames } from "./card.js";
import { edgesInto, paintMarks } from "./marks.js";
import { writeOutputs } from "./outputs.js";
import { fit, makePainter, paintLines } from "../shared/paint.js";
import { placeStops } from "./pointing.js";
import { limitsOf } from "./ranges.js";
import { writeLegend, writeTitles } from "./text.js";

export class Scene {
  /**
   * A scene in the view's `parts`, with a line at the distance `rejection`, if there is one;
   * `hover(target)` is called with a map { layer, map } or null.
   */
  constructor(parts, spec, rejection, layout, theme, hover) {
    Object.assign(this, { parts, spec, layout, theme });
    parts.picture.style.height = `${layout.height}px`;
    this.painter = makePainter(parts.maps, spec, layout, devicePixelRatio);
    this.marks = fit(parts.marks, layout, devicePixelRatio);
    this.covers = fit(parts.replay, layout, devicePixelRatio);
    writeTitles(parts.titles, spec, layout);
    this.writeLimits = writeLegend(parts, spec, layout, theme.scale);
    placeStops(parts.stops, spec, layout);
    writeMapNames(parts.names, spec, layout, hover);
    this.writeOutputs = writeOutputs(parts.outputs, spec, layout, rejection);
  }

  /** Repaints every layer of a trace, and the outputs with the answer among them. */
  paint(trace, range, answer) {
    const limits = limitsOf(range, this.spec, this.layout, trace);
    this.painter.paint(trace, this.theme.scale, limits);
    this.writeLimits(range, limits);
    this.writeOutputs(trace[this.spec.layers.at(-1).key], answer);
  }

  /** Outlines what a unit sees and feeds; null wipes it. */
  mark(unit) {
    this.#paintMarked(unit, this.parts.lines, this.marks, devicePixelRatio);
  }

  /** The canvases that make up the picture, lowest first, sharp at a pixel ratio of their own. */
  paintedAt(ratio, trace, range, unit) {
    const { layout, parts, spec, theme } = this;
    const [lines, maps, marks] = Array.from({ length: 3 }, () => document.createElement("canvas"));
    const limits = limitsOf(range, spec, layout, trace);
    makePainter(maps, spec, layout, ratio).paint(trace, theme.scale, limits);
    this.#paintMarked(unit, lines, fit(marks, layout, ratio), ratio);
    return [lines, maps, marks, parts.replay];
  }

  #paintMarked(unit, lines, marks, ratio) {
    const { layout, spec, theme } = this;
    paintMarks(marks, spec, layout, unit, theme);
    paintLines(lines, layout, ratio, theme, edgesInto(spec, unit));
  }
}
