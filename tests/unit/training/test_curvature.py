"""Curvatures are the Gauss-Newton diagonal, by Jacobians written out and by exact products."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor
from torch.autograd.functional import jacobian

from lenet import codes
from lenet.kinds import KINDS
from lenet.model import Network
from lenet.spec import CLASSES, Architecture, Layer, chained, everything, one_to_one
from lenet.squashing import AMPLITUDE, SLOPE
from lenet.training.curvature import Loss, curvatures
from lenet.variants import VARIANTS

SIDE = 6
INPUT = Layer("Input", "input", 2, 1, 1, ((), ()), None, pixels=SIDE)

KINDS_OF_SUMS = {
    "convolution": Layer("C1", "convolution", 3, 3, 1, everything(3, INPUT), INPUT),
    "table": Layer("C1", "convolution", 3, 3, 1, ((0,), (0, 1), (1,)), INPUT),
    "padded": Layer("C1", "convolution", 2, 3, 2, everything(2, INPUT), INPUT, padding=1),
    "local connection": Layer("C1", "local connection", 2, 3, 1, everything(2, INPUT), INPUT),
    "fixed convolution": Layer(
        "C1", "fixed convolution", 2, 3, 1, everything(2, INPUT), INPUT,
        filters=(((1.0, 0.0, -1.0),) * 3, ((0.5,) * 3, (-1.0,) * 3, (0.5,) * 3)),
    ),
    "sub-sampling": Layer("S1", "sub-sampling", 2, 2, 2, one_to_one(INPUT), INPUT),
    "average pooling": Layer("S1", "average pooling", 2, 2, 2, one_to_one(INPUT), INPUT),
    "max pooling": Layer("S1", "max pooling", 2, 3, 2, one_to_one(INPUT), INPUT, padding=1),
    "response normalisation": Layer(
        "N1", "response normalisation", 2, 1, 1, ((0, 1), (0, 1)), INPUT
    ),
}  # fmt: skip


def random_tensors(layer: Layer) -> dict[str, Tensor]:
    kind = KINDS[layer.kind]
    trained = {name: torch.randn(shape).double() for name, shape in layer.shapes.items()}
    fixed = {
        name: tensor.double() if tensor.is_floating_point() else tensor
        for name, tensor in kind.fixed(layer).items()
    }
    return {**fixed, **trained}


@pytest.mark.parametrize("name", KINDS_OF_SUMS)
def test_each_kind_passes_on_squared_jacobians(name: str) -> None:
    torch.manual_seed(3)
    layer = KINDS_OF_SUMS[name]
    kind, tensors = KINDS[layer.kind], random_tensors(layer)
    x = torch.randn(2, 2, SIDE, SIDE).double()
    h = torch.rand(kind.sums(layer, tensors, x).shape).double()
    found, back = kind.curvature(layer, tensors, x, h)
    expected = torch.zeros_like(x)
    for pattern in range(len(x)):
        one = x[pattern : pattern + 1]
        slopes = jacobian(lambda read: kind.sums(layer, tensors, read), one)
        expected[pattern] = (
            slopes[0, ..., 0, :, :, :] ** 2 * h[pattern, ..., None, None, None]
        ).sum((0, 1, 2))
    torch.testing.assert_close(back, expected)
    assert set(found) == set(layer.shapes)
    for key in found:
        per_use = torch.zeros_like(tensors[key])
        for pattern in range(len(x)):
            one = x[pattern : pattern + 1]

            def sums(value: Tensor, one: Tensor = one, key: str = key) -> Tensor:
                return kind.sums(layer, {**tensors, key: value}, one)[0]

            slopes = jacobian(sums, tensors[key])
            weights = h[pattern].reshape(h[pattern].shape + (1,) * tensors[key].ndim)
            per_use += (slopes**2 * weights).sum((0, 1, 2))
        torch.testing.assert_close(found[key], per_use)


def chain_of_single_units() -> Network:
    """One unit in each layer, so that the diagonal is all there is of the Hessian below."""
    image = Layer("Input", "input", 1, 1, 1, ((),), None, pixels=1)
    a = Layer("A", "full connection", 1, 1, 1, ((0,),), image, squash="tanh")
    b = Layer("B", "full connection", 1, 1, 1, ((0,),), a, squash="tanh")
    out = Layer("Output", "softmax", 2, 1, 1, ((0,), (0,)), b)
    return Network(Architecture("chain", chained((a, b, out)), CLASSES[:2])).double()


def test_where_layers_are_single_units_it_is_the_exact_gauss_newton_product() -> None:
    torch.manual_seed(5)
    model = chain_of_single_units()
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.normal_()
    x, labels = torch.randn(7, 1, 1, 1).double(), torch.randint(2, (7,))
    found = curvatures(model, x, labels, Loss())
    named = dict(model.named_parameters())

    def output_of(pattern: Tensor, name: str, value: Tensor) -> Tensor:
        changed = {**named, name: value}
        *_, (_, logits, _) = steps_with(model, changed, pattern)
        return logits.flatten()

    for name, parameter in named.items():
        expected = torch.zeros_like(parameter)
        for pattern in x.split(1):
            logits = output_of(pattern, name, parameter)
            p = logits.softmax(0)
            hessian = torch.diag(p) - p[:, None] * p
            slopes = jacobian(lambda v, p=pattern, n=name: output_of(p, n, v), parameter.detach())
            flat = slopes.reshape(2, -1)
            exact = torch.einsum("ik,ij,jk->k", flat, hessian, flat)
            diagonal = torch.einsum("ik,i,ik->k", flat, hessian.diagonal(), flat)
            # Of the two outputs the method keeps the diagonal, as everywhere.
            expected += diagonal.reshape(parameter.shape) / len(x)
            assert bool((exact >= -1e-12).all())
        torch.testing.assert_close(found[name], expected.detach())


def steps_with(
    model: Network, named: dict[str, Tensor], x: Tensor
) -> list[tuple[Layer, Tensor, Tensor]]:
    """``Network.steps`` with other parameters."""
    steps = []
    for layer in model.architecture.layers:
        own = {name: named[f"{layer.key}.{name}"] for name in layer.shapes}
        sums = KINDS[layer.kind].sums(layer, own, x)
        x = KINDS[layer.kind].values(layer, sums)
        steps.append((layer, sums, x))
    return steps


@pytest.mark.parametrize("rubbish", [None, 0.5, 8.0, 60.0])
def test_at_the_codes_it_is_the_loss_s_own_second_derivative(rubbish: float | None) -> None:
    torch.manual_seed(1)
    rows = torch.tensor(codes.DIGITS).reshape(10, 84).double()
    for label in (3, 8):
        f6 = (rows[label] * 0.9 + 0.3 * torch.randn(84)).double()

        def loss(values: Tensor, label: int = label) -> Tensor:
            penalties = ((values - rows) ** 2).sum(1)[None]
            return Loss(rubbish).of(penalties, torch.tensor([label]))

        exact = torch.autograd.functional.hessian(loss, f6).diagonal()
        penalties = ((f6 - rows) ** 2).sum(1)[None]
        found = Loss(rubbish).second_derivatives(f6.reshape(1, 84, 1, 1), penalties).flatten()
        torch.testing.assert_close(found, exact, rtol=1e-6, atol=1e-9)
        assert bool((found >= 0).all())


@pytest.mark.parametrize("name", VARIANTS)
def test_every_network_has_curvatures_that_are_not_negative(name: str) -> None:
    torch.manual_seed(0)
    model = Network(VARIANTS[name].architecture).eval()
    before = {key: value.clone() for key, value in model.state_dict().items()}
    x, labels = torch.rand(4, 1, 32, 32), torch.tensor([0, 3, 3, 9])
    found = curvatures(model, x, labels, Loss(20.0 if model.architecture.has_codes else None))
    assert {key: value.shape for key, value in found.items()} == model.architecture.shapes
    assert all(bool((value >= 0).all()) for value in found.values())
    assert all(torch.equal(before[key], value) for key, value in model.state_dict().items())
    # The mean over patterns, whatever their order and number.
    again = curvatures(model, x.flip(0).repeat(2, 1, 1, 1), labels.flip(0).repeat(2),
                       Loss(20.0 if model.architecture.has_codes else None))  # fmt: skip
    for key in found:
        torch.testing.assert_close(found[key], again[key], rtol=1e-4, atol=1e-7)


def test_with_eq_8_f6s_biases_have_twice_the_mean_squared_slope() -> None:
    torch.manual_seed(0)
    model = Network(VARIANTS["lenet5"].architecture).eval()
    x, labels = torch.rand(5, 1, 32, 32), torch.zeros(5, dtype=torch.int64)
    found = curvatures(model, x, labels, Loss())["f6.bias"]
    sums = next(sums for layer, sums, _ in model.steps(x) if layer.key == "f6")[:, :, 0, 0]
    slope = AMPLITUDE * SLOPE * (1 - torch.tanh(SLOPE * sums) ** 2)
    torch.testing.assert_close(found, 2 * (slope**2).mean(0))
    assert math.isclose(AMPLITUDE * SLOPE, 1.1439, rel_tol=1e-4)
