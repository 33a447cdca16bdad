"""What a sweep has come to: figures, curves and weights of every network, and the table in docs.

Weights are those of the seed that reads the held-back digits best. A level of training error is
reached where the error of a tenth of an epoch, measured while learning, is at most that.
"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from lenet import checkpoint
from lenet.analysis.results import CLAIMS, DISTORTED, HISTORIES, LEVELS, RESULTS
from lenet.files import atomic, bounded
from lenet.training.recipes import BUDGET, BUDGET_DISTORTED
from lenet.training.report import ReportError, markdown, spread
from lenet.training.run import HISTORY, LARGEST_HISTORY, WEIGHTS
from lenet.training.sweep import RESULT, result_of
from lenet.variants import COMPARED_WITH, VARIANTS

DISTORTIONS = DISTORTED.removeprefix(COMPARED_WITH)
"""What is added to the name of a network that was trained with the paper's distortions."""

_RECIPES = {BUDGET.name: "", BUDGET_DISTORTED.name: DISTORTIONS}

Run = dict[str, Any]
"""A run's ``result.json`` with its ``folder`` and its ``history``."""


def is_sweep(folder: Path) -> bool:
    """Whether a folder holds the runs of a sweep."""
    return any(folder.glob(f"*/*/{RESULT}"))


def collect(folder: Path) -> dict[str, Any]:
    """Every network's figures by its name, in the order of ``VARIANTS``.

    Raises ReportError for a folder in which no run was tested, or a run is damaged.
    """
    runs = _tested(folder)
    if not runs:
        raise ReportError(f"No run in {folder} has been tested; --resume the sweep first.")
    found: dict[str, Any] = {}
    for name, variant in VARIANTS.items():
        for recipe, ending in _RECIPES.items():
            mine = [run for run in runs if (run["network"], run["recipe"]) == (name, recipe)]
            if mine:
                counts = {
                    "parameters": variant.architecture.parameters,
                    "connections": variant.architecture.connections,
                    "multiply_adds": variant.architecture.multiply_adds,
                }
                found[name + ending] = counts | _figures(mine, _searched(folder, name, recipe))
    return found


def save(results: dict[str, Any], folder: Path, place: Path, data: Path | None) -> None:
    """Write ``results``, curves, weights and the answers to MNIST's test set into ``place``.

    ``place`` is the project's ``assets``, or a folder like it; ``data`` is where MNIST lies.
    """
    from lenet.training import recorded_answers

    variants = place / "variants"
    variants.mkdir(parents=True, exist_ok=True)
    atomic.write_json(variants / RESULTS, results)
    runs = {name: runs_of(folder, name) for name in results}
    curves = {name: [_curve(run) for run in mine] for name, mine in runs.items()}
    atomic.write(variants / HISTORIES, atomic.as_compact_json(curves))
    for name, mine in runs.items():
        if name in VARIANTS:
            _ship(name, min(mine, key=_held_back), results[name], variants)
    recorded_answers.save(variants, data)
    compared = [run["folder"] / WEIGHTS for run in runs[COMPARED_WITH]]
    atomic.write_json(variants / CLAIMS, recorded_answers.voting(compared, data))


def runs_of(folder: Path, name: str) -> list[Run]:
    """The runs behind an entry of the results, by seed."""
    network, _, distorted = name.partition("+")
    recipe = BUDGET_DISTORTED.name if distorted else BUDGET.name
    runs = [run for run in _tested(folder) if run["network"] == network]
    return [run for run in runs if run["recipe"] == recipe]


def table(results: dict[str, Any]) -> str:
    """The results as a Markdown table."""
    heads = [
        "network", "parameters", "connections", "multiply-adds", "step size",
        "test error in %", "held back", *(f"epochs to {level} %" for level in LEVELS),
        "processor time",
    ]  # fmt: skip
    rows = [_row(name, figures) for name, figures in results.items()]
    return markdown(heads, rows)


def _tested(folder: Path) -> list[Run]:
    """The runs that have looked at the test set, by network, recipe and seed."""
    runs = [_run(path.parent) for path in sorted(folder.glob(f"*/*/{RESULT}"))]
    tested = [run for run in runs if "test_error_percent" in run]
    return sorted(tested, key=lambda run: (run["network"], run["recipe"], run["seed"]))


