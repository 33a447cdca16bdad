// Where the focus is, and where it may go, through shadow roots.

const FOCUSABLE = ["a[href]", "button", "input", "select", "textarea", "summary", "[tabindex]"].join(",");

/** The element that has the focus, inside of whatever shadow roots. */
export function focused() {
  let element = document.activeElement;
  while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}

/** What the Tab key can reach in an element, in its order. */
export function reachable(root) {
  return [...root.querySelectorAll("*")].flatMap((node) => {
    const own = node.matches(FOCUSABLE) && node.tabIndex >= 0 && !node.disabled && node.checkVisibility();
    return [...(own ? [node] : []), ...(node.shadowRoot ? reachable(node.shadowRoot) : [])];
  });
}
