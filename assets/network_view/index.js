// The network view: one element that shows a trace of the whole network.
//
// `mount(component, bundle)` is called by the page on every change of data or theme. What a
// view keeps between those calls hangs on its parent element.

import { answerOf, wordsOf } from "./answer.js";
import { makeLayout } from "./layout.js";
import { fit, makePainter, paintFrame } from "./paint.js";
import { readTheme } from "./theme.js";
import { readTrace } from "./trace.js";
import { writeAnswer, writeLegend, writeOutputs, writeTitles } from "./text.js";

// Kept free below the view, so that the page tells there is more to come.
const BELOW = 60;

const views = new WeakMap();

export function mount(component, bundle) {
  const { parentElement, data } = component;
  let view = views.get(parentElement);
  if (!view) views.set(parentElement, (view = new NetworkView(parentElement, bundle)));
  view.setTheme();
  view.receive(readTrace(data, bundle.spec));
  return () => {
    view.close();
    views.delete(parentElement);
  };
}

class NetworkView {
  constructor(parentElement, bundle) {
    this.bundle = bundle;
    this.root = parentElement.querySelector(".network");
    parentElement.querySelector("style").textContent = bundle.style;
    const layer = (name) => this.root.querySelector(`.${name}`);
    this.canvases = { edges: layer("edges"), maps: layer("maps"), marks: layer("marks") };
    this.texts = { titles: layer("titles"), outputs: layer("outputs"), legend: layer("legend") };
    this.described = layer("described");
    this.frame = 0;
    this.trace = null;
    this.resized = new ResizeObserver(() => this.arrange());
    this.resized.observe(this.root.parentElement ?? this.root);
    this.root.view = this; // for whoever wants to ask the picture what it shows
  }

  close() {
    this.resized.disconnect();
  }

  setTheme() {
    const theme = readTheme(this.root, this.bundle.palette);
    if (JSON.stringify(theme) === JSON.stringify(this.theme)) return;
    this.theme = theme;
    this.layout = null;
  }

  // A trace from the server.
  receive(trace) {
    this.show(trace, "verified");
    window.dispatchEvent(new CustomEvent("lenet-verified"));
  }

  show(trace, source) {
    this.trace = trace;
    this.root.dataset.source = source;
    this.arrange();
  }

  // Lays the view out anew where its room or theme has changed, then repaints.
  arrange() {
    if (!this.trace) return;
    const { spec } = this.bundle;
    const width = Math.floor(this.root.getBoundingClientRect().width);
    const room = Math.floor(window.innerHeight - pageTop(this.root) - BELOW);
    const key = `${width} ${room} ${devicePixelRatio}`;
    if (!this.layout || this.layoutKey !== key) {
      if (width < 60) return;
      this.layoutKey = key;
      this.layout = makeLayout(spec, width, room);
      this.root.style.height = `${this.layout.height}px`;
      this.painter = makePainter(this.canvases.maps, spec, this.layout, devicePixelRatio);
      fit(this.canvases.marks, this.layout, devicePixelRatio);
      paintFrame(this.canvases.edges, this.layout, devicePixelRatio, this.theme);
      writeTitles(this.texts.titles, spec, this.layout);
      writeLegend(this.texts.legend, spec, this.layout, this.theme.scale);
      this.writeOutputs = writeOutputs(this.texts.outputs, this.layout);
    }
    this.repaint();
  }

  repaint() {
    const { spec, words, rejection } = this.bundle;
    const { trace } = this;
    this.painter.paint(trace, this.theme.scale, () => spec.amplitude);
    const answer = trace.empty ? null : answerOf(trace.output, rejection);
    const { sentence, headline } = wordsOf(answer, words, spec.classes);
    this.writeOutputs(trace.output, answer);
    writeAnswer(headline, sentence);
    this.described.textContent = sentence;
    const { dataset } = this.root;
    dataset.digit = answer ? String(answer.digit) : "";
    dataset.rejected = String(Boolean(answer?.rejected));
    dataset.distances = JSON.stringify(Array.from(trace.output));
    dataset.frame = String(++this.frame);
  }
}

// Where the view begins on the page, however far the page is scrolled.
function pageTop(element) {
  const scroller = element.getRootNode().host?.closest('[data-testid="stMain"]');
  return element.getBoundingClientRect().top + (scroller?.scrollTop ?? 0);
}
