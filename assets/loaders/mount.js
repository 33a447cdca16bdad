// Shows a component as soon as everything it needs has reached the browser.
//
// A module that shows something exports `mount(component, bundle)`. `component` is what Streamlit
// gives, with the `header` and the `values` that its data hold; `bundle` is what all components
// share, together with the bundles that the header names under `needs`. It is called again with
// every change of data or theme, and may return what is to be done when the component goes.

import { unpack, unzipped } from "../engine/unpack.js";
import { SOURCE, setLanguage } from "../shared/words.js";

/** mount(entry, component) with modules that come from `load(path)`. */
export function makeMount(load, shared) {
  const latest = new WeakMap();
  const mounted = new WeakMap(); // { name of the language, what ends it }
  return async (entry, component) => {
    latest.set(component.parentElement, component);
    const { header, values } = unpack(await unzipped(component.data));
    const [module, ...bundles] = await Promise.all([load(entry), ...header.needs.map(arrived)]);
    // Meanwhile newer data may have come, and then they are what counts.
    if (latest.get(component.parentElement) !== component) return undefined;
    const bundle = Object.assign({}, shared, ...bundles);
    const language = bundle.messages ? bundle : SOURCE;
    setLanguage(language);
    document.documentElement.lang = language.language; // for fonts, hyphens, and who reads it aloud
    // Texts are written once. In another language there is a new markup, which is built up anew
    // (pages/parts/common/component.py); Streamlit ends only what leaves the page.
    const before = mounted.get(component.parentElement);
    if (before && before.language !== language.language) before.close?.();
    const close = module.mount({ ...component, header, values }, bundle);
    mounted.set(component.parentElement, { language: language.language, close });
    return close;
  };
}

/** The bundle of that name, which may still be on its way. */
export function arrived(name) {
  return (globalThis.lenet[name] ??= Promise.withResolvers()).promise;
}
