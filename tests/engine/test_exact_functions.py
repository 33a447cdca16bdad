"""Functions from arithmetic alone against NumPy's."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tests.support import node

RANGES = {
    "tanh": (-12, 12),
    "exp": (-40, 40),
    "log": (1e-12, 1e6),
    "sine": (-1, 1),
    "cosine": (-1, 1),
}
NUMPY = {"sine": np.sin, "cosine": np.cos, "tanh": np.tanh, "exp": np.exp, "log": np.log}


@pytest.mark.parametrize("name", RANGES)
def test_they_are_right_to_a_ten_millionth(name: str) -> None:
    x = np.linspace(*RANGES[name], 20_011)
    found = node.run(
        f'const {{ {name} }} = await import("./engine/exact_functions.js");'
        f"return data.map((x) => {name}(x));",
        x.tolist(),
    )
    expected = NUMPY[name](x)
    scale = expected if name == "exp" else 1
    assert np.abs((np.array(found) - expected) / scale).max() < 1e-7


def test_powers_and_what_lies_beyond() -> None:
    powers, beyond = node.run(
        """
        const { exp, log, power, tanh } = await import("./engine/exact_functions.js");
        return [
          data.map((x) => power(x, 0.75)),
          [exp(1e4) === Infinity, exp(-1e4), log(0) === -Infinity, Number.isNaN(log(-1)),
           tanh(99), tanh(-Infinity), Number.isNaN(tanh(NaN)), Number.isNaN(exp(NaN))],
        ];
        """,
        [0.1, 1, 2, 50, 1e5],
    )
    assert powers == pytest.approx([x**0.75 for x in (0.1, 1, 2, 50, 1e5)], rel=1e-12)
    assert beyond == [True, 0, True, True, 1, -1, True, True]


def test_training_asks_no_browser_for_a_function_of_its_own() -> None:
    """Their last digits differ between browsers. Roots are rounded as the standard says."""
    names = (
        "backward backward/convolution backward/kinds backward/local_connection backward/pooling "
        "backward/response_normalisation backward/squashing curvature distort exact_functions "
        "initial_weights losses optimise random trainer"
    )
    for name in names.split():
        text = (node.ASSETS / "engine" / f"{name}.js").read_text(encoding="utf-8")
        code = "\n".join(line.split("//")[0] for line in text.splitlines())
        used = set(re.findall(r"Math\.(\w+)", code))
        assert used <= {"abs", "floor", "imul", "max", "min", "sqrt"}, (name, used)
        assert "**" not in re.sub(r"/\*\*|2 \*\* 32", "", code), name
