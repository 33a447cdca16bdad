// Everything in the view that is made of letters: titles, distances, legend and answer.

const element = (name, parent, text = "") => {
  const made = document.createElement("div");
  made.className = name;
  made.textContent = text;
  parent.append(made);
  return made;
};

/** A title over every layer: its name and what it is made of. */
export function writeTitles(parent, spec, layout) {
  parent.replaceChildren();
  const byKey = Object.fromEntries(spec.layers.map((layer) => [layer.key, layer]));
  for (const { key, x, y, align } of layout.titles) {
    const title = element(`title ${align}`, parent);
    title.style.transform = `translate(${x}px, ${y}px)`;
    title.dataset.layer = key;
    element("name", title, byKey[key].title);
    element("detail", title, byKey[key].detail);
  }
}

/** The ten classes; returns a function that writes new distances. */
export function writeOutputs(parent, layout) {
  parent.replaceChildren();
  const rows = layout.outputs.map((output) => {
    const row = element("output", parent);
    row.style.transform = `translate(0, ${output.centre}px)`;
    const label = element("class", row, output.name);
    label.style.left = `${output.code.x + 38}px`;
    const bar = element("bar", row);
    bar.style.left = `${output.bar.x}px`;
    const value = element("distance", row);
    return { row, bar, value, output };
  });
  return (distances, answer) => {
    const most = Math.max(160, ...distances);
    for (const { row, bar, value, output } of rows) {
      const length = (distances[output.digit] / most) * output.bar.width;
      bar.style.width = `${Math.max(1.5, length)}px`;
      value.style.left = `${output.bar.x + length + 7}px`;
      value.textContent = distances[output.digit].toFixed(2);
      row.classList.toggle("nearest", answer?.digit === output.digit);
    }
  };
}

/** The scale from its lower to its upper limit. */
export function writeLegend(parent, spec, layout, scale) {
  parent.replaceChildren();
  parent.style.transform = `translate(${layout.legend.x}px, ${layout.legend.y}px)`;
  parent.style.width = `${layout.legend.width}px`;
  const ramp = element("ramp", parent);
  const stops = Array.from(scale.diverging, (packed) =>
    `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`);
  ramp.style.background = `linear-gradient(to right, ${stops.filter((_, i) => i % 15 === 0)})`;
  const ends = element("ends", parent);
  for (const text of [`\u2212${spec.amplitude}`, "0", `+${spec.amplitude}`]) element("", ends, text);
}

/** The answer stands beside the canvas, in the page itself. */
export function writeAnswer(headline, sentence) {
  const answer = document.querySelector(".st-key-answer .answer");
  if (!answer) return;
  answer.querySelector(".headline").textContent = headline;
  answer.querySelector(".sentence").textContent = sentence;
}
