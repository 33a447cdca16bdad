"""The browser paints a value in the colour that Python gives it, in every theme and on paper."""

from __future__ import annotations

import numpy as np
import pytest

from lenet.figures import palette
from tests.support import node
from tests.support.colours import colours_in, over, rgb
from tests.support.running_app import ROOT

LIMIT = 1.7159
VALUES = [float(value) for value in np.linspace(-1.2 * LIMIT, 1.2 * LIMIT, 97)]

PAINTED = """
    const { cssColour, makeScale } = await import("./shared/scale.js");
    return Object.fromEntries(Object.entries(data.palettes).map(([name, palette]) => {
        const scale = makeScale(palette);
        return [name, data.values.map((value) => [
            ...["diverging", "grey", "unsigned"].map(
                (name) => cssColour(scale[name], value, data.limit)),
        ])];
    }));
"""


@pytest.fixture(scope="module")
def painted() -> dict[str, list[list[str]]]:
    data = {"palettes": palette.described(), "values": VALUES, "limit": LIMIT}
    return dict(node.run(PAINTED, data))


@pytest.mark.parametrize("name", list(palette.PALETTES))
def test_values_ink_and_what_has_no_sign_have_the_palettes_colours(
    painted: dict[str, list[list[str]]], name: str
) -> None:
    colours = palette.PALETTES[name]
    for value, (diverging, ink, unsigned) in zip(VALUES, painted[name], strict=True):
        # The browser's table has 256 steps, so the nearest one may be half a step away.
        expected = rgb(palette.of_value(colours, value, LIMIT))
        assert near(diverging, expected), value
        share = (max(-1.0, min(1.0, value / LIMIT)) + 1) / 2
        assert near(ink, over(rgb(colours.ink), share, rgb(colours.page))), value
        size = max(0.0, min(1.0, value / LIMIT))
        assert near(unsigned, over(rgb(colours.other), size, rgb(colours.page))), value


def near(painted: str, expected: tuple[int, int, int]) -> bool:
    ((found, _),) = colours_in(painted)
    return max(abs(one - other) for one, other in zip(found, expected, strict=True)) <= 2


def test_what_is_printed_is_never_cleared_as_a_rectangle() -> None:
    """Chromium's printer clears what lies below on the paper, too: the network was not there."""
    drawn = [path for path in (ROOT / "assets").rglob("*.js") if path.parent.name != "canvas"]
    assert any("wipe(context" in path.read_text(encoding="utf-8") for path in drawn)
    assert [path.name for path in drawn if ".clearRect(" in path.read_text(encoding="utf-8")] == []
