// Several networks under the same pen: every frame of a stroke is read by all of them, and when it
// ends PyTorch says of each what it makes of it.

import { makeLive } from "../canvas/live.js";
import { nameParameters } from "../engine/explain.js";
import { difference, makeNetwork } from "../engine/forward.js";
import { readDrawing } from "../engine/unpack.js";
import { ComparisonView } from "./view.js";

const views = new WeakMap();

/** Shows the networks of the latest data; a view stays as long as its canvas does. */
export function mount(component, bundle) {
  const { parentElement, header, values, setTriggerValue } = component;
  let view = views.get(parentElement);
  if (!view) {
    view = new ComparisonView(parentElement, bundle);
    const [any] = Object.values(bundle.networks);
    view.networks = new Networks(any.spec);
    view.live = makeLive(view, any.normalisation, view.networks, header.place);
    views.set(parentElement, view);
  }
  view.live.ask = () => setTriggerValue("asked", { presses: view.live.presses() });
  const chosen = header.networks.map((told) => ({ ...told, ...bundle.networks[told.identity] }));
  view.networks.choose(chosen);
  view.choose(chosen, header.reference);
  view.setTheme();
  view.live.receive(view.networks.served(header, values));
  return () => {
    view.live.stop();
    view.close();
    views.delete(parentElement);
  };
}

/** Networks that read together: their traces are { traces } by name, all of one input. */
class Networks {
  constructor({ background, inputSize }) {
    this.pixels = inputSize ** 2;
    this.blank = new Float32Array(this.pixels).fill(background);
    this.made = new Map(); // by identity: to make one takes longer than a frame
    this.chosen = [];
  }

  choose(chosen) {
    this.chosen = chosen;
    for (const { identity, spec, parameters, values } of chosen) {
      if (this.made.has(identity)) continue;
      this.made.set(identity, makeNetwork(spec, nameParameters(parameters, values)));
    }
  }

  run(input) {
    const traces = {};
    for (const { name, identity } of this.chosen) traces[name] = this.made.get(identity).run(input);
    return { traces };
  }

  /** Network -> the largest difference of its two traces. */
  difference(own, served) {
    const each = this.chosen.map(({ name, spec }) => [
      name,
      difference(spec, own.traces[name], served.traces[name]),
    ]);
    return Object.fromEntries(each);
  }

  /** What the server says: every layer of every network, and the drawing. */
  served({ traced, empty, drawing }, values) {
    let at = 0;
    const take = (count) => values.subarray(at, (at += count));
    const traces = {};
    for (const { name, spec } of traced ? this.chosen : []) {
      traces[name] = { before: {} };
      for (const { key, maps, size } of spec.layers) traces[name][key] = take(maps * size * size);
    }
    return { traced, empty, traces, drawing: readDrawing(drawing, take, this.pixels) };
  }
}
