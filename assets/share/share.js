// "Copy link" and "QR code". The page's own address holds all that is shown, so that is the link.

import { follow } from "../shared/address.js";
import { button } from "../shared/button.js";
import { containerOf, contentOf } from "../shared/on_page.js";
import { t } from "../shared/words.js";
import { makeTaskForm } from "./task.js";

const TASK = "task"; // in the address
const SHOWN_MS = 2000;
const PATIENCE_MS = 2500; // for the server to put the last stroke into the address
const SENT_MS = 600; // the same on a page whose canvas has no network view that knows when it is in

export function mount({ parentElement, header: data, setTriggerValue }) {
  follow();
  const part = (name) => parentElement.querySelector(`.${name}`);
  const [share, copy, code, link, here, addTask, form] = [
    "share", "copy", "code", "link", "here", "add-task", "task-form",
  ].map(part);
  share.ariaLabel = t("Share what is shown here");
  copy.dataset.text = t("Copy link");
  copy.textContent ||= copy.dataset.text;
  code.textContent = t("QR code");
  link.ariaLabel = t("The link");

  const copyLink = async (copy, task = null) => {
    const text = withTask(await settledAddress(data), task);
    link.hidden = true;
    if (await copied(text, parentElement)) {
      const whole = isWhole(text, data);
      showBriefly(copy, whole ? t("Copied") : t("Copied without the drawing, which is too long"));
      if (data.room) {
        if (task) form.open(false); // it lies over what is said then
        sayWhereItWorks(here, text, data.room, parentElement);
      }
    } else {
      link.value = text;
      link.hidden = false;
      link.select();
      showBriefly(copy, t("Copy it here"));
    }
  };
  copy.onclick = () => copyLink(copy);
  addTask.textContent = t("Add a task");
  addTask.title = t("A link that asks whoever opens it to do something");
  form.ariaLabel = addTask.textContent;
  const open = (isOpen) => {
    form.hidden = !isOpen;
    addTask.ariaExpanded = String(isOpen);
  };
  // What was written stays when the theme changes, or another page comes.
  form.fields ??= makeTaskForm(form, {
    copy(task, made) {
      made.dataset.text ??= made.textContent;
      form.copyLink(made, task);
    },
    close() {
      form.open(false);
      addTask.focus();
    },
  });
  Object.assign(form, { copyLink, open });
  addTask.onclick = () => {
    open(form.hidden);
    if (!form.hidden) form.fields.focus();
  };
  link.onblur = () => {
    link.hidden = true;
  };
  code.onclick = async () => setTriggerValue("shown", await settledAddress(data));
}

function withTask(text, task) {
  if (!task) return text;
  const address = new URL(text);
  address.searchParams.set(TASK, task);
  return address.href;
}

// At localhost: the link is of no use to others. Where the server knows its address in the room,
// that is said, and copied with another click.
function sayWhereItWorks(here, text, { origin }, parentElement) {
  const only = paragraph(t("This link works on this computer only: you opened the page as localhost."));
  const close = button(t("Close"), () => {
    here.hidden = true;
  });
  here.hidden = false;
  const leave = (event) => {
    if (event.composedPath().includes(here)) return;
    here.hidden = true;
    document.removeEventListener("pointerdown", leave);
  };
  document.addEventListener("pointerdown", leave);
  if (!origin) {
    const instead = t(
      "For others in the room, open the page by this computer\u2019s own address in your network.",
    );
    here.replaceChildren(only, paragraph(instead), close);
    return;
  }
  const forOthers = text.replace(new URL(text).origin, origin);
  const page = paragraph(forOthers.split("?")[0]);
  page.className = "address";
  const copy = button(t("Copy this link for others"), async () => {
    copy.textContent = (await copied(forOthers, parentElement)) ? t("Copied") : t("Copy it by hand");
  });
  here.replaceChildren(only, paragraph(t("Others in the room open:")), page, copy, " ", close);
}

function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}

// The address, once the last stroke is in it: the network view sends an event when it is verified.
async function settledAddress({ view: key, canvas }) {
  const view = networkView(key);
  // What is paused may be older than the drawing, and the link is the drawing's.
  if (view?.view?.latest?.source === "live") {
    await new Promise((done) => {
      view.addEventListener("lenet-verified", done, { once: true });
      setTimeout(done, PATIENCE_MS);
    });
  } else if (!view && containerOf(canvas)) {
    await new Promise((done) => setTimeout(done, SENT_MS));
  }
  // A host may show the app in a frame of its own address; without that part it is the public one.
  return location.href.replace("/~/+/", "/").replace(/#.*$/, "");
}

// A drawing of very many strokes has no room in an address.
function isWhole(text, { view: key, drawn }) {
  const view = networkView(key);
  const inked = view?.view?.latest ? !view.view.latest.trace.empty : drawn;
  return !inked || new URL(text).searchParams.has("drawing");
}

const networkView = (key) => contentOf(key)?.querySelector(".network");

async function copied(text, parentElement) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without HTTPS, as on a school's own network, there is only the old way.
    const field = document.createElement("textarea");
    field.value = text;
    field.style.cssText = "position: fixed; opacity: 0";
    parentElement.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

function showBriefly(button, text) {
  button.textContent = text;
  setTimeout(() => {
    button.textContent = button.dataset.text;
  }, SHOWN_MS);
}
