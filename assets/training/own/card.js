// What is said of a network in its file: how it was trained, in texts by their names, in English as
// every card is (lenet/checkpoint.py).

const LONGEST = 40; // characters of a file's name

/** The card of a training's weights; `title` is what the visitor calls them. */
export function cardOf({ settings, network, told, error, source, repeatable }, title) {
  const { method, step, loss, rubbish, batch, distortions, digits, seed } = settings;
  const card = {
    title,
    network: settings.network,
    architecture: network.spec.name,
    trained: "browser",
    method,
    step,
    loss: loss === "map" ? `eq. 9, j = ${rubbish}` : "eq. 8",
    batch,
    distortions,
    digits,
    source,
    seed,
    from_seed_and_settings_alone: repeatable,
    patterns: told.patterns,
    passes: told.passes.toFixed(3),
  };
  if (error !== null) card.judging_error_percent = error.toFixed(2);
  return Object.fromEntries(Object.entries(card).map(([name, value]) => [name, String(value)]));
}

/** The name of the file of a network. */
export function fileName(title, network) {
  const plain = title.normalize("NFKD").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return `${plain.slice(0, LONGEST) || network}.safetensors`;
}
