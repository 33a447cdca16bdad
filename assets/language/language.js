// The switch that stands on every page. The server chooses the language; here its name is sent there.

import { t } from "../shared/words.js";

export function mount({ parentElement, header: { names, used }, setStateValue }) {
  const part = (name) => parentElement.querySelector(name);
  const select = part("select");
  select.ariaLabel = t("Language");
  select.replaceChildren(
    ...Object.entries(names).map(([language, name]) =>
      Object.assign(new Option(name, language, false, language === used), { lang: language }),
    ),
  );
  const [name, code] = [part(".name"), part(".code")];
  name.textContent = names[used];
  // Where there is no room: two letters, or the name itself where it has no more than that.
  code.textContent = [...names[used]].length > 3 ? used.toUpperCase() : names[used];
  for (const element of [name, code]) element.lang = used;
  select.onchange = () => setStateValue("chosen", select.value);
}
