// A button that saves what the network view shows, in the colours of paper. It stands among the
// downloads: beside the view's own PNG there is no room for another.

import { savePictureForPrint } from "../network_view/picture.js";
import { button } from "../shared/button.js";
import { contentOf } from "../shared/on_page.js";
import { t } from "../shared/words.js";

export function mount({ parentElement, header }) {
  const save = button(t("Picture for black-and-white print"), () =>
    savePictureForPrint(shownIn(header.view)),
  );
  parentElement.querySelector(".print").replaceChildren(save);
}

const shownIn = (key) => contentOf(key).querySelector(".network").view;
