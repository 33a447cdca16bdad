// A task that came in a link: a sentence, and a question with answers that one can choose among.
// All of it was written by somebody else, so it is text and never markup.

import { keep } from "../shared/address.js";
import { button } from "../shared/button.js";
import { t } from "../shared/words.js";

const TASK = "task"; // in the address

export function mount({ parentElement, header }) {
  const { answers, question, right, text } = header.task;
  const root = parentElement.querySelector(".task");
  const said = JSON.stringify(header.task);
  if (root.said === said) return; // a theme has changed, and what was chosen stays
  root.said = said;
  root.ariaLabel = t("A task from a link");
  const verdict = Object.assign(document.createElement("p"), { className: "verdict", role: "status" });
  const row = Object.assign(document.createElement("div"), { className: "answers", role: "group" });
  row.ariaLabel = question;
  row.hidden = !question;
  const choices = answers.map((answer, at) => {
    const made = button(answer, () => {
      for (const other of choices) other.ariaPressed = String(other === made);
      verdict.textContent = verdictOf(at, right);
      root.dataset.chosen = at;
    });
    made.dataset.answer = at;
    made.ariaPressed = "false";
    return made;
  });
  row.append(paragraph("question", question), ...choices, verdict);
  const close = button("\u00d7", () => {
    root.hidden = true;
    keep(TASK, null);
  });
  close.className = "close";
  close.ariaLabel = close.title = t("Close the task");
  root.replaceChildren(paragraph("text", text), row, close);
}

function verdictOf(chosen, right) {
  if (right === null) return t("Noted. Compare it with what others chose.");
  return chosen === right ? t("That is right.") : t("Not this one. Have another look.");
}

function paragraph(className, text) {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}
