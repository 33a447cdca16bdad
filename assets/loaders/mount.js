// Shows a component as soon as everything it needs has reached the browser.
//
// A module that shows something exports `mount(component, bundle)`. `component` is what Streamlit
// gives, with the `header` and the `values` that its data hold; `bundle` is what all components
// share, together with the bundles that the header names under `needs`; `networks` has those of
// networks by their identities. It is called again with every change of data or theme, and may return
// what is to be done when the component goes.

import { unpack, unzipped } from "../engine/unpack.js";
import { SOURCE, setLanguage } from "../shared/words.js";
import { translateStreamlit } from "./streamlit_texts.js";

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
    bundle.spec = named(bundle.spec, bundle);
    bundle.networks = Object.fromEntries(
      bundles.filter(({ spec }) => spec).map((one) => [one.identity, { ...one, spec: named(one.spec, bundle) }]),
    );
    const language = bundle.messages ? bundle : SOURCE;
    setLanguage(language);
    document.documentElement.lang = language.language; // for fonts, hyphens, and who reads it aloud
    translateStreamlit(language.language);
    // Texts are written once. In another language there is a new markup, which is built up anew
    // (pages/parts/common/component.py); Streamlit ends only what leaves the page.
    const before = mounted.get(component.parentElement);
    if (before && before.language !== language.language) before.close?.();
    const close = module.mount({ ...component, header, values }, bundle);
    mounted.set(component.parentElement, { language: language.language, close });
    return close;
  };
}

const specs = new WeakMap(); // architecture -> the same in each language

/** The architecture with its layers' names in the language of a bundle; always the same object. */
export function named(spec, { language, layers }) {
  if (!layers) return spec;
  if (!specs.has(spec)) specs.set(spec, new Map());
  const inLanguages = specs.get(spec);
  if (!inLanguages.has(language)) {
    const inWords = spec.layers.map((layer) => ({ ...layer, name: layers[layer.name] ?? layer.name }));
    inLanguages.set(language, { ...spec, layers: inWords });
  }
  return inLanguages.get(language);
}

/** The bundle of that name, which may still be on its way. */
export function arrived(name) {
  return (globalThis.lenet[name] ??= Promise.withResolvers()).promise;
}
