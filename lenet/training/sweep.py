"""Many runs: networks, recipes, step sizes and seeds, trained side by side through joblib.

Every network gets the same search: the first seed is trained with every step size, and what reads
the held-back digits best is the step size of the other seeds. Only those runs look at the test set.
A run has a folder of its own, and counts once its ``result.json`` is there, which is written last;
a sweep that was killed goes on with the runs that have none.
"""

from __future__ import annotations

import dataclasses
import io
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, redirect_stderr
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lenet.files import atomic, bounded
from lenet.files.progress import Progress
from lenet.training.recipes import RECIPES, Recipe
from lenet.variants import named

RESULT = "result.json"
"""The file in a run's folder that says that the run has ended, and how."""

LARGEST_RESULT = 100_000  # bytes

_PATIENCE = 60  # seconds for a scheduler to answer


class SweepError(Exception):
    """A sweep cannot begin or go on; the message says why and what to do."""


@dataclass(frozen=True)
class Task:
    """One run: a network's name, a recipe's name, the step size and the seed."""

    network: str
    recipe: str
    step_size: float
    seed: int

    @property
    def folder(self) -> str:
        """The run's folder within the sweep's."""
        return f"{self.network}/{self.recipe}-{self.step_size:g}-{self.seed}"


@dataclass(frozen=True)
class Sweep:
    """A grid of runs in ``folder``; ``data`` is where MNIST lies."""

    networks: Sequence[str]
    recipes: Sequence[str]
    step_sizes: Sequence[float]
    seeds: Sequence[int]
    folder: Path
    data: Path | None = None
    epochs: int | None = None

    def search(self) -> list[Task]:
        """The runs that find each network's step size."""
        return [
            Task(network, recipe, step_size, self.seeds[0])
            for recipe in self.recipes
            for network in self.networks
            for step_size in self.step_sizes
        ]

    def chosen(self) -> list[Task]:
        """Every seed of every network with the step size that the search has found."""
        found = []
        for recipe in self.recipes:
            for network in self.networks:
                tried = [task for task in self.search() if task.recipe == recipe]
                tried = [task for task in tried if task.network == network]
                best = min(tried, key=self._held_back)
                found += [dataclasses.replace(best, seed=seed) for seed in self.seeds]
        return found

    def run(self, jobs: int = 1, scheduler: str | None = None) -> list[Any]:
        """Train what has no result yet, ``jobs`` runs at a time; returns the chosen ones' results.

        With the address of a Dask ``scheduler`` its workers train; they share ``folder``, and
        ``data`` if it is given. Raises SweepError if a worker is lost, or joblib or Dask is not
        installed; OSError if the disk is full. What has ended until then stays.
        """
        searched = self.search()
        trains = len(searched) + (len(self.seeds) - 1) * len(searched) // len(self.step_sizes)
        progress = Progress("Sweep", trains)
        with _workers(scheduler):
            self._train(searched, jobs, progress, before=0)
            others = [task for task in self.chosen() if task not in searched]
            self._train(others, jobs, progress, before=len(searched))
            progress.finish(f"{trains} runs")
            for _ in self._each(_tested, self.chosen(), jobs):
                pass
        return self.results()

    def results(self) -> list[Any]:
        """What the chosen runs have come to."""
        return [result_of(self.folder / task.folder) for task in self.chosen()]

    def _train(self, tasks: list[Task], jobs: int, progress: Progress, before: int) -> None:
        done = [task for task in tasks if self._has_ended(task)]
        progress.show(before + len(done))
        waiting = [task for task in tasks if task not in done]
        for number, task in enumerate(self._each(_trained, waiting, jobs), 1):
            progress.show(before + len(done) + number, task.folder)

    def _each(
        self, work: Callable[[Sweep, Task], Task], tasks: list[Task], jobs: int
    ) -> Iterator[Task]:
        import joblib
        from joblib.externals.loky.process_executor import TerminatedWorkerError

        run = joblib.Parallel(n_jobs=jobs, return_as="generator_unordered", pre_dispatch=jobs)
        try:
            yield from run(joblib.delayed(work)(self, task) for task in tasks)
        except Exception as error:
            if isinstance(error, TerminatedWorkerError) or type(error).__name__ == "KilledWorker":
                raise SweepError(
                    "A worker was lost, perhaps for want of memory. The runs that have ended are "
                    f"in {self.folder}; go on with --resume, perhaps with fewer --jobs."
                ) from error
            raise

    def recipe(self, task: Task) -> Recipe:
        """What a run is trained with."""
        recipe = RECIPES[task.recipe].with_rate(task.step_size)
        return dataclasses.replace(recipe, epochs=self.epochs or recipe.epochs)

    def _has_ended(self, task: Task) -> bool:
        """Whether a run's folder holds its result. Raises SweepError for one of other epochs."""
        if not (self.folder / task.folder / RESULT).is_file():
            return False
        epochs = result_of(self.folder / task.folder)["epochs"]
        if epochs != self.recipe(task).epochs:
            raise SweepError(
                f"{self.folder} holds runs of {epochs} epochs, not {self.recipe(task).epochs}; "
                "give the same --epochs, or name another --out."
            )
        return True

    def _held_back(self, task: Task) -> float:
        return float(result_of(self.folder / task.folder)["held_back_error_percent"])


