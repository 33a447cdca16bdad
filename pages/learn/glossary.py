"""Every word of these pages, each with two sentences and the page that goes deeper."""

from __future__ import annotations

from lenet import glossary
from lenet.catalogue import gettext as _
from pages.parts.common.section import section
from pages.parts.glossary import entry
from pages.parts.shell import page


def main() -> None:
    page.heading(_("Glossary"), _("Every word of these pages in two sentences."))
    section(_("What are the layers?"))
    entry.show_all(glossary.layers())
    section(_("What else is on the draw page?"))
    entry.show_all(glossary.on_the_draw_page())
    section(_("Which words does the field use?"))
    entry.show_all(glossary.words())
    section(_("Which words do other networks need?"))
    entry.show_all(glossary.of_the_other_networks())
    section(_("Which words does training need?"))
    entry.show_all(glossary.of_training())
    section(_("Which words do mistakes need?"))
    entry.show_all(glossary.of_mistakes())


main()
