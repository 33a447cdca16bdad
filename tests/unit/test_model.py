"""The model, against the same network written in plain loops and the paper's formulas."""

from __future__ import annotations

import doctest
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import Tensor

from lenet import codes, model, spec
from lenet.model import LeNet5, squash
from lenet.trace import Trace
from lenet.training.losses import mle_loss
from tests.support import plain_lenet

PARAMETERS = {  # as the paper counts them, and how they are stored
    "c1": {"weight": (6, 1, 5, 5), "bias": (6,)},
    "s2": {"coefficient": (6,), "bias": (6,)},
    "c3": {"weight": (60, 5, 5), "bias": (16,)},
    "s4": {"coefficient": (16,), "bias": (16,)},
    "c5": {"weight": (120, 16, 5, 5), "bias": (120,)},
    "f6": {"weight": (84, 120, 1, 1), "bias": (84,)},
    "output": {},
}
COUNTS = {"c1": 156, "s2": 12, "c3": 1_516, "s4": 32, "c5": 48_120, "f6": 10_164, "output": 0}


def in_plain_loops(network: LeNet5, image: Tensor) -> dict[str, np.ndarray]:
    parameters = {name: value.detach().numpy() for name, value in network.named_parameters()}
    return plain_lenet.run(parameters, codes.DIGITS, image[0, 0].numpy())


def test_every_layer_equals_the_network_in_plain_loops(network: LeNet5, image: Tensor) -> None:
    expected = in_plain_loops(network, image)
    trace = Trace.of(network, image)
    for layer in spec.LAYERS:
        ours = trace[layer.key][0].detach().numpy()
        np.testing.assert_allclose(
            ours, expected[layer.key].reshape(ours.shape), rtol=1e-5, atol=2e-6
        )
    for key, sums in trace.before.items():
        np.testing.assert_allclose(
            sums[0].detach().numpy(), expected[f"{key} before"], rtol=1e-5, atol=2e-6
        )


def test_in_float64_it_equals_the_plain_loops_to_the_last_digits(
    network: LeNet5, image: Tensor
) -> None:
    expected = in_plain_loops(network.double(), image.double())["output"][:, 0, 0]
    ours = network(image.double())[0].detach().numpy()
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_it_stores_the_parameters_that_the_paper_counts_and_no_others(network: LeNet5) -> None:
    assert [name for name, _ in network.named_children()] == list(PARAMETERS)
    for name, module in network.named_children():
        stored = {key: tuple(value.shape) for key, value in module.named_parameters()}
        assert stored == PARAMETERS[name]
        assert sum(parameter.numel() for parameter in module.parameters()) == COUNTS[name]
    assert sum(COUNTS.values()) == 60_000
    assert set(network.state_dict()) == {name for name, _ in network.named_parameters()}


def test_c3_has_a_kernel_where_table_i_has_an_x_and_zeros_elsewhere(network: LeNet5) -> None:
    dense = network.c3.dense().detach()
    assert dense.shape == (16, 6, 5, 5)
    stored = iter(network.c3.weight)
    for c3, column in enumerate(plain_lenet.TABLE_I):
        for s2 in range(6):
            if str(s2) in column:
                assert torch.equal(dense[c3, s2], next(stored))
            else:
                assert not dense[c3, s2].any()
    assert next(stored, None) is None


def test_every_parameter_learns(network: LeNet5, image: Tensor) -> None:
    mle_loss(network(image), torch.tensor([3])).backward()
    for name, parameter in network.named_parameters():
        assert parameter.grad is not None, name
        learns = parameter.grad.reshape(len(parameter), -1).any(1)
        assert learns.all(), f"{name}: {int((~learns).sum())} of its maps do not learn"


def test_squashing_keeps_plus_and_minus_one_and_stays_below_its_amplitude() -> None:
    ones = squash(torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64))
    torch.testing.assert_close(
        ones, torch.tensor([-1.0, 0.0, 1.0], dtype=torch.float64), atol=1e-5, rtol=0
    )
    far = squash(torch.tensor([-1e6, 1e6]))
    torch.testing.assert_close(far, torch.tensor([-1.7159, 1.7159]))


