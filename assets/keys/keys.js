// What a page needs for hands at a keyboard: the list of its shortcuts, opened with a button or
// with "?", and a focus that is never far from what was pressed.

import { addShortcuts, allShortcuts } from "../shared/keys.js";
import { t } from "../shared/words.js";
import { followOverlays } from "./overlays.js";

const lists = new WeakMap();

export function mount({ parentElement }) {
  if (!lists.has(parentElement)) lists.set(parentElement, build(parentElement));
  return () => {
    lists.get(parentElement)?.();
    lists.delete(parentElement);
  };
}

// Returns what ends it.
function build(parentElement) {
  const [open, dialog, close, title, list] = [".open", "dialog", ".close", "h2", "dl"].map((part) =>
    parentElement.querySelector(part),
  );
  const show = () => {
    list.replaceChildren(...allShortcuts().flatMap(row));
    dialog.showModal();
  };
  open.textContent = t("Keys");
  open.title = t("What the keys of the keyboard do here");
  open.onclick = show;
  title.textContent = t("Keyboard");
  dialog.ariaLabel = title.textContent;
  close.textContent = t("Close");
  close.onclick = () => dialog.close();
  dialog.onclick = ({ target }) => target === dialog && dialog.close(); // on the backdrop
  dialog.onkeydown = ({ key }) => ["?", "Escape"].includes(key) && dialog.close();
  const ends = [
    addShortcuts([{ keys: ["?"], words: t("Show this list"), act: show, order: 100 }]),
    followOverlays(),
  ];
  return () => ends.forEach((end) => end());
}

function row({ keys, shown, words }) {
  const names = document.createElement("dt");
  names.append(
    ...(shown ?? keys.map(nameOf)).map((name) =>
      Object.assign(document.createElement("kbd"), { textContent: name }),
    ),
  );
  return [names, Object.assign(document.createElement("dd"), { textContent: words })];
}

// A key as keyboards have it written on them.
function nameOf(key) {
  const special = {
    Backspace: t("Backspace"),
    "Control+z": t("Ctrl+Z"),
    Enter: t("Enter"),
    Escape: t("Esc"),
    Space: t("Space"),
  };
  return special[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}
