"""The kinds of layers: one module and one entry in ``KINDS`` for each.

A kind says everything that differs between layers: which tensors are trained, how connections
are counted, the forward sum, and the arithmetic behind one unit. Geometry follows from kernel,
stride and padding, which every layer has. To add a kind, add a module here, its entry in
``KINDS``, and its twins in ``assets/engine/kinds.js`` and, for training, in
``assets/engine/backward/kinds.js``; ``tests/engine`` compares them.

Importing this package imports no torch.
"""

from __future__ import annotations

from lenet.kinds.average_pooling import AveragePooling
from lenet.kinds.base import Kind
from lenet.kinds.convolution import Convolution
from lenet.kinds.fixed_convolution import FixedConvolution
from lenet.kinds.input import Input
from lenet.kinds.local_connection import LocalConnection
from lenet.kinds.max_pooling import MaxPooling
from lenet.kinds.rbf import RadialBasis
from lenet.kinds.response_normalisation import ResponseNormalisation
from lenet.kinds.softmax import Softmax
from lenet.kinds.sub_sampling import SubSampling

KINDS: dict[str, Kind] = {
    "input": Input(),
    "convolution": Convolution(),
    "fixed convolution": FixedConvolution(),
    "local connection": LocalConnection(),
    "full connection": Convolution(),
    "sub-sampling": SubSampling(),
    "average pooling": AveragePooling(),
    "max pooling": MaxPooling(),
    "response normalisation": ResponseNormalisation(),
    "RBF": RadialBasis(),
    "softmax": Softmax(),
}
"""Name in ``Layer.kind`` -> the kind."""
