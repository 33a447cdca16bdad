"""What each textbook's choice does to the counts, against a network built that way."""

from __future__ import annotations

from torch import nn

from lenet.analysis import disagreements
from lenet.spec import LENET5
from lenet.variants import VARIANTS


def modern() -> nn.Module:
    """LeNet-5 as most textbooks build it."""
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.Tanh(),
        nn.AvgPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.Tanh(),
        nn.Linear(120, 84),
        nn.Tanh(),
        nn.Linear(84, 10),
    )


def effect(point: str) -> str:
    (found,) = [one.effect for one in disagreements.all_of_them() if one.point == point]
    return found


def test_the_textbooks_number_of_parameters_follows_from_their_choices() -> None:
    built = sum(parameter.numel() for parameter in modern().parameters())
    assert built == 61_706
    assert f"= {built:,}:" in effect("Parameters")


def test_each_choice_has_its_own_figure() -> None:
    network = modern()
    assert isinstance(network, nn.Sequential)
    softmax = sum(parameter.numel() for parameter in network[-1].parameters())
    c3 = sum(parameter.numel() for parameter in network[3].parameters())
    assert f"= {softmax} more" in effect("Output")
    assert effect("Sub-sampling").startswith("44 fewer")
    assert effect("C3").startswith(f"{c3:,} parameters in place of 1,516 and 241,600")


def test_every_point_names_the_papers_section() -> None:
    points = disagreements.all_of_them()
    assert len({one.point for one in points}) == len(points) == 7
    assert all("II.B" in one.section for one in points)


def networks(point: str) -> list[str]:
    (found,) = [one.networks for one in disagreements.all_of_them() if one.point == point]
    return list(found)


def test_the_networks_of_a_point_have_what_is_often_seen_there_and_nothing_else() -> None:
    changed = {
        "Output": {"output"},
        "Sub-sampling": {"s2", "s4"},
        "C3": {"c3"},
        "Squashing": {"c1", "s2", "c3", "s4", "c5"},
    }
    for point, keys in changed.items():
        assert networks(point)
        for name in networks(point):
            assert set(VARIANTS[name].changed) == keys, name
    for point in ("Input", "C5"):
        assert not networks(point), "nothing about it was trained"


def test_their_counts_are_those_that_the_point_says() -> None:
    (softmax,), (full,), (textbook,) = map(networks, ("Output", "C3", "Parameters"))
    gained = VARIANTS[softmax].architecture.parameters - LENET5.parameters
    assert f"= {gained} more" in effect("Output")
    c3 = VARIANTS[full].architecture.layer("c3")
    assert effect("C3").startswith(f"{c3.parameters:,} parameters")
    assert f"= {VARIANTS[textbook].architecture.parameters:,}:" in effect("Parameters")
    for name in networks("Sub-sampling"):
        lost = LENET5.parameters - VARIANTS[name].architecture.parameters
        assert effect("Sub-sampling").startswith(f"{lost} fewer")
