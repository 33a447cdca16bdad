// Streamlit puts what a button opens at the end of the page, where the Tab key comes last, and
// leaves the focus nowhere when a dialog closes. Here the focus goes into what has opened, the Tab
// key from its button through it and on to what follows the button, and back when it is closed.

import { focused, reachable } from "../shared/focus.js";

const POPOVER = "[data-testid=stPopoverBody]";
const OVERLAY = [POPOVER, "[data-testid=stDialog]"].join(",");
const OPENER = "[data-testid=stPopoverButton][aria-expanded=true]";

/** Keeps the focus near what was pressed; returns what ends that. */
export function followOverlays() {
  const listening = new AbortController();
  const options = { capture: true, signal: listening.signal };
  let from = null; // what had the focus last outside of them
  let open = null; // the overlay that is open

  const changed = () => {
    const now = document.querySelector(OVERLAY);
    if (now === open) return;
    const closed = open && !now;
    open = now;
    if (closed && document.activeElement === document.body && from?.isConnected) from.focus();
    if (now?.matches(POPOVER)) enter(now);
  };
  // Words change at every frame of a stroke, and open nothing.
  const isElement = ({ nodeType }) => nodeType === Node.ELEMENT_NODE;
  const observer = new MutationObserver((mutations) => {
    const some = ({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes].some(isElement);
    if (mutations.some(some)) changed();
  });
  observer.observe(document.body, { childList: true, subtree: true });

  const enter = (popover) => {
    const opener = document.querySelector(OPENER);
    from = opener ?? from;
    popover.ariaLabel ||= opener?.querySelector("p")?.textContent ?? null;
    popover.tabIndex = -1;
    popover.focus({ preventScroll: true }); // what it holds may still be on its way
  };
  const walk = (event) => {
    const opener = open?.matches(POPOVER) && document.querySelector(OPENER);
    if (event.key !== "Tab" || !opener) return;
    const at = focused();
    if (at === opener && !event.shiftKey) {
      event.preventDefault();
      giveBack(open);
      (reachable(open)[0] ?? open).focus();
      return;
    }
    if (!event.composedPath().includes(open)) return;
    const stops = reachable(open); // none while the server has not said what it holds
    if (event.shiftKey ? at === open || at === stops[0] : !stops.length) {
      event.preventDefault();
      if (event.shiftKey) opener.focus();
    } else if (!event.shiftKey && at === stops.at(-1)) {
      opener.focus(); // and from there to the next, which is what the browser does
      opener.click();
    }
  };
  document.addEventListener("keydown", walk, options);
  document.addEventListener("focusin", (event) => {
    const path = event.composedPath();
    if (!path.some((node) => node.matches?.(OVERLAY))) [from] = path;
    else if (path.includes(open)) giveBack(open);
  }, options);
  return () => {
    observer.disconnect();
    listening.abort();
  };
}

// While the focus is outside of a popover, Streamlit takes all in it from the Tab key. In shadow
// roots it does not give it back.
function giveBack(root) {
  for (const node of root.querySelectorAll("*")) {
    if (node.shadowRoot) giveBack(node.shadowRoot);
    const before = node.dataset?.tabindex;
    if (before === undefined) continue;
    if (before) node.setAttribute("tabindex", before);
    else node.removeAttribute("tabindex");
    delete node.dataset.tabindex;
  }
}
