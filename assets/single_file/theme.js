// Light, dark, or as the system is.

import { t } from "../shared/words.js";

const CHANGED = "single-file-themed";
const DARK = matchMedia("(prefers-color-scheme: dark)");

/** Fills the list of themes. */
export function offerThemes(list) {
  const { dataset } = document.documentElement;
  const now = dataset.theme ?? "";
  const themes = { "": t("As the system"), light: t("Light"), dark: t("Dark") };
  list.ariaLabel = t("Theme");
  list.replaceChildren(
    ...Object.entries(themes).map(([name, text]) => new Option(text, name, name === now, name === now)),
  );
  list.onchange = () => {
    if (list.value) dataset.theme = list.value;
    else delete dataset.theme;
    window.dispatchEvent(new Event(CHANGED));
  };
}

/** Calls `changed` whenever the page may have become light or dark; returns what ends that. */
export function whenThemed(changed) {
  const listening = new AbortController();
  const { signal } = listening;
  window.addEventListener(CHANGED, changed, { signal });
  DARK.addEventListener("change", changed, { signal });
  return () => listening.abort();
}
