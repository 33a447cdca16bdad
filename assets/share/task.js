// "Add a task": a sentence, and if wanted a question with answers, that a link brings along. The
// text in the address is the one that lenet/tour/task.py reads.

import { sealed } from "../engine/link.js";
import { button } from "../shared/button.js";
import { number, t } from "../shared/words.js";

const VERSION = "1";
const LONGEST = { text: 300, question: 240, answer: 120 }; // characters, as in lenet/tour/task.py
const MOST_ANSWERS = 4;
const LEAST_ANSWERS = 2;

/** The text of a task { text, question, answers, right } in an address. */
export function writeTask({ text, question = "", answers = [], right = null }) {
  const content = JSON.stringify({ text, question, answers, right });
  return VERSION + sealed([...new TextEncoder().encode(content)]);
}

/**
 * A form in `root` that calls `copy(task, button)` with what was written, the text of the address;
 * `close()` is called when it is left.
 */
export function makeTaskForm(root, { copy, close }) {
  const text = field("textarea", t("What is to be done"), LONGEST.text);
  const question = field("input", t("A question about it, if you like"), LONGEST.question);
  const answers = Array.from({ length: MOST_ANSWERS }, (_, at) => {
    const one = field("input", t("Answer {number}", { number: number(at + 1) }), LONGEST.answer);
    const right = Object.assign(document.createElement("input"), { type: "radio", name: "right" });
    right.ariaLabel = right.title = t("This is the right answer");
    one.label.prepend(right);
    return { ...one, right };
  });
  const choices = document.createElement("div");
  choices.className = "choices";
  choices.append(...answers.map(({ label }) => label));
  const fault = Object.assign(document.createElement("p"), { className: "fault", role: "status" });
  const make = button(t("Copy link with this task"), () => {
    const { task, wrong } = read();
    fault.textContent = wrong ?? "";
    if (task) copy(writeTask(task), make);
  });
  make.className = "make";
  const show = () => {
    choices.hidden = !question.input.value.trim();
  };
  question.input.oninput = show;
  show();

  const read = () => {
    const task = { text: text.input.value.trim(), question: question.input.value.trim() };
    if (!task.text) return { wrong: t("Please write what is to be done.") };
    if (!task.question) return { task };
    const given = answers.filter(({ input }) => input.value.trim());
    if (given.length < LEAST_ANSWERS) return { wrong: t("A question needs two answers at least.") };
    const right = given.findIndex((answer) => answer.right.checked);
    task.answers = given.map(({ input }) => input.value.trim());
    return { task: { ...task, right: right < 0 ? null : right } };
  };
  root.replaceChildren(text.label, question.label, choices, fault, make, " ", button(t("Close"), close));
  root.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    close();
  };
  return { focus: () => text.input.focus() };
}

function field(tag, words, longest) {
  const label = document.createElement("label");
  const input = Object.assign(document.createElement(tag), { maxLength: longest });
  if (tag === "input") input.type = "text";
  label.append(Object.assign(document.createElement("span"), { textContent: words }), input);
  return { label, input };
}