def result_of(folder: Path) -> Any:
    """What a run's folder says of its end. Raises SweepError if that is damaged, or OSError."""
    try:
        return bounded.parse_json(bounded.read(folder / RESULT, LARGEST_RESULT))
    except ValueError as error:
        raise SweepError(
            f"{folder / RESULT} is damaged; delete it, and --resume trains that run again."
        ) from error


def _workers(scheduler: str | None) -> AbstractContextManager[Any]:
    """The backend that trains: this machine's processes, or a Dask cluster's."""
    try:
        import joblib

        if scheduler is None:
            return nullcontext()
        from distributed import Client

        client = Client(scheduler, timeout=_PATIENCE)
        context = joblib.parallel_config(
            backend="dask", client=client, wait_for_workers_timeout=_PATIENCE
        )
    except ModuleNotFoundError as error:
        raise SweepError(
            f"A sweep needs the package {error.name}: pip install -r requirements-dev.txt"
        ) from error
    except (OSError, TimeoutError) as error:
        raise SweepError(
            f"No Dask scheduler answers at {scheduler}: start one with `dask scheduler`, and "
            "name its address with --scheduler."
        ) from error
    return _OnCluster(context, client)


class _OnCluster:
    """A joblib configuration together with the client that it uses."""

    def __init__(self, context: Any, client: Any) -> None:
        self.context, self.client = context, client

    def __enter__(self) -> None:
        self.context.__enter__()

    def __exit__(self, *error: Any) -> None:
        self.context.__exit__(*error)
        self.client.close()


@cache
def _digits(data: Path | None) -> Any:
    """(to learn from, held back, to be tested with), once for each worker."""
    from lenet import mnist
    from lenet.training.dataset import LabelledImages

    digits, test = mnist.load("train", data), mnist.load("test", data)
    mask = mnist.held_back(digits)
    return tuple(map(LabelledImages.of, (digits.only(~mask), digits.only(mask), test)))


def _run(sweep: Sweep, task: Task) -> Any:
    from lenet.training.run import Run

    architecture = named(task.network).architecture
    return Run(sweep.recipe(task), task.seed, sweep.folder / task.folder, architecture)


def _trained(sweep: Sweep, task: Task) -> Task:
    """Train one run in a worker, from its last whole epoch if it has begun before."""
    import torch

    from lenet.training.run import STATE, TrainingError

    torch.set_num_threads(1)
    learned, held_back, _ = _digits(sweep.data)
    run = _run(sweep, task)
    if (run.folder / STATE).exists():
        try:
            run.resume()
        except TrainingError:  # another recipe's, or damaged: from the beginning
            shutil.rmtree(run.folder)
            run = _run(sweep, task)
    with redirect_stderr(io.StringIO()):  # the sweep has a progress bar of its own
        run.train(learned, held_back)
    atomic.write_json(
        run.folder / RESULT,
        {
            **dataclasses.asdict(task),
            "epochs": len(run.epochs),
            "parameters": run.architecture.parameters,
            "held_back_error_percent": run.epochs[-1]["held_back_error_percent"],
            "processor_seconds": run.curve[-1]["processor_seconds"],
        },
    )
    return task


def _tested(sweep: Sweep, task: Task) -> Task:
    """Look at the test set with a run's weights, unless that has been done."""
    import torch

    from lenet import checkpoint
    from lenet.training.evaluation import error_percent
    from lenet.training.run import WEIGHTS

    torch.set_num_threads(1)
    folder = sweep.folder / task.folder
    result = result_of(folder)
    if "test_error_percent" not in result:
        model = checkpoint.load(folder / WEIGHTS, named(task.network).architecture)
        error = error_percent(model, _digits(sweep.data)[2])
        atomic.write_json(folder / RESULT, {**result, "test_error_percent": error})
    return task
