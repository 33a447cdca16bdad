// Tells Python which theme is seen, where that is not the one that the figures were made for.
export default function ({ parentElement, data, setStateValue }) {
  const { colorScheme } = getComputedStyle(parentElement.host ?? parentElement);
  if (colorScheme !== data.made_for) setStateValue("seen", colorScheme);
}
