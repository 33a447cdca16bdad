/** A shadow root in an element, with that markup and style; the one that is there is filled anew. */
export function shadowIn(element, { html, css }) {
  const root = element.shadowRoot ?? element.attachShadow({ mode: "open" });
  const style = Object.assign(document.createElement("style"), { textContent: css });
  root.innerHTML = html;
  root.prepend(style);
  return root;
}
