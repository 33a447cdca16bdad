// In which language the page of one file is read: the address says, or whoever made the file, or
// the browser.

import { mount } from "../language/language.js";
import { arrived } from "../loaders/mount.js";
import { setLanguage } from "../shared/words.js";
import { shadowIn } from "./shadow.js";

const NAME = "lang";

/** The language to begin with: one of those in the file. */
export function askedLanguage({ language, languages }) {
  const inAddress = [location.search, location.hash.slice(1)].map((text) => new URLSearchParams(text).get(NAME));
  const spoken = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0]);
  const asked = [...inAddress, language, ...spoken].find((name) => name && Object.hasOwn(languages, name));
  return asked ?? Object.keys(languages)[0];
}

/**
 * Has all texts looked up in it from now on, and gives the page its letters; `take` unpacks what
 * is still packed. Returns the bundle of its texts.
 */
export async function useLanguage(name, { withLetters }, take) {
  const unpacked = (bundle) => {
    if (!globalThis.lenet[bundle]) take(bundle);
    return arrived(bundle);
  };
  const letters = withLetters.includes(name) ? (await unpacked(`letters-${name}`)).style : "";
  document.querySelector("style.letters").textContent = letters;
  // Before anything is written with them.
  if (letters) await Promise.allSettled([...document.fonts].map((face) => face.load()));
  const words = await unpacked(`words-${name}`);
  setLanguage(words);
  document.documentElement.lang = name;
  return words;
}

/** The switch; `choose(name)` is called with another language. */
export function offerLanguages({ html, languages }, used, choose) {
  const element = document.querySelector(".st-key-language .component");
  element.hidden = Object.keys(languages).length < 2;
  const setStateValue = (_, name) => {
    keep(name);
    choose(name);
  };
  mount({ parentElement: shadowIn(element, html.language), header: { names: languages, used }, setStateValue });
}

// In the address, where one may change it: a frame without an origin has none.
function keep(name) {
  const address = new URL(location.href);
  address.searchParams.delete(NAME);
  const rest = new URLSearchParams(address.hash.slice(1));
  rest.set(NAME, name);
  address.hash = rest;
  try {
    history.replaceState(history.state, "", address);
  } catch (error) {
    if (error.name !== "SecurityError") throw error;
  }
}
