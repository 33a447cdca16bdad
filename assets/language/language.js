// The switch that stands on every page. The server chooses the language; here its name is sent there.

import { t } from "../shared/words.js";

export function mount({ parentElement, header: { names, used }, setStateValue }) {
  const part = (selector) => parentElement.querySelector(selector);
  const [open, name, code, list] = [".open", ".name", ".code", "ul"].map(part);
  open.title = list.ariaLabel = t("Language");
  name.textContent = names[used];
  code.textContent = used.toUpperCase(); // where there is no room
  const choose = (language) => {
    list.hidePopover();
    open.focus();
    setStateValue("chosen", language);
  };
  list.replaceChildren(...Object.entries(names).map((one) => choice(one, used, choose)));
}

function choice([language, name], used, choose) {
  const item = document.createElement("li");
  const button = Object.assign(document.createElement("button"), { textContent: name, lang: language });
  if (language === used) button.ariaCurrent = "true";
  button.onclick = () => choose(language);
  item.append(button);
  return item;
}
