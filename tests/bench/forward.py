"""How long one forward pass takes in plain JavaScript, in Node.js and in Chromium.

Prints one JSON line: median and 95th percentile in milliseconds, for the shipped network and a
drawn digit.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from lenet import checkpoint, ink
from lenet.browser.description import describe_spec
from tests.support import node
from tests.support.digits import DIGITS

SCRIPT = """
const { makeNetwork } = await import("./engine/forward.js");
const { nameParameters } = await import("./engine/explain.js");
const parameters = nameParameters(data.shapes, Float32Array.from(data.weights));
const network = makeNetwork(data.spec, parameters);
const input = Float32Array.from(data.input);
for (let i = 0; i < data.warm; i++) network.run(input);
// The clock of a browser is coarse, so several runs are measured together.
const times = Array.from({ length: data.rounds }, () => {
  const start = performance.now();
  for (let i = 0; i < data.together; i++) network.run(input);
  return (performance.now() - start) / data.together;
}).sort((a, b) => a - b);
const at = (share) => Number(times[Math.floor(share * (times.length - 1))].toFixed(4));
return { median_ms: at(0.5), p95_ms: at(0.95) };
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=300, help="measurements of 20 runs each")
    rounds = parser.parse_args(arguments).rounds
    weights = checkpoint.read()
    drawn = ink.from_strokes(DIGITS["3"])
    assert drawn is not None
    data: dict[str, Any] = {
        "spec": describe_spec(),
        "shapes": [(name, values.shape) for name, values in weights.items()],
        "weights": [number for values in weights.values() for number in values.ravel().tolist()],
        "input": drawn.flatten().tolist(),
        "warm": 300,
        "rounds": rounds,
        "together": 20,
    }
    told = {name: run(SCRIPT, data) for name, run in node.ENGINES.items() if node.is_there(name)}
    print(json.dumps({"benchmark": "forward", **told}))


if __name__ == "__main__":
    main()
