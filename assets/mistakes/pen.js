// What the network reads of the drawing under the pen, live: the answer and the ten distances.

import { makeLive } from "../canvas/live.js";
import { answerOf, wordsOf } from "../engine/answer.js";
import { nameParameters } from "../engine/explain.js";
import { difference, makeNetwork } from "../engine/forward.js";
import { readTrace } from "../engine/unpack.js";
import { WORRYING, scientific, sentence } from "../network_view/badge.js";
import { number, t } from "../shared/words.js";
import { element } from "../comparison/tile.js";
import { tell } from "./following.js";

const FURTHEST = 160; // the distance at which a bar is full, as on the draw page

const views = new WeakMap();

export function mount(component, bundle) {
  const { parentElement, header, values, setTriggerValue } = component;
  const loaded = bundle.networks[header.network];
  let view = views.get(parentElement);
  if (view && view.identity !== header.network) {
    view.live.stop();
    view = null;
  }
  if (!view) {
    view = new PenView(parentElement.querySelector(".pen"), loaded, header);
    views.set(parentElement, view);
  }
  view.live.ask = () => setTriggerValue("asked", { presses: view.live.presses() });
  view.live.receive(readTrace(header, values, view.compared));
  return () => {
    view.live.stop();
    tell(null);
    views.delete(parentElement);
  };
}

class PenView {
  constructor(root, { identity, spec, parameters, values, normalisation, rejection }, header) {
    Object.assign(this, { root, identity, spec, rejection });
    this.frames = 0;
    this.part = (name) => root.querySelector(name);
    const network = makeNetwork(spec, nameParameters(parameters, values));
    // Only these layers are compared with PyTorch's, and shown.
    const layers = header.layers.map((key) => spec.layers.find((layer) => layer.key === key));
    this.compared = { ...spec, layers };
    const all = {
      blank: network.blank,
      run: (input) => {
        const trace = network.run(input);
        return { ...Object.fromEntries(header.layers.map((key) => [key, trace[key].slice()])), before: {} };
      },
      difference: (own, served) => difference(this.compared, own, served),
    };
    this.part("caption").textContent = t("Distance to each code");
    this.rows = spec.classes.map((name) => {
      const row = document.createElement("tr");
      const bar = element("div", "line");
      bar.append(element("i", ""));
      const middle = document.createElement("td");
      middle.append(bar);
      const head = element("th", "", name);
      head.scope = "row";
      row.append(head, middle, element("td", ""));
      return row;
    });
    this.part("tbody").replaceChildren(...this.rows);
    this.live = makeLive(this, normalisation, all, header.place);
  }

  // The two ways in which makeLive() shows something.
  show(trace, source, delta = null) {
    const { root, spec } = this;
    const answer = trace.empty ? null : answerOf(trace.output, this.rejection);
    const { headline, sentence: said } = wordsOf(answer, spec);
    write(this.part(".headline"), headline);
    write(this.part(".sentence"), said);
    this.rows.forEach((row, digit) => {
      const distance = trace.output[digit];
      row.classList.toggle("nearest", !trace.empty && digit === answer.digit);
      row.querySelector("i").hidden = trace.empty;
      row.querySelector("i").style.setProperty("--share", Math.min(distance / FURTHEST, 1));
      write(row.lastElementChild, trace.empty ? "" : number(distance, 2));
    });
    root.dataset.digit = answer ? answer.digit : "";
    root.dataset.rejected = String(Boolean(answer?.rejected));
    root.dataset.distances = JSON.stringify([...trace.output]);
    root.dataset.delta = delta ?? "";
    root.dataset.frame = ++this.frames;
    this.say(source, delta);
    tell(trace);
  }

  showUnverified() {
    this.say("unverified", null);
  }

  say(source, delta) {
    const badge = this.part(".badge");
    const state = delta > WORRYING ? "apart" : source;
    this.root.dataset.source = badge.dataset.state = state;
    write(badge, sentence(state, false, scientific(delta)));
  }
}

function write(part, text) {
  if (part.textContent !== text) part.textContent = text;
}