@pytest.mark.parametrize(("height", "width", "rows", "columns"), [(32, 64, 1, 9), (40, 36, 3, 2)])
def test_a_larger_input_is_read_window_by_window(
    network: LeNet5, height: int, width: int, rows: int, columns: int
) -> None:
    wide = torch.empty(2, 1, height, width).uniform_(-0.1, 1.175)
    answers = network(wide)
    assert answers.shape == (2, 10, rows, columns)
    for row in range(rows):
        for column in range(columns):
            window = wide[:, :, 4 * row : 4 * row + 32, 4 * column : 4 * column + 32]
            torch.testing.assert_close(answers[:, :, row, column], network(window))


def test_images_of_a_batch_do_not_influence_each_other(network: LeNet5) -> None:
    batch = torch.empty(3, 1, 32, 32).uniform_(-0.1, 1.175)
    alone = torch.cat([network(image[None]) for image in batch])
    torch.testing.assert_close(network(batch), alone)


FAN_IN = {"c1.weight": 25, "c5.weight": 400, "f6.weight": 120}


@pytest.mark.parametrize(
    ("how", "bound"),
    [("sqrt", lambda fan_in: 1 / math.sqrt(fan_in)), ("paper", lambda fan_in: 2.4 / fan_in)],
)
def test_initial_weights_fill_the_stated_range(
    how: model.Initialisation, bound: Callable[[int], float]
) -> None:
    network = LeNet5(how)
    for name, fan_in in FAN_IN.items():
        assert_uniform(network.get_parameter(name), bound(fan_in))
    kernels = iter(network.c3.weight)
    for column in plain_lenet.TABLE_I:
        own = torch.stack([next(kernels) for _ in column])
        assert_uniform(own, bound(25 * len(column)))
    for name, parameter in network.named_parameters():
        if name.endswith("bias"):
            assert not parameter.any(), name
    coefficients = torch.cat([network.s2.coefficient, network.s4.coefficient])
    if how == "sqrt":
        assert (coefficients == 0.5).all()
    else:
        assert_uniform(coefficients, 2.4 / 4)


def assert_uniform(weights: Tensor, bound: float) -> None:
    """Within the bound, near it on both sides, and as spread as a uniform draw is."""
    weights = weights.detach()
    assert float(weights.abs().max()) <= bound
    assert float(weights.max()) > 0.7 * bound
    assert float(weights.min()) < -0.7 * bound
    assert float(weights.std()) == pytest.approx(bound / math.sqrt(3), rel=0.3)


def test_initialisation_repeats_with_the_seed_and_refuses_other_names() -> None:
    torch.manual_seed(7)
    first = LeNet5()
    torch.manual_seed(7)
    assert all(map(torch.equal, first.parameters(), LeNet5().parameters()))
    with pytest.raises(ValueError, match="must be 'sqrt' or 'paper', not 'xavier'"):
        first.initialise("xavier")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bad", "error", "said"),
    [
        ([[0.0]], TypeError, "float32 tensor of shape (N, 1, 32, 32) or larger, not list"),
        (np.zeros((1, 1, 32, 32), np.float32), TypeError, "not ndarray"),
        (torch.zeros(1, 1, 32, 32, dtype=torch.uint8), TypeError, "not torch.uint8"),
        (torch.zeros(1, 1, 32, 32, dtype=torch.float64), TypeError, "not torch.float64"),
        (torch.zeros(1, 1, 28, 28), ValueError, "not (1, 1, 28, 28)"),
        (torch.zeros(1, 3, 32, 32), ValueError, "not (1, 3, 32, 32)"),
        (torch.zeros(32, 32), ValueError, "not (32, 32)"),
        (torch.full((1, 1, 32, 32), math.nan), ValueError, "finite numbers"),
        (torch.full((1, 1, 32, 32), math.inf), ValueError, "finite numbers"),
    ],
)
def test_an_input_it_cannot_take_is_refused_in_a_sentence(
    network: LeNet5, bad: object, error: type[Exception], said: str
) -> None:
    with pytest.raises(error) as caught:
        network(bad)
    assert said in str(caught.value)
    assert str(caught.value).startswith("The network takes a float32 tensor")


def test_the_examples_in_the_documentation_run() -> None:
    assert doctest.testmod(model).attempted > 0
    assert doctest.testmod(model).failed == 0
