// A picture with an outline around each digit that was found in it. Of several one is chosen by a
// click, which sends its number.

import { t } from "../shared/words.js";

const TALLEST = 220; // CSS pixels
const COARSE = 128; // pixels of a picture that is shown as the squares it consists of
const ROOM = 0.12; // of the picture's height, above a digit, for its letter

export function mount({ parentElement, header, setTriggerValue }) {
  const { picture, width, height, digits, chosen } = header;
  const root = parentElement.querySelector(".found");
  root.style.width = `min(100%, ${TALLEST * (width / height)}px)`;
  root.style.aspectRatio = `${width} / ${height}`;

  const image = root.querySelector(".picture");
  if (image.src !== picture) image.src = picture;
  image.alt = t("The picture that was sent");
  image.classList.toggle("coarse", Math.max(width, height) <= COARSE);

  const several = digits.length > 1;
  const group = root.querySelector(".digits");
  group.ariaLabel = t("Digits that were found in the picture");
  const focused = [...group.children].indexOf(root.getRootNode().activeElement);
  group.replaceChildren(
    ...digits.map(({ box: [left, top, right, bottom], letter }, index) => {
      const digit = document.createElement(several ? "button" : "span");
      digit.className = "digit";
      digit.classList.toggle("chosen", index === chosen);
      digit.style.left = `${100 * left}%`;
      digit.style.top = `${100 * top}%`;
      digit.style.width = `${100 * (right - left)}%`;
      digit.style.height = `${100 * (bottom - top)}%`;
      if (several) {
        digit.type = "button";
        digit.ariaPressed = String(index === chosen);
        digit.ariaLabel = t("Choose the digit marked {letter}", { letter });
        digit.onclick = () => setTriggerValue("chosen", index);
        const name = document.createElement("span");
        name.className = "letter";
        name.classList.toggle("inside", top < ROOM);
        name.textContent = letter;
        digit.append(name);
      }
      return digit;
    }),
  );
  group.children[focused]?.focus();
}
