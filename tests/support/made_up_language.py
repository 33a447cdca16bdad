"""Streamlit's command with one more language, in which every text stands in brackets.

``python -m tests.support.made_up_language run app.py``. It shows what is looked up in a visitor's
language and what is not, before there is any translation.
"""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from streamlit.web.cli import main

from lenet import catalogue
from tests.support import texts

NAME = "fr"
"""A language that Babel knows, so that numbers and plurals have their rules."""


def bracketed(text: str) -> str:
    return f"\u27e6{text}\u27e7"


def translated() -> Catalog:
    """All texts of the template, with a translation that can be told from English."""
    made_up = Catalog(locale=NAME)
    for message in read_po(BytesIO(texts.template())):
        wordings: Any = message.id  # one, or one for one and one for many
        if isinstance(wordings, str):
            made_up.add(wordings, wordings and bracketed(wordings))
        else:
            made_up.add(wordings, tuple(map(bracketed, wordings)))
    return made_up


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / f"{NAME}.po").open("wb") as file:
            write_po(file, translated())
        catalogue.FOLDER = Path(folder)
        catalogue.LANGUAGES = (catalogue.SOURCE, NAME)
        main()
