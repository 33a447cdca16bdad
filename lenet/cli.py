"""``python -m lenet``: the library without a browser."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lenet.files.picture_formats import FORMATS
from lenet.training.recipes import BUDGET, DISTORTED, RECIPES, STEP_SIZES, OneCycle
from lenet.variants import MODEL, VARIANTS, UnknownNetworkError, Variant, named

MISTAKE = 2
"""Exit code after an error that the person at the keyboard can do something about."""


UNREADABLE = 1
"""Exit code after some of many files could not be read, and all others were."""


class UsageError(Exception):
    """Arguments that cannot be used; the message says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a mistake is one sentence on standard error."""
    options = parser().parse_args(arguments)  # --help answers before torch is loaded
    from lenet.checkpoint import CheckpointError
    from lenet.ink import InkError
    from lenet.mnist import DataError
    from lenet.training.report import ReportError
    from lenet.training.run import TrainingError
    from lenet.training.sweep import SweepError

    mistakes = (
        DataError, CheckpointError, InkError, TrainingError, ReportError, SweepError, UsageError
    )  # fmt: skip
    try:
        status = options.command(options)
    except mistakes as error:
        sys.stderr.write(f"{error}\n")
        return MISTAKE
    except OSError as error:
        sys.stderr.write(f"{error.filename or 'A file'} cannot be used: {error.strerror}.\n")
        return MISTAKE
    except KeyboardInterrupt:
        sys.stderr.write("\nInterrupted.\n")
        return 130
    return status or 0


def parser() -> argparse.ArgumentParser:
    """All commands with their options; importing no torch, so that --help is quick."""
    whole = argparse.ArgumentParser(
        prog="python -m lenet", description="LeNet-5 as published in 1998, on the command line."
    )
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, run: Callable[[argparse.Namespace], int | None], what: str) -> Any:
        one = commands.add_parser(name, help=what, description=what[0].upper() + what[1:] + ".")
        one.set_defaults(command=run)
        return one

    def data(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "--data", type=Path, metavar="DIR", help="folder with the four files of MNIST"
        )

    def machine(one: argparse.ArgumentParser, what: str) -> None:
        one.add_argument("--json", action="store_true", help=f"print {what}")

    train = command("train", _train, "train a network, on one processor core")
    _network(train)
    train.add_argument(
        "--recipe", choices=RECIPES, default=DISTORTED.name, help="default: %(default)s"
    )
    train.add_argument("--seed", type=int, default=0, help="same seed, same weights (default: 0)")
    train.add_argument("--epochs", type=int, metavar="N", help="other than the recipe's own")
    train.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="where the run is saved (default: runs/RECIPE-SEED, or runs/NETWORK-RECIPE-SEED)",
    )
    train.add_argument("--resume", action="store_true", help="continue the run in that folder")
    data(train)
    machine(train, "the model card as JSON at the end")

    sweep = command("sweep", _sweep, "train many networks, step sizes and seeds side by side")
    sweep.add_argument(
        "--networks",
        nargs="+",
        metavar="NAME",
        default=[name for name in VARIANTS if name != MODEL],
        help=f"some of {', '.join(VARIANTS)} (default: all but {MODEL})",
    )
    sweep.add_argument(
        "--recipes",
        nargs="+",
        choices=[name for name, one in RECIPES.items() if isinstance(one.method, OneCycle)],
        default=[BUDGET.name],
        help="default: budget",
    )
    sweep.add_argument(
        "--step-sizes",
        nargs="+",
        type=float,
        metavar="RATE",
        default=list(STEP_SIZES),
        help="learning rates that the first seed is trained with; the best goes on (default: "
        f"{' '.join(map(str, STEP_SIZES))})",
    )
    sweep.add_argument(
        "--seeds", nargs="+", type=int, metavar="N", default=[0, 1, 2], help="default: 0 1 2"
    )
    sweep.add_argument("--epochs", type=int, metavar="N", help="other than the recipe's own")
    sweep.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=Path("runs/sweep"),
        help="one folder for each run (default: %(default)s)",
    )
    sweep.add_argument("--jobs", type=int, default=1, metavar="N", help="runs at a time")
    sweep.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="a Dask scheduler whose workers train, and share the folders --out and --data",
    )
    sweep.add_argument("--resume", action="store_true", help="go on with the sweep in that folder")
    data(sweep)
    machine(sweep, "the results as one JSON list")

    record = command("record", _record, "train the runs that the page about training shows")
    record.add_argument(
        "runs", nargs="*", metavar="RUN", help="some of the runs (default: all, which takes hours)"
    )
    record.add_argument(
        "--work",
        type=Path,
        metavar="DIR",
        default=Path("runs/recorded"),
        help="one folder for each run; what is there goes on (default: %(default)s)",
    )
    record.add_argument(
        "--out", type=Path, metavar="DIR", help="then write what the page shows of all runs there"
    )
    record.add_argument(
        "--table", type=Path, metavar="FILE", help="also write their errors there, as Markdown"
    )
    data(record)

    evaluate = command("evaluate", _evaluate, "measure the error of a network on MNIST's test set")
    _network(evaluate)
    _weights(evaluate)
    data(evaluate)
    machine(evaluate, "one JSON object")

    predict = command("predict", _predict, "read the digits in pictures")
    predict.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar="FILE",
        help=f"a {', '.join(FORMATS[:-1])} or {FORMATS[-1]}",
    )
    _network(predict)
    _weights(predict)
    machine(predict, "one JSON object for each picture, on a line of its own")

    page = command("page", _page, "make one HTML file of the draw page, to take along or to host")
    page.add_argument("file", type=Path, metavar="FILE", help="the file to write")
    page.add_argument(
        "--lang",
        metavar="LANGUAGE",
        help="the language to begin with (default: the reader's browser says)",
    )
    _weights(page)
    machine(page, "one JSON object")

    report = command("report", _report, "put the figures of finished runs together")
    report.add_argument(
        "runs", nargs="*", type=Path, metavar="DIR", help="folder of a run, or of a sweep"
    )
    report.add_argument(
        "--answers",
        action="store_true",
        help="instead of runs: what a network answers to the test set, for the page of mistakes",
    )
    _weights(report)
    report.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        help="also keep results.json and the histories there, and a sweep's networks",
    )
    report.add_argument(
        "--table", type=Path, metavar="FILE", help="also write a sweep's table there, as Markdown"
    )
    data(report)

    tour = command("tour", _tour, "look for faults in a tour of your own")
    tour.add_argument("file", type=Path, metavar="FILE", help="a YAML file, see docs/tour.md")
    tour.add_argument(
        "--link", metavar="ADDRESS", help="also print a link to it on the app at that address"
    )
    machine(tour, "one JSON object")

    fetch = command("data", _data, "find MNIST, or download it, and make sure that it is MNIST")
    fetch.add_argument(
        "--packaged",
        type=Path,
        metavar="FILE",
        help="also write the 5,000 digits that a browser trains with, as assets/training/digits.gz",
    )
    data(fetch)
    machine(fetch, "one JSON object")
    return whole


def _weights(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--checkpoint", type=Path, metavar="FILE", help="weights (default: the shipped ones)"
    )


def _network(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--network",
        default=MODEL,
        metavar="NAME",
        help=f"one of {', '.join(VARIANTS)} (default: %(default)s)",
    )


def _train(options: argparse.Namespace) -> None:
    import torch

    from lenet import mnist
    from lenet.training.dataset import LabelledImages
    from lenet.training.run import STATE, Run

    torch.set_num_threads(1)  # more threads gain little here and would change how sums round
    recipe = RECIPES[options.recipe]
    variant = _named(options.network)
    if options.epochs is not None:
        if options.epochs < 1:
            raise UsageError("--epochs must be at least 1.")
        recipe = dataclasses.replace(recipe, epochs=options.epochs)
    if not 0 <= options.seed < 2**32:
        raise UsageError("--seed must be a whole number from 0 to 4,294,967,295.")
    name = f"{recipe.name}-{options.seed}"
    if variant.name != MODEL:
        name = f"{variant.name}-{name}"
    folder = options.out or Path("runs") / name
    run = Run(recipe, options.seed, folder, variant.architecture)
    if options.resume:
        run.resume()
    elif (folder / STATE).exists():
        raise UsageError(f"{folder} already holds a run; --resume it, or name another --out.")
    digits = mnist.load("train", options.data)
    test = mnist.load("test", options.data)
    mask = mnist.held_back(digits)
    held_back = LabelledImages.of(digits.only(mask))
    try:
        run.train(LabelledImages.of(digits.only(~mask)), held_back)
    except KeyboardInterrupt:
        how = "--resume goes on after it" if run.epochs else "it cannot be resumed yet"
        sys.stderr.write(f"\n{folder} has the weights of epoch {len(run.epochs)}; {how}.")
        raise
    card = run.conclude(held_back, LabelledImages.of(test))
    if options.json:
        _say(json.dumps(card))
    else:
        _say(
            f"{folder}: {card['held_back_error_percent']:.2f} % wrong of the digits held back, "
            f"{card['test_error_percent']:.2f} % of the test set."
        )


def _sweep(options: argparse.Namespace) -> None:
    from lenet.training import comparison
    from lenet.training.sweep import Sweep

    for name in options.networks:
        _named(name)
    if options.epochs is not None and options.epochs < 1:
        raise UsageError("--epochs must be at least 1.")
    if options.jobs < 1:
        raise UsageError("--jobs must be at least 1.")
    if not all(0 <= seed < 2**32 for seed in options.seeds):
        raise UsageError("--seeds must be whole numbers from 0 to 4,294,967,295.")
    if not all(0 < rate <= 1 for rate in options.step_sizes):
        raise UsageError("--step-sizes must be above 0 and at most 1.")
    if options.out.exists() and any(options.out.iterdir()) and not options.resume:
        raise UsageError(f"{options.out} already holds runs; --resume them, or name another --out.")
    sweep = Sweep(
        tuple(dict.fromkeys(options.networks)),
        tuple(dict.fromkeys(options.recipes)),
        tuple(dict.fromkeys(options.step_sizes)),
        tuple(dict.fromkeys(options.seeds)),
        options.out.resolve(),
        options.data and options.data.resolve(),
        options.epochs,
    )
    results = sweep.run(options.jobs, options.scheduler)
    if options.json:
        _say(json.dumps(results))
    else:
        _say(comparison.table(comparison.collect(options.out)))


def _record(options: argparse.Namespace) -> None:
    import torch

    from lenet.training import recorded, report

    torch.set_num_threads(1)
    for name in options.runs:
        if name not in recorded.TASKS:
            known = ", ".join(recorded.TASKS)
            raise UsageError(f"There is no run {name}; there are {known}.")
    for name in options.runs or recorded.TASKS:
        recorded.record(recorded.TASKS[name], options.work, options.data)
    if options.table and not options.out:
        raise UsageError("--table needs --out.")
    if options.out:
        index = recorded.collect(options.work, options.out, options.data)
        if options.table:
            report.write_into(options.table, "record", recorded.table(index))
        _say(f"{options.out}: {', '.join(index['runs'])}")


def _named(name: str) -> Variant:
    try:
        return named(name)
    except UnknownNetworkError as error:
        raise UsageError(str(error)) from error


def _evaluate(options: argparse.Namespace) -> None:
    from lenet import checkpoint, mnist
    from lenet.training.dataset import LabelledImages
    from lenet.training.evaluation import error_percent

    variant = _named(options.network)
    path = options.checkpoint or variant.weights
    model = checkpoint.load(path, variant.architecture)
    test = LabelledImages.of(mnist.load("test", options.data))
    parameters = variant.architecture.parameters
    figures = {
        "test_error_percent": round(error_percent(model, test), 4),
        "test_images": len(test),
        "parameters": parameters,
        "network": variant.name,
        "checkpoint": str(path),
    }
    if options.json:
        _say(json.dumps(figures))
    else:
        _say(
            f"{figures['test_error_percent']:.2f} % of the {len(test):,} test digits are read "
            f"wrongly by the {parameters:,} parameters in {path}."
        )


def _predict(options: argparse.Namespace) -> int:
    import torch

    from lenet import checkpoint
    from lenet.answer import Answer
    from lenet.drawing import photo

    variant = _named(options.network)
    path, architecture = options.checkpoint or variant.weights, variant.architecture
    model, rejection = checkpoint.load(path, architecture), checkpoint.rejection_distance(path)
    status = 0
    for file in options.files:
        try:
            found = photo.find(_picture(file)).digits
        except UsageError as error:
            sys.stderr.write(f"{error}\n")
            status = UNREADABLE
            continue
        with torch.inference_mode():
            distances = [model(digit.input)[0].tolist() for digit in found]
        answers = [Answer.of(penalties, rejection, architecture) for penalties in distances]
        if options.json:
            one = answers[0] if len(answers) == 1 else None
            result = {
                "file": str(file),
                "digit": one.digit if one else None,
                "rejected": one.rejected if one else False,
                "distances": distances[0] if one else None,
            }
            if len(answers) > 1:
                result["digits"] = [
                    {
                        "digit": answer.digit,
                        "rejected": answer.rejected,
                        "distances": penalties,
                        "box": digit.box,
                    }
                    for answer, penalties, digit in zip(answers, distances, found, strict=True)
                ]
            _say(json.dumps(result))
        elif not answers:
            _say(f"{file}: No digit can be told from the paper in this picture.")
        elif len(answers) == 1:
            _say(f"{file}: {answers[0].sentence}")
        else:
            _say(f"{file}: {len(answers)} digits, from left to right:")
            for answer in answers:
                _say(f"  {answer.sentence}")
    return status


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _picture(file: Path) -> Any:
    """The pixels of a picture, (h, w, 4) uint8. Raises UsageError."""
    from lenet.files import bounded, picture_file

    try:
        return picture_file.pixels(bounded.read(file, picture_file.MOST_BYTES))
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}.") from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    except (bounded.TooLargeError, picture_file.PictureError) as error:
        raise UsageError(f"{file}: {error}") from error


def _page(options: argparse.Namespace) -> None:
    from lenet import catalogue

    if options.lang not in (None, *catalogue.LANGUAGES):
        raise UsageError(f"--lang must be one of {', '.join(catalogue.LANGUAGES)}.")
    import torch

    from lenet import checkpoint
    from lenet.browser import single_file
    from lenet.files import atomic

    torch.set_num_threads(1)  # so that the same network gives the same file
    weights = checkpoint.read(options.checkpoint)
    rejection = checkpoint.rejection_distance(options.checkpoint)
    content = single_file.build(weights, rejection, checkpoint.filled(weights), options.lang)
    atomic.write(options.file, content)
    identity = checkpoint.identity(weights)
    if options.json:
        _say(json.dumps({"file": str(options.file), "bytes": len(content), "network": identity}))
    else:
        _say(f"{options.file}: {len(content):,} bytes; it opens in any browser, with no network.")


def _tour(options: argparse.Namespace) -> int:
    from lenet.files import bounded
    from lenet.tour import link, reading

    try:
        content = bounded.read(options.file, reading.MOST_BYTES)
        steps = len(reading.read(content).steps)
    except bounded.TooLargeError as error:
        raise UsageError(f"{options.file}: {error}.") from error
    except reading.TourError as error:
        if options.json:
            faults = [dataclasses.asdict(fault) for fault in error.faults]
            _say(json.dumps({"file": str(options.file), "faults": faults}))
        else:
            for fault in error.faults:
                _say(f"{options.file}: {fault}")
        return UNREADABLE
    said: dict[str, Any] = {"file": str(options.file), "faults": [], "steps": steps}
    if options.link is not None:
        text = link.write(content)
        if text is None:
            raise UsageError(
                f"{options.file} is fine, but too long for a link; put it into the folder tours/ "
                "beside app.py instead, see docs/tour.md."
            )
        said["link"] = f"{options.link.rstrip('/')}/tour?tour={text}"
    if options.json:
        _say(json.dumps(said))
    else:
        _say(f"{options.file}: fine, {steps} step{'s' if steps != 1 else ''}.")
        if "link" in said:
            _say(said["link"])
    return 0


def _report(options: argparse.Namespace) -> None:
    from lenet.training import comparison, report

    if options.answers == bool(options.runs):
        raise UsageError("Name folders of runs, or --answers, and not both.")
    if options.answers:
        _report_answers(options)
        return
    if options.checkpoint:
        raise UsageError("--checkpoint is for --answers.")
    sweeps = [folder for folder in options.runs if comparison.is_sweep(folder)]
    if sweeps and len(options.runs) > 1:
        raise UsageError("A sweep is reported alone: name its folder and no other.")
    if options.table and not sweeps:
        raise UsageError("--table is for the folder of a sweep.")
    if not sweeps:
        results = report.collect(options.runs)
        if options.out:
            report.save(results, options.runs, options.out)
    else:
        results = comparison.collect(options.runs[0])
        if options.out:
            comparison.save(results, options.runs[0], options.out, options.data)
        if options.table:
            report.write_into(options.table, "report", comparison.table(results))
    _say(json.dumps(results, indent=2))


def _report_answers(options: argparse.Namespace) -> None:
    from lenet.analysis import mistakes
    from lenet.training import map_of_f6, recorded_answers

    if options.table:
        raise UsageError("--table is for the folder of a sweep.")
    place = (options.out or Path("assets")) / mistakes.FOLDER.name
    found = recorded_answers.save_distances(place, options.checkpoint, options.data)
    found |= map_of_f6.save(place, options.checkpoint)
    _say(json.dumps(found, indent=2))


def _data(options: argparse.Namespace) -> None:
    from lenet import mnist, packaged_digits
    from lenet.files import atomic

    found = {part: len(mnist.load(part, options.data)) for part in mnist.FILES}
    folder = mnist.locate(options.data)
    if options.packaged:
        atomic.write(options.packaged, packaged_digits.pack(mnist.load("train", options.data)))
    if options.json:
        _say(json.dumps({"folder": str(folder), **found}))
    else:
        _say(f"{folder}: {found['train']:,} training and {found['test']:,} test digits, verified.")
