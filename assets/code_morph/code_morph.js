// F6 by hand: flip places of the picture or slide it towards a code, and the distances move.

import { answerOf } from "../engine/answer.js";
import { filled, HOLES } from "../shared/filled.js";
import { cssColour } from "../shared/scale.js";
import { readTheme, whenPrinted } from "../shared/theme.js";
import { number, t } from "../shared/words.js";
import { distances, morphed } from "./arithmetic_of_codes.js";

const SEND_AFTER_MS = 400;

/** Shows F6 and the codes of the latest data; what was changed by hand stays. */
export function mount({ parentElement, header, values, setStateValue }, { palettes }) {
  const root = parentElement.querySelector(".morph");
  const part = (name) => root.querySelector(name);
  const { rows, columns, classes, limit, rejection } = header;
  const places = rows * columns;
  const f6 = values.subarray(0, places);
  const codes = classes.map((_, digit) => values.subarray((digit + 1) * places, (digit + 2) * places));
  const state = (root.state ??= { ...header.state, flipped: new Set(header.state.flipped) });

  const build = () => {
    part(".places").style.gridTemplateColumns = `repeat(${columns}, 1fr)`;
    part(".places").replaceChildren(
      ...Array.from({ length: places }, (_, place) => {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.place = place;
        button.tabIndex = place ? -1 : 0;
        return button;
      }),
    );
    const select = document.createElement("select");
    select.ariaLabel = t("Towards the code of");
    part(".towards").replaceChildren(
      ...filled(t("Move F6 towards the code of {digit}", HOLES), { digit: select }),
    );
    part(".places").ariaLabel = t("F6 as a picture. Arrow keys walk, Enter flips a place.");
    part("input").ariaLabel = t("How far, in percent");
    part(".reset").textContent = t("Back to the drawing's F6");
    part(".bars").ariaLabel = t("Distances to the ten codes");
    select.replaceChildren(
      ...classes.map((name, digit) => new Option(name, digit, false, digit === state.towards)),
    );
    part(".bars").replaceChildren(
      ...classes.map((name) => {
        const bar = document.createElement("div");
        bar.className = "bar";
        bar.role = "listitem";
        bar.innerHTML = "<span></span><i></i><span></span>";
        bar.firstChild.textContent = name;
        return bar;
      }),
    );
  };

  const paint = () => {
    const theme = readTheme(root, palettes);
    const picture = morphed(f6, codes[state.towards], state.amount, state.flipped);
    const found = distances(picture, codes);
    const answer = answerOf(found, rejection);
    for (const [place, button] of [...part(".places").children].entries()) {
      const value = picture[place];
      button.style.background = cssColour(theme.scale.diverging, value, limit);
      button.classList.toggle("flipped", state.flipped.has(place));
      button.ariaPressed = String(state.flipped.has(place));
      button.title = button.ariaLabel = t("F6 ({row},{column}) = {value}", {
        row: Math.floor(place / columns),
        column: place % columns,
        value: number(value, 2),
      });
    }
    const most = Math.max(...found);
    for (const [digit, bar] of [...part(".bars").children].entries()) {
      bar.children[1].style.width = `${(found[digit] / most) * 100}%`;
      bar.lastChild.textContent = number(found[digit], 2);
      bar.classList.toggle("nearest", digit === answer.winner);
    }
    part("input").value = Math.round(state.amount * 100);
    part("select").value = state.towards;
    const words = {
      flipped: number(state.flipped.size),
      places: number(places),
      digit: classes[answer.digit],
      distance: number(answer.distance, 2),
      runner_up: classes[answer.runnerUp],
      runner_up_distance: number(answer.runnerUpDistance, 2),
    };
    part(".summary").textContent = answer.rejected
      ? t(
          "{flipped} of {places} places flipped. No digit it knows; nearest {digit}, at {distance}; " +
            "then {runner_up}, at {runner_up_distance}.",
          words,
        )
      : t(
          "{flipped} of {places} places flipped. Nearest: {digit}, {distance} away; " +
            "then {runner_up}, {runner_up_distance}.",
          words,
        );
    root.dataset.distances = JSON.stringify(found);
    root.dataset.digit = classes[answer.digit];
    root.dataset.rejected = String(answer.rejected);
  };

  const changed = () => {
    paint();
    clearTimeout(root.timer);
    const byHand = { ...state, flipped: [...state.flipped] };
    root.timer = setTimeout(() => setStateValue("by_hand", byHand), SEND_AFTER_MS);
  };

  if (!part(".places").children.length) build();
  part(".places").onclick = ({ target }) => {
    if (target.dataset.place === undefined) return;
    const place = Number(target.dataset.place);
    if (!state.flipped.delete(place)) state.flipped.add(place);
    changed();
  };
  part(".places").onkeydown = (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const next = part(".places").children[Number(event.target.dataset.place) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  part("input").oninput = ({ target }) => {
    state.amount = target.value / 100;
    changed();
  };
  part("select").onchange = ({ target }) => {
    state.towards = Number(target.value);
    changed();
  };
  part(".reset").onclick = () => {
    state.amount = 0;
    state.flipped.clear();
    changed();
  };
  paint();
  root.printed?.();
  root.printed = whenPrinted(paint);
  return () => root.printed();
}
