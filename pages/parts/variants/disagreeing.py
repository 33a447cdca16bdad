"""Digits that the chosen networks read differently, to be put under the pen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import streamlit as st

from lenet import samples
from lenet.analysis.differing_answers import DifferingAnswers
from lenet.catalogue import as_list, ngettext, number
from lenet.catalogue import gettext as _
from lenet.mnist import Digits
from lenet.spec import CLASSES
from lenet.variants import VARIANTS
from pages.parts.common import component_value
from pages.parts.common.choice import choice
from pages.parts.common.component import component
from pages.parts.common.errors import attempt
from pages.parts.common.section import section
from pages.parts.common.table import as_html
from pages.parts.drawing import canvas_state, gallery
from pages.parts.drawing.gallery import is_sample, sheet_of
from pages.parts.network import bundle, network, sample_units
from pages.parts.variants import recorded

_SAMPLES, _TEST = "samples", "test"
_KEY = "disagreeing"

_tiles = component("comparison", "disagreeing")


def show(chosen: Sequence[str]) -> None:
    """Counts of two networks or more, and the digits themselves as far as they are here."""
    section(_("Who disagrees?"))
    if len(chosen) < 2:
        st.caption(_("Choose two networks or more, to see on which digits they differ."))
        return
    by = choice(
        _("Digits"),
        {_SAMPLES: _("packaged samples"), _TEST: _("MNIST’s test digits")},
        _SAMPLES,
        key="digits",
        label_visibility="collapsed",
    )
    if by == _SAMPLES:
        _of_samples(chosen)
    else:
        _of_test_digits(chosen)


def letter(place: int) -> str:
    """What a network is called below a digit, where its name has no room."""
    return chr(ord("A") + place)


def _of_samples(chosen: Sequence[str]) -> None:
    if (digits := attempt(samples.load)) is None:
        return
    answers = np.array([sample_units.answers(network.variant(name)) for name in chosen])
    found = DifferingAnswers(answers, digits.labels)
    titles = [network.title_of(name) for name in chosen]
    _counts(titles, found)
    _digits(titles, digits.only(found.places), answers[:, found.places])


def _of_test_digits(chosen: Sequence[str]) -> None:
    if (known := attempt(recorded.answers)) is None:
        return
    there = [name for name in chosen if name in known.networks]
    if len(there) < 2:
        st.caption(_("No answers to MNIST’s test digits are recorded of these networks."))
        return
    found = DifferingAnswers(known.of(there), known.labels)
    titles = [VARIANTS[name].title() for name in there]  # recorded of the app's own networks
    _counts(titles, found)
    if (pictures := attempt(recorded.digits)) is None:
        return
    shown = pictures.only(np.isin(pictures.indices, found.places))
    missing = len(found.places) - len(shown)
    if missing:
        st.caption(
            ngettext(
                "Pictures of only {count} test digits come with the app; {missing} on which these "
                "networks differ is counted and has none.",
                "Pictures of only {count} test digits come with the app; {missing} on which these "
                "networks differ are counted and have none.",
                missing,
            ).format(count=number(len(pictures)), missing=number(missing))
        )
    _digits(titles, shown, found.answers[:, shown.indices])


def _counts(names: Sequence[str], found: DifferingAnswers) -> None:
    """On how many digits they differ, all together and each two of them."""
    st.markdown(
        _("Digits on which these networks differ: {count} of {all}.").format(
            count=number(len(found.places)), all=number(len(found.labels))
        )
    )
    titles = [_("network"), _("misread"), _("the only one that is right")]
    titles += [_("other than {letter}").format(letter=letter(at)) for at in range(len(names))]
    rows = [
        [
            _("{letter}: {network}").format(letter=letter(at), network=name),
            number(found.wrong[at]),
            number(found.alone_right[at]),
            *("" if at == other else number(found.apart[at, other]) for other in range(len(names))),
        ]
        for at, name in enumerate(names)
    ]
    st.html(as_html(titles, rows))


def _digits(titles: Sequence[str], digits: Digits, answers: np.ndarray) -> None:
    """A tile for each digit; a click puts it under the pen."""
    if not len(digits):
        return
    st.caption(
        _("Click a digit to put it under the pen. What is read otherwise than labelled is marked.")
    )
    described = [
        _described(CLASSES[label], [CLASSES[answer] for answer in given], titles)
        for label, given in zip(digits.labels, answers.T, strict=True)
    ]
    _tiles(
        key=_KEY,
        data=bundle.packed(
            alt=_("Digits on which the networks differ"),
            digits=described,
            **sheet_of(digits.images),
        ),
        on_picked_change=partial(_take, digits.images),
    )


def _described(label: str, answers: Sequence[str], titles: Sequence[str]) -> dict[str, object]:
    said = as_list(
        _("{network}: {digit}").format(network=title, digit=digit)
        for title, digit in zip(titles, answers, strict=True)
    )
    return {
        "label": label,
        "answers": [{"letter": letter(at), "digit": digit} for at, digit in enumerate(answers)],
        "told": _("Labelled {label}; {answers}").format(label=label, answers=said),
    }


def _take(images: np.ndarray) -> None:
    """Put the digit that was clicked under the pen."""
    place = component_value.get(_KEY, "picked")
    if is_sample(place, len(images)):
        gallery.take(images, place, canvas_state.current().put)
