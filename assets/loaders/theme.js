// Tells Python which theme is seen, where that is not the one that the figures were made for; and
// gives the page the filter by which its style sheet prints the figures of that theme.
const FILTER = "values-on-paper";

export default function ({ parentElement, data, setStateValue }) {
  const { colorScheme } = getComputedStyle(parentElement.host ?? parentElement);
  if (colorScheme !== data.made_for) setStateValue("seen", colorScheme);
  document.getElementById(FILTER)?.closest("svg").remove();
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.style.cssText = "position: absolute; width: 0; height: 0";
  svg.ariaHidden = "true";
  svg.innerHTML =
    `<filter id="${FILTER}" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">` +
    `<feColorMatrix values="${data.onto_paper.map(Number).join(" ")}"/></filter>`;
  document.body.append(svg);
}
