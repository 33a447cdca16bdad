// The strip that shows a tour: a question with answers, what to do, and what is seen. It stands
// at the lower edge of the window, can be folded, and never takes the focus from the pen.

import { button } from "../shared/button.js";
import { focused } from "../shared/focus.js";
import { number, t } from "../shared/words.js";
import { filled, filledAnyhow, quantitiesOf } from "./quantities.js";
import { isTrue, Progress } from "./steps.js";

/**
 * Shows a tour in `root` and returns what drives it: `update()` is to be called whenever something
 * may have changed, `forward()` and `back()` go a move on or back, `turn(by)` whole steps,
 * `close()` ends it.
 *
 * `environment` is what the tour needs of where it is shown:
 *   network        { spec, parameters, rejection }
 *   now()          what is there, see steps.js
 *   isHere(step)   whether a step's page is this one
 *   go(step)       brings the page into the state of a step, whichever page it is
 *   reached(step, move)  a move has begun: what is to be lit up, and put into the address
 *   ended()        the tour is over
 */
export function makeStrip(root, tour, environment, { step, move }) {
  const progress = new Progress(tour, step, move);
  const parts = build(root);
  let folded = false;
  let shown = "";
  let said = "";

  const changed = () => {
    environment.reached(progress.step, progress.move);
    update();
  };
  // Another step may need another page, or another unit on this one.
  const moved = (act) => {
    const before = progress.step;
    const went = act();
    if (went === false) environment.ended();
    else {
      if (progress.step !== before) environment.go(progress.step);
      changed();
    }
  };

  const update = () => {
    if (environment.isHere(progress.step) && progress.observe(environment.now())) {
      environment.reached(progress.step, progress.move);
    }
    write();
  };

  const write = () => {
    const { step, move } = progress;
    const here = environment.isHere(step);
    const there = environment.now();
    // What was said of a unit stays when it is let go, as on a phone to read it.
    const now = { ...there, pinned: there.pinned ?? progress.pinned };
    const quantity = quantitiesOf(now, progress.start, environment.network);
    const text = here ? textOf(progress, now, quantity) : t("This step is on another page.");
    const verdict = here ? verdictOf(progress, now) : null;
    const state = JSON.stringify([step.id, move, here, folded, verdict, progress.chosen]);
    root.dataset.step = step.id;
    root.dataset.move = move;
    root.dataset.done = String(progress.done);
    root.dataset.right = progress.verdict(now) ?? "";
    if (parts.text.textContent !== text) parts.text.textContent = text;
    // The numbers in them are the drawing's, too.
    for (const [at, made] of [...parts.answers.children].entries()) {
      const words = filledAnyhow(step.predict.answers[at].text, quantity);
      if (made.textContent !== words && state === shown) made.textContent = words;
    }
    if (state === shown) return;
    shown = state;
    writeFrame(here, verdict, quantity);
    const aloud = [step.title, verdict?.words, text].filter(Boolean).join(" ");
    if (aloud !== said) parts.said.textContent = said = aloud;
  };

  const writeFrame = (here, verdict, quantity) => {
    const { step, move } = progress;
    const hadFocus = root.contains(focused());
    parts.title.textContent = t("{number} of {count}: {title}", {
      number: number(progress.at + 1),
      count: number(tour.steps.length),
      title: step.title,
    });
    root.classList.toggle("folded", folded);
    parts.fold.ariaExpanded = String(!folded);
    parts.fold.textContent = folded ? "\u25b4" : "\u25be";
    parts.fold.ariaLabel = parts.fold.title = folded ? t("Show the tour") : t("Fold the tour");
    parts.verdict.hidden = !verdict;
    parts.verdict.textContent = verdict?.words ?? "";
    parts.verdict.dataset.right = verdict ? String(verdict.right) : "";
    for (const item of parts.moves.children) {
      item.hidden = !progress.moves.includes(item.dataset.move);
      item.ariaCurrent = item.dataset.move === move ? "step" : null;
    }
    parts.answers.replaceChildren(
      ...(here && move === "predict" ? step.predict.answers : []).map((answer, at) => {
        const made = button(filledAnyhow(answer.text, quantity), () => {
          progress.choose(at);
          changed();
        });
        made.dataset.answer = at;
        made.dataset.right = String(answer.right);
        return made;
      }),
    );
    parts.answers.hidden = !parts.answers.children.length;
    parts.actions.replaceChildren(...actions(here));
    if (hadFocus) (root.querySelector(".answers button, .actions button:last-child") ?? parts.fold).focus();
  };

  const actions = (here) => {
    const { move, step } = progress;
    const made = [];
    const add = (action, words, act) => {
      const one = button(words, act);
      one.dataset.action = action;
      made.push(one);
    };
    const asks = move === "do" && step.do.until.some(([name]) => name === "confirmed");
    if (progress.at || move !== progress.moves[0]) add("back", t("Back"), () => strip.back());
    if (!here) add("here", t("Go to this step"), () => environment.go(step));
    else if (asks) add("confirm", t("Done"), () => strip.forward());
    else if (move !== "see") add("skip", t("Skip"), () => strip.forward());
    else if (progress.isLast) add("last", t("End the tour"), () => strip.forward());
    else add("next", t("Next step"), () => strip.forward());
    return made;
  };

  parts.fold.onclick = () => {
    folded = !folded;
    write();
  };
  parts.end.onclick = () => environment.ended();

  const strip = {
    progress,
    update,
    forward: () => moved(() => progress.forward()),
    back: () => moved(() => progress.back()),
    turn: (by) => moved(() => progress.go(progress.at + by)),
    close: () => root.replaceChildren(),
  };
  changed();
  return strip;
}

function textOf({ move, start, step }, now, quantity) {
  if (move === "predict") return filledAnyhow(step.predict.question, quantity);
  if (move === "do") return filledAnyhow(step.do.text, quantity);
  for (const { text, when } of step.see) {
    const made = isTrue(when, now, start) ? filled(text, quantity) : null;
    if (made !== null) return made;
  }
  return t("There is nothing to see yet. Go back, and try it on a drawing of your own.");
}

function verdictOf(progress, now) {
  const right = progress.verdict(now);
  if (right === null) return null;
  return {
    right,
    words: right ? t("As you predicted.") : t("Not as you predicted: good to know."),
  };
}

function build(root) {
  const make = (tag, className) =>
    Object.assign(document.createElement(tag), { className });
  root.role = "region";
  root.ariaLabel = t("Tour");
  const [head, title, moves, fold, end] = [
    make("div", "head"), make("strong", "title"), make("ol", "moves"), button("", null), button("\u00d7", null),
  ];
  fold.className = "fold";
  end.className = "end";
  end.ariaLabel = end.title = t("End the tour");
  const words = { predict: t("Predict"), do: t("Do"), see: t("See") };
  for (const [move, text] of Object.entries(words)) {
    const item = make("li", "");
    item.dataset.move = move;
    item.textContent = text;
    moves.append(item);
  }
  head.append(title, moves, fold, end);
  const [body, verdict, text, answers, actions, said] = [
    make("div", "body"), make("p", "verdict"), make("p", "text"), make("div", "answers"),
    make("div", "actions"), make("div", "said"),
  ];
  const spoken = make("div", "words");
  spoken.append(verdict, text);
  answers.role = "group";
  answers.ariaLabel = t("Your prediction");
  said.role = "status";
  body.append(spoken, answers, actions);
  root.replaceChildren(head, body, said);
  return { title, moves, fold, end, verdict, text, answers, actions, said };
}
