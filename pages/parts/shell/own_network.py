"""That the pages show a visitor's own network, and the way back to the app's."""

from __future__ import annotations

import streamlit as st

from lenet.catalogue import gettext as _
from lenet.spec import LENET5
from lenet.variants import named
from pages.parts.common.errors import escape_markdown
from pages.parts.network import network


def show() -> None:
    """Say so on every page, in a place that is always there, so that nothing moves."""
    with st.container(key="own_network", horizontal=True, width="content"):
        if (own := network.kept()) is None:
            return
        title = escape_markdown(own.title)
        if own.architecture is LENET5:
            text = _("This network is yours: **{title}**").format(title=title)
            tip = None
        else:
            text = _("Yours, on Variants and Invariance: **{title}**").format(title=title)
            tip = _(
                "It is a network of another kind ({kind}), so the pages about the layers of "
                "LeNet-5 show the app's."
            ).format(kind=named(own.name).title())
        st.markdown(text, width="content", help=tip)
        st.button(
            _("Back to the app's network"), key="own_network_back", on_click=network.forget_kept
        )
