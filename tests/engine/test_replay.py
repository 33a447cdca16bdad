"""The replay's pure parts: which number comes when, and nothing before it is there."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from lenet import units
from lenet.units import Unit
from tests.engine.test_networks import MODELS, inputs, made, places, run, some_units

DECIMALS = 4
AFTER = {
    "kernels": ["bias", "value"],
    "contributions": ["bias", "value"],
    "penalty": ["bias", "value"],
    "sub-sampling": ["coefficient", "bias", "value"],
    "mean": ["value"],
    "largest": ["value"],
    "normalised": ["value"],
    "distance": ["value"],
}

REPLAYS = """
const { addition } = await import("./engine/adding.js");
const { isThere, missing, timeline, unitOf } = await import("./network_view/timeline.js");
const trace = network.run(Float32Array.from(data.input));
return data.units.map((unit) => {
  const explained = unit && explain(spec, parameters, trace, unit);
  const adding = unit && addition(explained, 4);
  const moments = timeline(spec, unit, adding);
  const all = spec.layers.flatMap(({ key, maps, size }) =>
    Array.from({ length: maps * size * size }, (_, n) => ({
      layer: key,
      map: Math.floor(n / size / size),
      row: Math.floor(n / size) % size,
      column: n % size,
    })),
  );
  // Of every moment's units a count, and of the asked unit's map those that are there.
  const looked = moments.filter((moment) => moment.stop);
  return {
    formula: explained?.formula,
    value: explained?.value,
    total: explained?.total,
    adding,
    moments: moments.map((moment) => ({ ...moment, unit: unitOf(spec, moment) })),
    there: looked.map((moment) => all.map((one) => Number(isThere(spec, moment, one))).join("")),
    reached: unit && moments.map((moment) => isThere(spec, moment, unit)),
    names: all.map(({ layer }) => layer),
  };
});
"""


@cache
def replays(name: str) -> list[tuple[Unit | None, Any]]:
    """Units of every layer, and none at all, each with its replay."""
    model = made(name)
    asked = some_units(model, 2)
    x = inputs()[:1]
    found = run(model, REPLAYS, input=x.flatten().tolist(), units=[*places(asked), None])
    return list(zip([*asked, None], found, strict=True))


def computed(name: str) -> list[tuple[Unit, Any]]:
    return [(unit, one) for unit, one in replays(name) if unit and one["adding"]]


@pytest.mark.parametrize("name", MODELS)
def test_what_is_added_up_is_what_python_says_of_the_unit(name: str) -> None:
    model, x = made(name), inputs()[:1]
    for unit, replay in computed(name):
        mine: Any = units.explain(model, x, unit)
        sums, values = replay["adding"]["sums"], [i["value"] for i in replay["adding"]["items"]]
        if replay["formula"] == "largest":
            assert sums[1:] == [max(values[: n + 1]) for n in range(len(values))], unit
            assert sums[-1] == pytest.approx(mine.value, abs=1e-6)
            continue
        assert len(sums) == len(values) + 1
        for n, value in enumerate(values):
            assert sums[n + 1] - sums[n] == pytest.approx(value, abs=1e-6), unit
        close: dict[str, Any] = {"rel": 1e-6, "abs": 1e-5}
        if replay["formula"] == "distance":
            assert sums[-1] == pytest.approx(mine.value, **close)
        elif replay["formula"] in ("mean", "normalised"):
            assert sums[-1] == pytest.approx(mine.sum, **close)
        elif replay["formula"] == "sub-sampling":
            assert sums[-1] == pytest.approx(float(mine.inputs.sum()), **close)
            assert sums[-1] * mine.coefficient + mine.bias == pytest.approx(mine.total, **close)
        else:
            assert sums[-1] == pytest.approx(mine.sum, **close), unit
            assert sums[-1] + mine.bias == pytest.approx(mine.total, **close), unit


def shown(value: float) -> Decimal:
    """As it is printed."""
    return Decimal(f"{value:.{DECIMALS}f}")


@pytest.mark.parametrize("name", MODELS)
def test_the_printed_numbers_add_up_at_every_step(name: str) -> None:
    for unit, replay in computed(name):
        adding, formula = replay["adding"], replay["formula"]
        printed = [shown(value) for value in adding["printed"]][: len(adding["items"])]
        running = [shown(value) for value in adding["running"] if value is not None]
        if formula == "largest":
            assert running == [max(printed[: n + 1]) for n in range(len(printed))]
            continue
        assert running == [sum(printed[:n], Decimal(0)) for n in range(len(printed) + 1)], unit
        for exact, value in zip(adding["items"], printed, strict=True):
            assert abs(Decimal(exact["value"]) - value) <= Decimal("0.0001"), unit
        if formula == "distance":
            assert running[-1] == shown(replay["value"])
        elif formula not in ("mean", "normalised"):
            last = shown(adding["product"]) if formula == "sub-sampling" else running[-1]
            assert last + shown(adding["bias"]) == shown(replay["total"]), unit


@pytest.mark.parametrize("name", MODELS)
def test_a_unit_is_computed_only_when_all_its_numbers_have_come(name: str) -> None:
    for unit, replay in computed(name):
        moments = replay["moments"]
        (place,) = places([unit])
        own = [n for n, moment in enumerate(moments) if "added" in moment]
        kinds = [moments[n]["kind"] for n in own]
        count = len(replay["adding"]["items"])
        assert own == list(range(own[0], own[-1] + 1)), unit
        assert kinds == ["add"] * (count + 1) + AFTER[replay["formula"]], unit
        assert [moments[n]["added"] for n in own[: count + 1]] == list(range(count + 1))
        assert all(moments[n]["unit"] == place for n in own)
        assert replay["reached"] == [n >= own[-1] for n in range(len(moments))], unit


@pytest.mark.parametrize("name", MODELS)
def test_the_kernel_takes_every_position_up_to_the_units_in_reading_order(name: str) -> None:
    for unit, replay in computed(name):
        slid = [moment["unit"] for moment in replay["moments"] if moment["kind"] == "slide"]
        layer = unit.layer
        if layer.size == 1:
            assert [one["map"] for one in slid] == list(range(unit.map)), unit
            continue
        index = unit.row * layer.size + unit.column
        assert [(one["row"], one["column"]) for one in slid] == [
            divmod(n, layer.size) for n in range(index)
        ]
        assert {one["map"] for one in slid} <= {unit.map}


@pytest.mark.parametrize("name", MODELS)
def test_nothing_is_there_before_what_it_is_made_of_and_nothing_goes_again(name: str) -> None:
    layers = list(made(name).architecture.by_key)
    for unit, replay in replays(name):
        names, before = replay["names"], None
        for there in replay["there"]:
            assert before is None or all(a <= b for a, b in zip(before, there, strict=True)), unit
            before = there
            whole = [
                all(t == "1" for t, n in zip(there, names, strict=True) if n == key)
                for key in layers
            ]
            none = [
                all(t == "0" for t, n in zip(there, names, strict=True) if n == key)
                for key in layers
            ]
            first = whole.index(False) if False in whole else len(layers)
            assert all(none[first + 1 :]), "a layer has begun before the one it reads is complete"
        assert before == "1" * len(names), "at last all of it is there"


@pytest.mark.parametrize("name", MODELS)
def test_of_the_units_own_layer_only_the_positions_before_are_there(name: str) -> None:
    layers = list(made(name).architecture.by_key.values())
    for _, replay in replays(name):
        ends = [moment for moment in replay["moments"] if moment["stop"]]
        for moment, there in zip(ends, replay["there"], strict=True):
            if moment["kind"] == "layer":
                continue
            layer, one = layers[moment["place"]], moment["unit"]
            first = replay["names"].index(layer.key)
            own = there[first : first + layer.units]
            at = (one["map"] * layer.size + one["row"]) * layer.size + one["column"]
            begin = one["map"] * layer.size**2 if layer.size > 1 else 0
            end = at + (moment["kind"] in ("slide", "value"))
            expected = "0" * begin + "1" * (end - begin)
            assert own == expected.ljust(len(own), "0"), moment


@pytest.mark.parametrize("name", MODELS)
def test_one_can_follow_it(name: str) -> None:
    """Slow where the kernel begins and where the unit is added up; over within a minute."""
    for unit, replay in replays(name):
        moments = replay["moments"]
        assert sum(moment["ms"] for moment in moments) < 40_000, unit
        assert sum(bool(moment["stop"]) for moment in moments) < 60, unit
        added = [moment for moment in moments if moment["kind"] == "add"]
        assert all(moment["ms"] >= 250 for moment in added[:4]), unit
        assert all(
            moment["ms"] >= 1500 for moment in moments if moment["kind"] in ("bias", "value")
        )
        slid = [moment for moment in moments if moment["kind"] == "slide"]
        if unit is None:
            assert added == []
            assert len(slid) == made(name).architecture.layers[0].size ** 2


@pytest.mark.parametrize("name", MODELS)
def test_a_pixel_is_not_computed(name: str) -> None:
    for unit, replay in replays(name):
        if unit is not None and unit.layer.key == "input":
            assert replay["adding"] is None
            slid = [moment["unit"]["layer"] for moment in replay["moments"] if moment["unit"]]
            assert set(slid) == {list(made(name).architecture.by_key)[1]}
