// Tells Python which theme is seen, where that is not the one that the figures were made for; and
// has figures of that theme printed in the colours of paper. Plotly writes its colours into style
// attributes and into pictures, and nobody draws it anew for the printer.
const ID = "figures-on-paper";
const FILTER = "values-on-paper";

export default function ({ parentElement, data, setStateValue }) {
  const seen = isDark(parentElement.host ?? parentElement) ? "dark" : "light";
  if (seen !== data.made_for) setStateValue("seen", seen);
  document.getElementById(ID)?.remove();
  const made = document.createElement("div");
  made.id = ID;
  made.ariaHidden = "true";
  made.style.cssText = "position: absolute; width: 0; height: 0; overflow: hidden";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.innerHTML =
    `<filter id="${FILTER}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">` +
    `<feColorMatrix values="${data.values_onto_paper.map(Number).join(" ")}"/></filter>`;
  const style = document.createElement("style");
  style.media = "print";
  style.textContent = rules(data.onto_paper).join("");
  made.append(svg, style);
  document.body.append(made);
}

// As in assets/shared/theme.js, which this component of one file cannot import.
const isDark = (element) =>
  matchMedia("(forced-colors: active)").matches
    ? matchMedia("(prefers-color-scheme: dark)").matches
    : getComputedStyle(element).colorScheme === "dark";

const rules = (exchanged) =>
  Object.entries(exchanged).flatMap(([seen, paper]) =>
    ["fill", "stroke"].map(
      (property) =>
        `.js-plotly-plot [style*="${property}: ${written(seen)}"] { ${property}: ${paper} !important; }`,
    ),
  );

// As browsers write #rrggbb in a style attribute.
const written = (colour) =>
  `rgb(${[1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).join(", ")})`;
