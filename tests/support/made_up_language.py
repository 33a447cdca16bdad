"""Streamlit's command with made-up translations, in which every text stands in brackets.

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

NAMES = ("fr", "ko", "zh")
"""Languages that Babel knows, so that numbers and plurals have their rules."""


def bracketed(text: str) -> str:
    return f"\u27e6{text}\u27e7"


def translated(name: str) -> Catalog:
    """All texts of the template, with a translation that can be told from English."""
    made_up = Catalog(locale=name)
    for message in read_po(BytesIO(texts.template())):
        wordings: Any = message.id  # one, or one for one and one for many
        if isinstance(wordings, str):
            made_up.add(wordings, wordings and bracketed(wordings), message.locations)
        else:
            one, many = map(bracketed, wordings)
            others = made_up.num_plurals - 1  # a language may have one form for every count
            forms = (one, *[many] * others) if others else (many,)
            made_up.add(wordings, forms, message.locations)
    return made_up


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        for name in NAMES:
            with (Path(folder) / f"{name}.po").open("wb") as file:
                write_po(file, translated(name))
        catalogue.FOLDER = Path(folder)
        catalogue.LANGUAGES = (catalogue.SOURCE, *NAMES)
        main()
