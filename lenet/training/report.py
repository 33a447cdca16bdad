"""The figures of several runs side by side: mean and spread over the seeds of each recipe."""

from __future__ import annotations

import re
import statistics
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lenet import checkpoint
from lenet.files import atomic, bounded
from lenet.training.run import HISTORY, WEIGHTS

FIGURES = ("test_error_percent", "held_back_error_percent", "reinked_error_percent")
"""The errors that a finished run's card records."""


class ReportError(Exception):
    """A folder holds no finished run; the message says which."""


def collect(folders: list[Path]) -> dict[str, Any]:
    """For every recipe its epochs and seeds, and mean, standard deviation and each of the errors.

    Raises ReportError for a run that has not ended, and for runs of one recipe that differ in
    more than their seed; CheckpointError for a folder without a card.
    """
    cards: dict[str, list[checkpoint.Card]] = defaultdict(list)
    for folder in folders:
        card = checkpoint.card(folder / WEIGHTS)
        if any(card.get(figure) is None for figure in FIGURES):
            raise ReportError(f"The run in {folder} has not ended; --resume it first.")
        if not _is_complete(card):
            raise ReportError(f"The card of the run in {folder} is damaged; train it again.")
        cards[card["recipe"]].append(card)
    return {recipe: _summary(recipe, runs) for recipe, runs in sorted(cards.items())}


def _is_complete(card: checkpoint.Card) -> bool:
    """Whether a card has what a report takes from it, of the right types."""
    numbers = [*(card[figure] for figure in FIGURES), card.get("seed"), card.get("epochs")]
    return (
        re.fullmatch(r"[\w-]{1,40}", str(card.get("recipe")), re.ASCII) is not None
        and "settings" in card
        and all(type(number) in (int, float) and 0 <= number < 2**32 for number in numbers)
    )


def _summary(recipe: str, cards: list[checkpoint.Card]) -> dict[str, Any]:
    if any(card["settings"] != cards[0]["settings"] for card in cards):
        raise ReportError(f"The {recipe} runs were not made with the same settings.")
    cards = sorted(cards, key=lambda card: card["seed"])
    summary: dict[str, Any] = {
        "epochs": cards[0]["epochs"],
        "seeds": [card["seed"] for card in cards],
    }
    for figure in FIGURES:
        summary[figure] = spread([card[figure] for card in cards])
    return summary


def spread(values: Sequence[float]) -> dict[str, Any]:
    """Mean, standard deviation (of the sample; None for one value) and each value."""
    deviation = round(statistics.stdev(values), 4) if len(values) > 1 else None
    return {
        "mean": round(statistics.mean(values), 4),
        "standard_deviation": deviation,
        "each": [round(value, 4) for value in values],
    }


def save(results: dict[str, Any], folders: list[Path], place: Path) -> None:
    """Write ``results.json`` and ``histories/RECIPE-SEED.json`` into ``place``."""
    histories = place / "histories"
    histories.mkdir(parents=True, exist_ok=True)
    atomic.write_json(place / "results.json", results)
    for folder in folders:
        history, card = _history(folder), checkpoint.card(folder / WEIGHTS)
        name = f"{card['recipe']}-{card['seed']}.json"
        atomic.write_json(histories / name, history)


def _history(folder: Path) -> Any:
    path = folder / HISTORY
    try:
        return bounded.parse_json(bounded.read(path, checkpoint.LARGEST_FILE))
    except ValueError as error:
        raise ReportError(f"{path} is damaged; train that run again.") from error


END = "<!-- end -->"


def write_into(path: Path, command: str, text: str) -> None:
    """Put what a command has written into a document, between ``begin(command)`` and ``END``.

    Raises ReportError for a document without these.
    """
    first = begin(command)
    whole = path.read_text(encoding="utf-8") if path.exists() else f"{first}\n{END}\n"
    before, found, rest = whole.partition(first)
    _, end, after = rest.partition(END)
    if not (found and end):
        raise ReportError(f"{path} has no place for the table: {first} and {END}, on two lines.")
    atomic.write(path, f"{before}{first}\n\n{text}\n{END}{after}".encode())


def begin(command: str) -> str:
    """What stands in a document before what a command of ``python -m lenet`` writes there."""
    return f"<!-- begin: python -m lenet {command} -->"


def markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"
