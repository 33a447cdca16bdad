// "Copy link" and "QR code". The page's own address holds all that is shown, so that is the link.

import { containerOf, shadowRootIn } from "../shared/on_page.js";
import { t } from "../shared/words.js";

const SHOWN_MS = 2000;
const PATIENCE_MS = 2500; // for the server to put the last stroke into the address
const SENT_MS = 600; // the same on a page whose canvas has no network view that knows when it is in

export function mount({ parentElement, header: data, setTriggerValue }) {
  replaceRatherThanPush();
  const part = (name) => parentElement.querySelector(`.${name}`);
  const [share, copy, code, link] = ["share", "copy", "code", "link"].map(part);
  share.ariaLabel = t("Share what is shown here");
  copy.dataset.text = t("Copy link");
  copy.textContent ||= copy.dataset.text;
  code.textContent = t("QR code");
  link.ariaLabel = t("The link");

  copy.onclick = async () => {
    const text = await settledAddress(data);
    link.hidden = true;
    if (await copied(text, parentElement)) {
      const whole = isWhole(text, data);
      showBriefly(copy, whole ? t("Copied") : t("Copied without the drawing, which is too long"));
    } else {
      link.value = text;
      link.hidden = false;
      link.select();
      showBriefly(copy, t("Copy it here"));
    }
  };
  link.onblur = () => {
    link.hidden = true;
  };
  code.onclick = async () => setTriggerValue("shown", await settledAddress(data));
}

// Streamlit makes a new entry in the browser's history whenever the server changes the address.
// A stroke is no place to go back to, and neither is a switch: only another page is.
function replaceRatherThanPush() {
  const { history } = window;
  if (Object.hasOwn(history, "pushState")) return;
  const push = history.pushState;
  history.pushState = function (state, title, url) {
    const samePage = new URL(url, location.href).pathname === location.pathname;
    (samePage ? history.replaceState : push).call(history, state, title, url);
  };
}

// The address, once the last stroke is in it: the network view sends an event when it is verified.
async function settledAddress({ view: key, canvas }) {
  const view = networkView(key);
  if (view?.dataset.source === "live") {
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
  const inked = view ? view.dataset.digit !== "" : drawn;
  return !inked || new URL(text).searchParams.has("drawing");
}

const networkView = (key) => shadowRootIn(key)?.querySelector(".network");

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
