"""The page about the tour: its steps, what is wrong with an own one, and how to write one."""

from __future__ import annotations

from html import escape

import streamlit as st

from lenet import catalogue
from lenet.catalogue import gettext as _
from lenet.catalogue import ngettext, number
from lenet.tour import reading, shelf
from lenet.tour.reading import Fault, TourError
from lenet.tour.steps import Tour
from pages.parts.common.errors import escape_markdown
from pages.parts.common.section import section
from pages.parts.tour.strip import STEP, TOUR

_COMMAND = "python -m lenet tour my-tour.yaml --link https://example.org"
_HERE = "pages/learn/tour.py"
_PAGES = {
    "draw": "pages/watch/draw.py",
    "architecture": "pages/explore/architecture.py",
    "connections": "pages/explore/connections.py",
    "receptive-fields": "pages/explore/receptive_fields.py",
    "output-codes": "pages/explore/output_codes.py",
    "glossary": "pages/learn/glossary.py",
}


def tour_of_that_name(name: str) -> None:
    """The tour of that name with a link into each step, or why it cannot be shown."""
    try:
        tour = shelf.named(name)
    except TourError as error:
        _refuse(error.faults)
        return
    _steps(tour, name)


def _steps(tour: Tour, name: str) -> None:
    translated = catalogue.gettext if name == shelf.BUILT_IN else str
    section(translated(tour.title))
    st.markdown(
        ngettext(
            "{count} step, about a minute long. You need nothing but a mouse or a finger.",
            "{count} steps of about a minute each. You need nothing but a mouse or a finger.",
            len(tour.steps),
        ).format(count=number(len(tour.steps)))
    )
    more = {TOUR: name} if name else {}
    first = tour.steps[0]
    if st.button(_("Start the tour"), icon=":material/play_arrow:", key="start"):
        st.switch_page(_PAGES[first.page], query_params={**first.address, **more, STEP: first.id})
    with st.container(key="tour_steps", gap="small"):
        for at, step in enumerate(tour.steps):
            title = _("{number}. {title}").format(
                number=number(at + 1), title=translated(step.title)
            )
            st.page_link(
                _PAGES[step.page],
                label=escape_markdown(title),
                query_params={**step.address, **more, STEP: step.id},
            )


def _refuse(faults: list[Fault]) -> None:
    """One sentence for whoever came to learn; all faults for whoever wrote it."""
    st.warning(_("This tour has faults and cannot be shown."))
    st.page_link(_HERE, label=_("Take the built-in tour instead."))
    with st.expander(_("For whoever wrote it"), expanded=True, key="tour_faults"):
        rows = "".join(
            f"<tr><td>{escape(number(fault.line))}</td><td><code>{escape(fault.field)}</code></td>"
            f"<td>{escape(fault.sentence)}</td></tr>"
            for fault in faults[:_MOST_SHOWN]
        )
        heads = (_("Line"), _("Field"), _("What is wrong"))
        head = "".join(f"<th scope='col'>{escape(text)}</th>" for text in heads)
        st.html(f'<table class="tour-faults"><tr>{head}</tr>{rows}</table>')


_MOST_SHOWN = 100


def for_teachers() -> None:
    """How an own tour is written, checked and handed out."""
    section(_("For teachers: in a class, and a tour of your own"))
    st.markdown(
        _(
            "With a projector, press Present. Page Down and Page Up, the keys of a remote control, "
            "go to the next step and the step before; M goes on within a step."
        )
    )
    st.markdown(
        _(
            "A tour of your own is a text file in the same format as this one: each step names a "
            "page, asks a question, says what to do and what is seen. Take this one as a start, "
            "and change it."
        )
    )
    st.download_button(
        _("The built-in tour as a file"),
        shelf.SHIPPED.read_bytes(),
        file_name="tour.yaml",
        mime="application/yaml",
        key="tour_file",
        on_click="ignore",
    )
    st.markdown(
        _(
            "This command tells every fault in it, with its line, and makes a link for your class; "
            "files of more than {most} bytes are too long. All fields are in {document}."
        ).format(most=number(reading.MOST_BYTES), document="`docs/tour.md`")
    )
    st.html(f'<code class="command">{escape(_COMMAND)}</code>')
