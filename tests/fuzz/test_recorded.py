"""Whatever lies where results of the other networks are expected is read, or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lenet.analysis import results
from lenet.mnist import DataError
from tests.support import recorded
from tests.support.mutants import check_sentence, mutants

READERS: dict[str, Callable[[Path], object]] = {
    results.RESULTS: results.results,
    results.HISTORIES: results.histories,
    results.CLAIMS: results.voting,
    results.ANSWERS: results.answers,
    results.DIGITS: results.digits,
    Path(results.DIGITS).with_suffix(".json").name: results.digits,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return recorded.write(tmp_path_factory.mktemp("recorded"))


@given(data=st.data())
def test_a_damaged_file_is_read_or_refused(folder: Path, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(list(READERS)))
    whole = (folder / name).read_bytes()
    try:
        (folder / name).write_bytes(data.draw(mutants(whole[:20_000], whole[-2_000:], b"{}")))
        READERS[name](folder)
    except DataError as error:
        check_sentence(error, quotes=True)
    finally:
        (folder / name).write_bytes(whole)
