// The network view: one element that shows a trace of the whole network.
//
// `mount(component, bundle)` is called by the page on every change of data or theme. What a
// view keeps between those calls hangs on its parent element.

import { NetworkView } from "./view.js";
import { readTrace } from "./trace.js";

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
