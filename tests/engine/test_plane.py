"""The axes of the plane of all samples: everything inside, at round numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.support import node

RANGES = [(-7.3, 8.1), (0, 310.5), (-0.004, 0.0061), (12, 12), (1e5, 1.2e5), (-3, -2.99)]


@pytest.mark.parametrize(("low", "high"), RANGES)
def test_every_point_has_its_place_and_ticks_are_round(low: float, high: float) -> None:
    script = """
    const { axis } = await import("./plane/axes.js");
    const { first, last, place, ticks } = axis(data.values, 40, 400);
    return { first, last, places: data.values.map(place), ...ticks,
             at: ticks.values.map(place),
             minusZero: ticks.values.some((tick) => Object.is(tick, -0)) };
    """
    values = [*np.linspace(low, high, 7)]
    found = node.run(script, {"values": values})
    assert found["first"] < low <= high < found["last"]
    assert all(40 < place < 400 for place in found["places"])
    assert found["places"] == sorted(found["places"])
    assert all(40 <= place <= 400 for place in found["at"])
    assert not found["minusZero"]
    ticks = found["values"]
    assert 1 <= len(ticks) <= 7
    if len(ticks) > 1:
        step = ticks[1] - ticks[0]
        digit = step / 10 ** math.floor(math.log10(step) + 1e-9)
        assert any(digit == pytest.approx(round_) for round_ in (1, 2, 5))
        written = [f"{tick:.{found['decimals']}f}" for tick in ticks]
        assert len(set(written)) == len(ticks), "no two are written alike"
