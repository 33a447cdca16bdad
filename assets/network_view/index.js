// The network view: one element that shows a trace of the whole network.
//
// `mount(component, bundle)` is called by the loader on every change of data or theme. What a
// view keeps between those calls hangs on its parent element.

import { makeLive } from "../canvas/live.js";
import { nameParameters } from "../engine/explain.js";
import { difference, makeNetwork } from "../engine/forward.js";
import { readTrace } from "../engine/unpack.js";
import { addShortcuts } from "../shared/keys.js";
import { shortcutsOf } from "./shortcuts.js";
import { NetworkView } from "./view.js";

const views = new WeakMap();

export function mount(component, bundle) {
  const { parentElement, header, values, setTriggerValue } = component;
  let view = views.get(parentElement);
  if (!view) {
    const { spec, normalisation } = bundle;
    const { place } = header;
    const parameters = nameParameters(bundle.parameters, bundle.values);
    view = new NetworkView(parentElement, bundle, parameters, place);
    const network = makeNetwork(spec, parameters);
    network.difference = (own, served) => difference(spec, own, served);
    view.live = makeLive(view, normalisation, network, place);
    if (place.address) view.removeShortcuts = addShortcuts(shortcutsOf(view));
    views.set(parentElement, view);
  }
  view.live.ask = () => setTriggerValue("asked", { presses: view.live.presses() });
  const { rows } = view.place;
  view.place = header.place;
  view.setTheme();
  if (rows !== header.place.rows) view.arrange(); // it is one of more rows by now, or of fewer
  view.live.receive(readTrace(header, values, bundle.spec));
  view.updateAddress();
  return () => {
    view.live.stop();
    view.removeShortcuts?.();
    view.close();
    views.delete(parentElement);
  };
}
