// What stands over all of the page, outside of the component that shows it and not enlarged with
// the page, in that component's own style.

const THEME = ["font", "text-color", "background-color", "border-color", "primary-color", "button-radius"].map(
  (name) => `--st-${name}`,
);

/**
 * An element of that class over the page, in a shadow root with the component's style:
 * { all, follow(), remove() }. The theme's names are known inside of components only, so `follow()`
 * takes them from there.
 */
export function overPage(parentElement, className) {
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const styles = parentElement.getRootNode().querySelectorAll("style");
  root.append(...[...styles].map((style) => style.cloneNode(true)));
  const all = Object.assign(document.createElement("div"), { className });
  root.append(all);
  document.body.append(host);
  return {
    all,
    follow(element) {
      const theme = getComputedStyle(element.host ?? element);
      for (const name of THEME) host.style.setProperty(name, theme.getPropertyValue(name));
    },
    remove: () => host.remove(),
  };
}
