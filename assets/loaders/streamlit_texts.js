// What Streamlit itself says on a page: its menu, its dialogs, the texts of its widgets. It has them
// in English only and takes no others, so they are exchanged where they appear, all of them here.
//
// Only whole texts that Streamlit is known to have are exchanged (tests/unit/serving/
// test_frontend_internals.py looks each up in the installed version). React goes on writing the
// same places: what it writes anew is looked at anew.

import { number, t } from "../shared/words.js";

const ATTRIBUTES = ["aria-label", "aria-valuetext", "title", "placeholder"];
const OPTIONS = { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES };

const exchanged = new WeakMap(); // node -> Map of what was exchanged in it: place -> { theirs, ours }
let shown = "en";
let say = (text) => text;

const observer = new MutationObserver((records) => {
  for (const { type, target, attributeName, addedNodes } of records) {
    if (type === "attributes") attribute(target, attributeName);
    else if (type === "characterData") text(target);
    else addedNodes.forEach(everything);
  }
});

/** From now on Streamlit's texts are in that language, the page's; `words.js` looks them up. */
export function translateStreamlit(language) {
  if (language === shown) return;
  shown = language;
  observer.disconnect();
  say = language === "en" ? (theirs) => theirs : sayer();
  everything(document.body);
  if (language !== "en") observer.observe(document.body, OPTIONS);
}

function sayer() {
  const words = new Map(Object.entries(known()));
  return (theirs) => {
    const found = words.get(theirs);
    if (found !== undefined) return found;
    for (const [pattern, ours] of patterns()) {
      const match = pattern.exec(theirs);
      if (match) return ours(match[1]);
    }
    return theirs;
  };
}

function everything(node) {
  if (node.nodeType === Node.TEXT_NODE) text(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let one = node; one; one = walker.nextNode()) {
    if (one.nodeType === Node.TEXT_NODE) text(one);
    else for (const name of ATTRIBUTES) attribute(one, name);
  }
}

function text(node) {
  const found = node.data.trim();
  const ours = inOurs(node, "text", found, node.parentElement);
  if (ours !== found) node.data = node.data.replace(found, () => ours);
}

function attribute(node, name) {
  const found = node.getAttribute(name);
  if (!found) return;
  const ours = inOurs(node, name, found, node);
  if (ours !== found) node.setAttribute(name, ours);
}

// What is to stand there instead of `found`, which is English or was exchanged in an earlier language;
// `within` is the element that it belongs to.
function inOurs(node, place, found, within) {
  const places = exchanged.get(node);
  const before = places?.get(place);
  const theirs = before?.ours === found ? before.theirs : found;
  if (!theirs) return found;
  const ours = DECIMAL.test(theirs) && within?.closest(".stSlider") ? decimal(theirs) : say(theirs);
  if (ours !== theirs) {
    if (places) places.set(place, { theirs, ours });
    else exchanged.set(node, new Map([[place, { theirs, ours }]]));
  }
  return ours;
}

const DECIMAL = /^[-\u2212]?\d+\.\d+$/; // a slider's value has a point in every language

const decimal = (theirs) => number(parseFloat(theirs.replace("\u2212", "-")), theirs.split(".")[1].length);

const megabytes = (size) => t("{count} MB", { count: number(parseFloat(size)) });

const patterns = () => [
  [/^([\d.]+MB) per file$/, (size) => t("{size} per file", { size: megabytes(size) })],
  [/^File must be ([\d.]+MB) or smaller\.$/, (size) => t("The file must have {size} at most.", { size: megabytes(size) })],
  [/^([\d.]+)MB$/, megabytes],
  [/^Remove (.+)$/s, (file) => t("Remove {file}", { file })],
  [/^\w+ icon$/, () => ""], // what a picture shows, beside the words for what it does
  [/^Page not found$/, () => t("Page not found")],
];

const known = () => ({
  "Skip to main content": t("Skip to main content"),
  "App pages": t("App pages"),
  "Main menu": t("Main menu"),
  Theme: t("Theme"),
  System: t("System"),
  Light: t("Light"),
  Dark: t("Dark"),
  Print: t("Print"),
  Rerun: t("Rerun"),
  "Made with Streamlit v": t("Made with Streamlit"),
  "Copy version to clipboard": t("Copy the version"),
  "Running...": t("Working…"),
  "Stopping...": t("Stopping…"),
  Stop: t("Stop"),
  Connecting: t("Connecting"),
  "Connection error": t("No connection"),
  "Please wait...": t("Please wait"),
  "Connecting to Streamlit server": t("Connecting to the server"),
  "Streamlit server is not responding. Are you connected to the internet?": t(
    "The server does not answer. Are you online?",
  ),
  "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:": t(
    "The server does not answer. If it was stopped, start it again in a terminal:",
  ),
  "The page that you have requested does not seem to exist. Running the app's main page.": t(
    "There is no page of this address, so this is the first one.",
  ),
  Close: t("Close"),
  Dismiss: t("Close"), // React Aria's own, in the browser's language
  Copied: t("Copied"),
  "Copied!": t("Copied"),
  "Copy to clipboard": t("Copy"),
  Fullscreen: t("Full screen"),
  "Close fullscreen": t("Leave full screen"),
  "Choose an option": t("Choose one"),
  "Choose options": t("Choose some"),
  "No results": t("Nothing found"),
  Open: t("Open"),
  "Clear value": t("Clear the choice"),
  "Clear all": t("Clear all"),
  "Clear entry": t("Clear the entry"),
  "file upload": t("File to send"),
  Upload: t("Choose a file"),
  "Add files": t("Choose a file"),
  "Drag and drop a file here": t("Drop a file here"),
  "Drag and drop files here": t("Drop a file here"),
  "Uploading...": t("Sending…"),
  "Error:": t("Error:"),
  "Take Photo": t("Take the photo"),
  "Clear photo": t("Take it again"),
  "Switch camera": t("Other camera"),
  "This app would like to use your camera.": t("This page would like to use your camera."),
  "Learn how to allow access.": t("How to allow it"),
});
