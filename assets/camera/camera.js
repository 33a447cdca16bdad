// The phone's own camera, which needs no HTTPS: its file chooser takes the photo.

import { asSent } from "../paste/paste.js";
import { t } from "../shared/words.js";

export function mount({ parentElement, header: { most }, setTriggerValue }) {
  const input = parentElement.querySelector("input");
  parentElement.querySelector("span").textContent = t("Take a photo");
  input.onchange = async () => {
    const [file] = input.files;
    if (!file) return;
    const sent = await asSent(file, most);
    input.value = ""; // so that the same can be taken once more
    setTriggerValue("taken", sent);
  };
}
