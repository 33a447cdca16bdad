"""``python -m lenet`` says what a person and a program need, and errs in one sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from lenet import checkpoint, cli, samples, spec
from lenet.files.picture_formats import FORMATS
from lenet.training import run

needs_mnist = pytest.mark.skipif(
    "LENET_DATA" not in os.environ, reason="LENET_DATA names no copy of MNIST"
)


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    """A sample of a 3 and of an 8, as people save them: one grey, one colour with alpha."""
    images = samples.load()
    files = []
    for label, mode in ((3, "L"), (8, "RGBA")):
        image = 255 - images.images[images.labels == label][0]
        files.append(tmp_path / f"{label}.png")
        Image.fromarray(np.pad(image, 10, constant_values=255)).convert(mode).save(files[-1])
    return files


def test_predict_reads_pictures_one_json_object_a_line(
    pictures: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["predict", *map(str, pictures), "--json"]) == 0
    answers = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [answer["digit"] for answer in answers] == [3, 8]
    for answer, file in zip(answers, pictures, strict=True):
        assert answer["file"] == str(file)
        assert len(answer["distances"]) == 10
        assert answer["distances"][answer["digit"]] == min(answer["distances"])
        assert answer["rejected"] == (min(answer["distances"]) > checkpoint.rejection_distance())


def test_predict_says_that_a_blank_sheet_is_blank(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    blank = tmp_path / "blank.jpg"
    Image.new("RGB", (300, 200), "white").save(blank)
    assert cli.main(["predict", str(blank), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {"file": str(blank), "digit": None, "rejected": False, "distances": None}
    assert cli.main(["predict", str(blank)]) == 0
    assert "No digit can be told from the paper" in capsys.readouterr().out


def test_predict_goes_on_after_a_file_that_it_cannot_read(
    pictures: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.png").write_text("not a picture")
    files = [tmp_path / "none.png", pictures[0], tmp_path / "no.png", tmp_path, pictures[1]]
    assert cli.main(["predict", *map(str, files), "--json"]) == 1
    written = capsys.readouterr()
    answers = [json.loads(line) for line in written.out.splitlines()]
    assert [(answer["file"], answer["digit"]) for answer in answers] == [
        (str(pictures[0]), 3),
        (str(pictures[1]), 8),
    ]
    complaints = written.err.splitlines()
    assert len(complaints) == 3
    assert "There is no file" in complaints[0]
    assert "please send a PNG" in complaints[1]
    assert str(tmp_path) in complaints[2]


def test_predict_says_that_there_are_several_digits(
    pictures: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    both = np.hstack([np.asarray(Image.open(file).convert("L")) for file in pictures])
    pair = tmp_path / "pair.png"
    Image.fromarray(both).resize((8 * both.shape[1], 8 * both.shape[0])).save(pair)
    assert cli.main(["predict", str(pair), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["digit"] is None
    assert [one["digit"] for one in answer["digits"]] == [3, 8]
    assert answer["digits"][0]["box"][2] < answer["digits"][1]["box"][0]
    assert cli.main(["predict", str(pair)]) == 0
    assert "2 digits, from left to right" in capsys.readouterr().out


def test_predict_speaks_to_people(pictures: list[Path], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["predict", str(pictures[0])]) == 0
    assert "3" in capsys.readouterr().out.removeprefix(str(pictures[0]))


def foreign_weights(folder: Path) -> list[str]:
    (folder / "w.safetensors").write_bytes(b"nothing")
    return ["evaluate", "--checkpoint", str(folder / "w.safetensors")]


def a_run_is_there(folder: Path) -> list[str]:
    (folder / run.STATE).write_bytes(b"")
    return ["train", "--out", str(folder)]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (foreign_weights, "does not hold the weights"),
        (lambda folder: ["evaluate", "--data", str(folder)], "t10k-images-idx3-ubyte.gz"),
        (lambda folder: ["data", "--data", str(folder / "none")], "put the files there"),
        (lambda folder: ["train", "--resume", "--out", str(folder)], "start without --resume"),
        (lambda folder: ["train", "--epochs", "0", "--out", str(folder)], "at least 1"),
        (lambda folder: ["train", "--seed", "-1", "--out", str(folder)], "--seed must be"),
        (lambda folder: ["report", str(folder)], "There is no file"),
        (lambda folder: ["report"], "--answers"),
        (lambda folder: ["report", "--answers", str(folder)], "not both"),
        (lambda folder: ["report", "--checkpoint", "w", str(folder)], "is for --answers"),
        (lambda folder: ["report", "--answers", "--table", "t"], "folder of a sweep"),
        (a_run_is_there, "already holds a run"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_code_2(
    command, says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(command(tmp_path)) == 2
    written = capsys.readouterr()
    assert says in written.err
    assert written.err.count("\n") == 1
    assert not written.out


@pytest.mark.parametrize("command", ["", "train", "evaluate", "predict", "report", "data"])
def test_help_explains(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        cli.main([*command.split(), "--help"])
    assert end.value.code == 0
    assert "usage: python -m lenet" in capsys.readouterr().out


def test_help_names_every_format_that_can_be_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cli, "FORMATS", (*FORMATS, "another"))
    with pytest.raises(SystemExit):
        cli.main(["predict", "--help"])
    told = capsys.readouterr().out
    assert all(kind in told for kind in (*FORMATS, "another"))


def test_the_command_exists() -> None:
    shown = subprocess.run(
        [sys.executable, "-m", "lenet", "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert all(command in shown for command in ("train", "evaluate", "predict", "data"))


@needs_mnist
def test_evaluate_prints_what_programs_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["evaluate", "--data", os.environ["LENET_DATA"], "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["test_error_percent"] <= 0.95, "the paper's figure without distortions"
    assert figures["parameters"] == spec.PARAMETERS
    assert figures["checkpoint"] == str(checkpoint.SHIPPED)
    recorded = checkpoint.card()["test_error_percent"]
    assert recorded is None or figures["test_error_percent"] == pytest.approx(recorded)


@needs_mnist
def test_data_says_where_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["data", "--data", os.environ["LENET_DATA"], "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found == {"folder": os.environ["LENET_DATA"], "train": 60_000, "test": 10_000}


def test_page_writes_one_file_in_the_language_that_is_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "page.html"
    assert cli.main(["page", str(file), "--json", "--lang", "en"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer == {
        "file": str(file),
        "bytes": file.stat().st_size,
        "network": checkpoint.identity(checkpoint.read()),
    }
    assert file.read_bytes().startswith(b"<!doctype html>")
    assert cli.main(["page", str(file), "--lang", "xx"]) == cli.MISTAKE
    assert "--lang must be one of en" in capsys.readouterr().err
    assert cli.main(["page", str(tmp_path / "nowhere" / "page.html")]) == cli.MISTAKE
    assert str(tmp_path / "nowhere") in capsys.readouterr().err


def test_page_is_made_of_other_weights_too_and_of_none_that_are_damaged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = tmp_path / "weights.safetensors"
    weights.write_bytes(checkpoint.SHIPPED.read_bytes())
    file = tmp_path / "page.html"
    assert cli.main(["page", str(file), "--checkpoint", str(weights)]) == 0
    file.unlink()
    weights.write_bytes(checkpoint.SHIPPED.read_bytes()[:-100])
    assert cli.main(["page", str(file), "--checkpoint", str(weights)]) == cli.MISTAKE
    assert str(weights) in capsys.readouterr().err
    assert not file.exists()


def test_tour_tells_every_fault_and_makes_a_link(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from lenet.tour import link, reading

    step = "\n  - {id: one, page: draw, title: t, do: {text: d, until: drawn}, see: {text: s}}"
    file = tmp_path / "tour.yaml"
    file.write_text("title: x\nsteps:" + step)
    assert cli.main(["tour", str(file), "--link", "https://example.org/app/"]) == 0
    said, address = capsys.readouterr().out.splitlines()
    assert "fine, 1 step." in said
    start, text = address.split("?tour=")
    assert start == "https://example.org/app/tour"
    assert link.read(text) == file.read_bytes()
    file.write_text("title: x\nsteps:" + step.replace("draw,", "home,") + step)
    assert cli.main(["tour", str(file)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "Line 3, steps.1.page",
        "Line 4, steps.2.id",
    ]
    assert cli.main(["tour", str(file), "--json"]) == 1
    faults = json.loads(capsys.readouterr().out)["faults"]
    assert [(fault["line"], fault["field"]) for fault in faults] == [
        (3, "steps.1.page"),
        (4, "steps.2.id"),
    ]
    file.write_text("#" * (reading.MOST_BYTES + 1))
    assert cli.main(["tour", str(file)]) == 2
    assert "bytes" in capsys.readouterr().err
    assert cli.main(["tour", str(tmp_path / "none.yaml")]) == 2
