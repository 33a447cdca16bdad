"""How long a map of 21x21 answers takes, disturbing the drawing included.

Prints one JSON line: the median and the 95th percentile in milliseconds of a map of shifts and of
one of turns and scales, for the shipped network and a drawn digit, in Node.js and in Chromium.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any

from lenet import checkpoint, ink
from lenet.browser.description import describe_spec, preparation
from tests.support import node
from tests.support.digits import DIGITS

SCRIPT = """
const { makeRunner } = await import("./engine/runs.js");
const { NOTHING } = await import("./engine/disturb.js");
const { MAPS } = await import("./invariance/disturbances.js");
const input = Float32Array.from(data.input);
const network = { ...data.network, values: Float32Array.from(data.network.values) };
let finished;
const runner = makeRunner(({ done }) => done && finished(), (step) => step(), 12);
runner.networks({ it: network });
const measured = {};
for (const { key, across, down } of MAPS) {
  const times = [];
  for (let round = -3; round < data.rounds; round++) {
    const start = performance.now();
    await new Promise((resolve) => {
      finished = resolve;
      const job = { kind: "map", network: "it", input, disturbance: NOTHING, across, down };
      runner.want([{ ...job, key: `${key} ${round}` }]);
    });
    if (round >= 0) times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const at = (share) => Number(times[Math.floor(share * (times.length - 1))].toFixed(1));
  const runs = across.values.length * down.values.length;
  measured[key] = { runs, median_ms: at(0.5), p95_ms: at(0.95) };
}
return measured;
"""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40, help="how often each map is made")
    rounds = parser.parse_args(arguments).rounds
    weights = checkpoint.read()
    drawn = ink.from_strokes(DIGITS["3"])
    assert drawn is not None
    values = [number for one in weights.values() for number in one.ravel().tolist()]
    data: dict[str, Any] = {
        "network": {
            "spec": describe_spec(),
            "parameters": [(name, one.shape) for name, one in weights.items()],
            "values": values,
            "normalisation": preparation(),
        },
        "input": drawn.flatten().tolist(),
        "rounds": rounds,
    }
    told = {name: run(SCRIPT, data) for name, run in node.ENGINES.items() if node.is_there(name)}
    print(json.dumps({"benchmark": "invariance", **told}))


if __name__ == "__main__":
    main()
