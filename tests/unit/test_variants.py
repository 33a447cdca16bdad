"""Every network of the family differs from LeNet-5 as it says, and has the parameters it says."""

from __future__ import annotations

import itertools

import pytest
import torch

import lenet
from lenet import spec
from lenet.checkpoint import CheckpointError
from lenet.model import Network, made
from lenet.spec import LENET5
from lenet.variants import (
    COMPARED_WITH,
    MODEL,
    RANDOM_TABLE,
    VARIANTS,
    UnknownNetworkError,
    Variant,
    named,
)

PARAMETERS = {
    "lenet5": 60_000, "lenet5-plain": 60_000, "softmax": 60_850, "average-pool": 59_956,
    "max-pool": 59_956, "overlapping-pool": 59_956, "full-c3": 60_900, "random-table": 60_000,
    "relu": 60_000, "sigmoid": 60_000, "textbook": 61_706, "response-norm": 60_000,
    "dropout": 60_000, "unshared": 182_148, "fully-connected": 310_510, "linear": 10_250,
    "lenet1": 104 + 8 + 512 + 24 + 1_930,
    # Halves: 2 x 8 maps of three maps each; 2 x 60 units of eight maps each.
    "two-towers": 156 + 12 + (48 * 25 + 16) + 32 + 120 * (8 * 25 + 1) + 10_164,
    "hand-made": 60_000 - 156,
}  # fmt: skip

CHANGED = {
    "lenet5": set(), "lenet5-plain": set(), "softmax": {"output"}, "average-pool": {"s2", "s4"},
    "max-pool": {"s2", "s4"}, "overlapping-pool": {"s2", "s4"}, "full-c3": {"c3"},
    "random-table": {"c3"}, "relu": {"c1", "s2", "c3", "s4", "c5"},
    "sigmoid": {"c1", "s2", "c3", "s4", "c5"}, "response-norm": set(), "dropout": {"c5", "f6"},
    "two-towers": {"c3", "c5"}, "unshared": {"c1"}, "hand-made": {"c1"},
}  # fmt: skip

every = pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS)


@every
def test_parameters_are_those_of_its_description(variant: Variant) -> None:
    assert variant.architecture.parameters == PARAMETERS[variant.name]
    model = made(variant.architecture)
    assert sum(p.numel() for p in model.parameters()) == PARAMETERS[variant.name]


@every
def test_it_reads_what_lenet5_reads(variant: Variant) -> None:
    penalties = made(variant.architecture).eval()(torch.zeros(2, 1, 32, 32))
    assert penalties.shape == (2, 10)
    assert bool((penalties >= 0).all())


@pytest.mark.parametrize("name", CHANGED)
def test_only_what_it_says_differs(name: str) -> None:
    assert set(VARIANTS[name].changed) == CHANGED[name]


@every
def test_layers_are_chained(variant: Variant) -> None:
    layers = (variant.architecture.input, *variant.architecture.layers)
    for before, layer in itertools.pairwise(layers):
        assert layer.before is before
        assert all(0 <= n < before.maps for reads in layer.reads for n in reads)
    assert layers[-1].size == 1
    assert layers[-1].maps == 10


@every
def test_pooled_maps_keep_lenet5s_sizes(variant: Variant) -> None:
    for key in ("s2", "s4"):
        if key in variant.architecture.by_key and variant.name != "lenet1":
            assert variant.architecture.layer(key).size == LENET5.layer(key).size


def test_the_random_table_has_as_many_kernels_as_table_i_at_other_places() -> None:
    reads = VARIANTS["random-table"].architecture.layer("c3").reads
    assert sum(map(len, reads)) == sum(map(len, spec.C3_READS)) == RANDOM_TABLE.count("X")
    assert reads != spec.C3_READS
    assert all(reads)
    assert {n for maps in reads for n in maps} == set(range(6))


def test_towers_do_not_see_each_other_below_f6() -> None:
    architecture = VARIANTS["two-towers"].architecture
    for unit in range(120):
        seen = set(architecture.layer("c5").sees_maps(unit, architecture.layer("s2")))
        assert seen == ({0, 1, 2} if unit < 60 else {3, 4, 5})
    assert architecture.layer("f6").reads_all


def test_the_hand_made_filters_are_blind_to_even_paper_and_differ() -> None:
    filters = VARIANTS["hand-made"].architecture.layer("c1").filters
    for kernel in filters:
        assert sum(map(sum, kernel)) == pytest.approx(0, abs=1e-9)
        assert sum(v for row in kernel for v in row if v > 0) == pytest.approx(2)
    assert len(set(filters)) == len(filters) == 6
    model = Network(VARIANTS["hand-made"].architecture)
    assert not any(name.startswith("c1") for name, _ in model.named_parameters())


def test_lenet1_reads_the_middle_of_the_picture() -> None:
    model = made(VARIANTS["lenet1"].architecture).eval()
    x = torch.rand(3, 1, 32, 32)
    around = x.clone()
    around[:, :, :2], around[..., -2:] = 9, -9
    assert torch.equal(model(x), model(around))
    assert torch.equal(model(x), model(x[:, :, 2:-2, 2:-2]))
    trace = lenet.Trace.of(model, x)
    assert trace.input.shape == (3, 1, 28, 28)
    assert trace["c3"].shape == (3, 12, 8, 8)


def test_dropout_is_for_training_alone() -> None:
    model, x = made(VARIANTS["dropout"].architecture), torch.rand(1, 1, 32, 32)
    same = made(LENET5)
    same.load_state_dict(model.state_dict())
    assert torch.equal(model.eval()(x), same.eval()(x))
    model.train()
    dropped = [after for layer, _, after in model.steps(x) if layer.key in ("c5", "f6")]
    for values in dropped:
        assert 0.2 < float((values == 0).float().mean()) < 0.8


@pytest.mark.parametrize("name", ["resnet", "", "Max-Pool", "lenet5 ", "../lenet5", "x" * 999])
def test_an_unknown_name_is_answered_with_those_there_are(name: str) -> None:
    with pytest.raises(UnknownNetworkError) as caught:
        named(name)
    assert all(known in str(caught.value) for known in VARIANTS)
    assert len(str(caught.value)) < 600


def test_loading_by_name() -> None:
    for name, variant in VARIANTS.items():
        model = lenet.load(name)
        assert model.architecture is variant.architecture
        assert not model.training
        answers = lenet.predict(model, torch.zeros(4, 1, 32, 32))
        assert answers.shape == (4,)
        assert answers.dtype == torch.int64
    with pytest.raises(UnknownNetworkError):
        lenet.load("resnet")
    with pytest.raises(CheckpointError):
        lenet.load("resnet.safetensors")


def test_what_others_are_compared_with_has_lenet5s_own_architecture() -> None:
    assert VARIANTS[COMPARED_WITH].architecture is VARIANTS[MODEL].architecture is LENET5
    assert next(iter(VARIANTS)) == MODEL


@every
def test_what_is_told_of_it_is_short(variant: Variant) -> None:
    assert 0 < len(variant.title()) <= 34
    assert variant.difference().endswith(".")


def test_all_weights_together_are_under_eight_megabytes() -> None:
    assert sum(variant.weights.stat().st_size for variant in VARIANTS.values()) < 8_000_000