def _run(folder: Path) -> Run:
    result = result_of(folder)
    try:
        history = bounded.parse_json(bounded.read(folder / HISTORY, LARGEST_HISTORY))
        return {**result, "folder": folder, "curve": history["curve"], "epoch": history["epochs"]}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ReportError(f"The run in {folder} is damaged; delete it and --resume.") from error


def _searched(folder: Path, network: str, recipe: str) -> dict[str, float]:
    """Held-back error by step size, in the seed that was searched with."""
    results = [result_of(path.parent) for path in folder.glob(f"{network}/{recipe}-*/{RESULT}")]
    first = min(result["seed"] for result in results)
    tried = {r["step_size"]: r["held_back_error_percent"] for r in results if r["seed"] == first}
    return {f"{step_size:g}": tried[step_size] for step_size in sorted(tried)}


def _figures(runs: list[Run], search: dict[str, float]) -> dict[str, Any]:
    return {
        "step_size": runs[0]["step_size"],
        "search": search,
        "seeds": [run["seed"] for run in runs],
        "epochs": runs[0]["epochs"],
        "test_error_percent": spread([run["test_error_percent"] for run in runs]),
        "held_back_error_percent": spread([_held_back(run) for run in runs]),
        "epochs_to": {
            str(level): _mean([_epochs_to(run, level) for run in runs]) for level in LEVELS
        },
        "seconds_to": {
            str(level): _mean([_seconds_to(run, level) for run in runs]) for level in LEVELS
        },
        "processor_seconds": spread([run["processor_seconds"] for run in runs]),
    }


def _mean(values: Sequence[float | None]) -> dict[str, Any] | None:
    """Mean and each, or None if a run never came so far."""
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return {"mean": round(statistics.mean(known), 2), "each": [round(one, 2) for one in known]}


def _reached(run: Run, level: float) -> dict[str, float] | None:
    """The first point of a run's curve at which the training error is at most ``level``."""
    return next((p for p in run["curve"] if p["training_error_percent"] <= level), None)


def _epochs_to(run: Run, level: float) -> float | None:
    point = _reached(run, level)
    whole = run["curve"][-1]["patterns"] / run["epochs"]
    return None if point is None else point["patterns"] / whole


def _seconds_to(run: Run, level: float) -> float | None:
    point = _reached(run, level)
    return None if point is None else point["processor_seconds"]


def _held_back(run: Run) -> float:
    return float(run["held_back_error_percent"])


def _curve(run: Run) -> dict[str, Any]:
    held_back = [epoch["held_back_error_percent"] for epoch in run["epoch"]]
    return {"seed": run["seed"], "curve": run["curve"], "held_back": held_back}


def _ship(name: str, run: Run, figures: dict[str, Any], place: Path) -> None:
    """Copy a run's weights, with a card that says how they were chosen."""
    variant = VARIANTS[name]
    model = checkpoint.load(run["folder"] / WEIGHTS, variant.architecture)
    card = checkpoint.card(run["folder"] / WEIGHTS)
    facts = {
        "network": name,
        **card,
        "test_error_percent": run["test_error_percent"],
        "chosen": "the seed with the smallest error on the held-back digits",
        "step_sizes_tried": figures["search"],
        "processor_seconds": run["processor_seconds"],
    }
    checkpoint.save(model, place / f"{name}.safetensors", facts)


def _row(name: str, figures: dict[str, Any]) -> list[str]:
    def measured(value: dict[str, Any], digits: int = 2) -> str:
        deviation = value["standard_deviation"]
        plus = "" if deviation is None else f" ± {deviation:.{digits}f}"
        return f"{value['mean']:.{digits}f}{plus}"

    epochs = [figures["epochs_to"][str(level)] for level in LEVELS]
    return [
        f"`{name}`",
        *(f"{figures[count]:,}" for count in ("parameters", "connections", "multiply_adds")),
        f"{figures['step_size']:g}",
        measured(figures["test_error_percent"]),
        measured(figures["held_back_error_percent"]),
        *("not reached" if one is None else f"{one['mean']:.1f}" for one in epochs),
        f"{figures['processor_seconds']['mean']:.0f} s",
    ]
