"""All networks in one table: what they are, and how well they read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from lenet import checkpoint
from lenet.analysis.differences import between, with_spread
from lenet.analysis.results import DISTORTED, Result, Spread
from lenet.catalogue import as_list, number, percent
from lenet.catalogue import gettext as _
from lenet.variants import COMPARED_WITH, VARIANTS
from pages.parts.common.errors import attempt
from pages.parts.common.section import section
from pages.parts.common.table import as_html
from pages.parts.variants import recorded


def show(chosen: Sequence[str]) -> None:
    """The table, the rule by which networks differ, and apart from it what had another budget."""
    section(_("How well does each network read?"))
    if (results := attempt(recorded.results)) is None:
        return
    rows = recorded.compared(results)
    if COMPARED_WITH in rows:
        st.caption(_rule(rows))
    st.html(
        as_html(*_titles_and_rows(rows), chosen=recorded.places(results, chosen), kind="described")
    )
    _apart(results.get(DISTORTED))


def _rule(rows: dict[str, Result]) -> str:
    reference = rows[COMPARED_WITH].test_error
    others = [one for name, one in rows.items() if name != COMPARED_WITH]
    differing = sum(between(one.test_error, reference).is_one for one in others)
    return _(
        "All had the same digits, epochs and optimiser, and the same search of the step size, on "
        "held-back digits. The test error is the mean over the seeds ± their standard deviation; "
        "where these ranges overlap, nobody can say that two networks differ. {differing} of {all} "
        "networks differ from LeNet-5 trained like them; but with another 10,000 test digits every "
        "error could be another 0.1 points away, so less than that is a hint at most."
    ).format(differing=number(differing), all=number(len(others)))


def _titles_and_rows(rows: dict[str, Result]) -> tuple[list[str], list[list[str]]]:
    titles = [
        _("network"),
        _("what differs"),
        _("parameters"),
        _("connections"),
        _("multiply-adds"),
        _("step size"),
        _("held-back error in % by step size"),
        _("test error in %"),
        _("against LeNet-5 trained alike"),
    ]
    reference = rows[COMPARED_WITH].test_error if COMPARED_WITH in rows else None
    return titles, [
        [
            VARIANTS[name].title(),
            VARIANTS[name].difference(),
            number(one.parameters),
            number(one.connections),
            number(one.multiply_adds),
            number(one.step_size, 3),
            as_list(_tried(size, error) for size, error in sorted(one.search.items())),
            with_spread(one.test_error),
            "" if name == COMPARED_WITH or reference is None else _against(one, reference),
        ]
        for name, one in rows.items()
    ]


def _tried(size: float, error: float) -> str:
    pair = _("{size}: {error}").format(size=number(size, 3), error=number(error, 2))
    return pair.replace(" ", "\u00a0")


def _against(one: Result, reference: Spread) -> str:
    difference = between(one.test_error, reference)
    if difference.spread is None:
        return _("not known: a single run")
    if not difference.is_one:
        return _("no difference")
    return number(difference.value, 2, signed=True)


def _apart(distorted: Result | None) -> None:
    """What was trained with more than the others, and so is compared with none of them."""
    section(_("And with more training?"))
    card = attempt(checkpoint.card) or {}
    error, epochs = card.get("test_error_percent"), card.get("epochs")
    if isinstance(error, int | float) and isinstance(epochs, int):
        st.markdown(
            _(
                "LeNet-5 as the app ships it was trained for {epochs} epochs, with distorted "
                "digits and pen drawings: it misreads {error} of the test digits. Unlike budgets "
                "are not compared."
            ).format(epochs=number(epochs), error=percent(error / 100, 2))
        )
    if distorted is not None:
        st.markdown(
            _(
                "LeNet-5 with distorted digits, but the budget of the table, misreads {error} "
                "percent of them."
            ).format(error=with_spread(distorted.test_error))
        )
