"""The browser's modules give the same in Node.js and in Chromium, which stands in for it."""

from __future__ import annotations

import pytest

from tests.support import node


@pytest.mark.parametrize("name", node.ENGINES)
def test_modules_are_imported_and_numbers_cross_exactly(name: str) -> None:
    if not node.is_there(name):
        pytest.skip(f"{name} is not installed")
    numbers = [0.1, -1e-300, 1 / 3, 2**53 - 1]
    script = """
        const { number } = await import("./shared/words.js");
        return { numbers: data, written: number(data[2], 3) };
    """
    assert node.ENGINES[name](script, numbers) == {"numbers": numbers, "written": "0.333"}
