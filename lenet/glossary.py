"""Every word that the pages use for LeNet-5, explained in two sentences.

The draw page opens an entry beside the name that it explains, the glossary page collects them all.
Numbers in them are those of ``lenet.spec``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lenet import mnist, spec
from lenet.catalogue import gettext as _
from lenet.catalogue import number
from lenet.drawing.size_normalisation import BOX_SIZE
from lenet.variants import COMPARED_WITH

_TRAINED_WITH = mnist.FILES["train"].images.shape[0] - (
    mnist.HELD_BACK_PER_CLASS * len(spec.CLASSES)
)


@dataclass(frozen=True)
class Entry:
    """A word and what it means.

    ``key`` identifies it in code and addresses: a layer's key, ``legend``, ``badge``, or a word.
    ``page`` is the address of the page that goes deeper, with what has to be ``chosen`` there;
    ``unit`` one that can be pinned on the draw page to see what is meant, as in ``c3.9.4.7``.
    """

    key: str
    name: str
    text: str
    page: str = ""
    chosen: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""


def layers() -> list[Entry]:
    """The input, the seven layers and the output, in their order."""
    return [
        Entry(
            "input",
            _("input"),
            _(
                "The network never sees the canvas: it gets {side}\u00d7{side} numbers, with the "
                "digit fitted into {box}\u00d7{box} pixels and centred by its mass. Paper is "
                "{paper} and ink {ink}, so that on average a number is about 0."
            ).format(
                side=spec.INPUT_SIZE,
                box=BOX_SIZE,
                paper=number(spec.BACKGROUND, 1),
                ink=number(spec.INK, 3),
            ),
            "receptive-fields",
            {"about": "growth"},
            "input.0.16.16",
        ),
        Entry(
            "c1",
            "C1",
            _(
                "A convolution: each of the {maps} maps slides one kernel of {side}\u00d7{side} "
                "weights over the input, and every unit adds up {count} products and a bias. "
                "Orange units found the kernel\u2019s pattern there, blue ones its opposite."
            ).format(maps=spec.C1.maps, side=spec.C1.kernel, count=spec.C1.kernel**2),
            "architecture",
            {"part": "ideas-and-arithmetic"},
            "c1.0.14.14",
        ),
        Entry(
            "s2",
            "S2",
            _(
                "Sub-sampling: a unit adds up {side}\u00d7{side} neighbours of one C1 map, "
                "multiplies the sum by a trained coefficient and adds a bias. Half of the rows and "
                "columns remain, so exactly where a pattern stands matters less."
            ).format(side=spec.S2.kernel),
            "architecture",
            {"part": "ideas-and-arithmetic"},
            "s2.0.7.7",
        ),
        Entry(
            "c3",
            "C3",
            _(
                "A second convolution: each of the {maps} maps reads {least}, {more} or all {most} "
                "maps of S2, with a kernel for each, as Table I of the paper says. So its units "
                "answer to combinations of the patterns that C1 found."
            ).format(
                maps=spec.C3.maps,
                **dict(
                    zip(("least", "more", "most"), sorted({*map(len, spec.C3_READS)}), strict=True)
                ),
            ),
            "connections",
            {},
            "c3.9.4.7",
        ),
        Entry(
            "s4",
            "S4",
            _(
                "Sub-sampling again, of C3\u2019s maps, which leaves {size}\u00d7{size} units of "
                "each. A unit here sees {field}\u00d7{field} of the {side}\u00d7{side} pixels."
            ).format(size=spec.S4.size, field=spec.S4.receptive_field, side=spec.INPUT_SIZE),
            "receptive-fields",
            {"about": "growth"},
            "s4.0.2.2",
        ),
        Entry(
            "c5",
            "C5",
            _(
                "Each of the {maps} units reads all maps of S4 whole: {count} products. That makes "
                "it the first layer in which a unit sees the whole digit."
            ).format(maps=spec.C5.maps, count=number(spec.S4.units)),
            "architecture",
            {"part": "learned-parameters"},
            "c5.0.0.0",
        ),
        Entry(
            "f6",
            "F6",
            _(
                "{units} units, each joined to all of C5. They are shown as a picture of "
                "{columns}\u00d7{rows}, because training pulls them towards the code of the digit: "
                "a small picture of it in +1 and \u22121."
            ).format(units=spec.F6.maps, columns=spec.CODE_COLUMNS, rows=spec.CODE_ROWS),
            "output-codes",
            {},
            "f6.38.0.0",
        ),
        Entry(
            "output",
            _("output"),
            _(
                "For each digit the squared differences between F6 and that digit\u2019s code are "
                "added up: that is its distance. The smallest distance wins, so the shortest bar "
                "is the answer; if even that one is beyond the line, the drawing is no digit."
            ),
            "output-codes",
            {},
            "output.3.0.0",
        ),
    ]


def on_the_draw_page() -> list[Entry]:
    """What else has a name there."""
    return [
        Entry(
            "legend",
            _("Colours"),
            _(
                "Orange is a positive value: what the unit adds up speaks for its pattern. Blue is "
                "negative and speaks against it; white, or black on a dark page, is zero."
            ),
        ),
        Entry(
            "badge",
            _("Verified by PyTorch"),
            _(
                "While you draw, your browser computes every number. After each stroke PyTorch "
                "computes them again on the server, and the largest difference between the two is "
                "shown."
            ),
        ),
    ]


def words() -> list[Entry]:
    """Words of the field and of the paper, as they are used on these pages."""
    ideas = {"part": "ideas-and-arithmetic"}
    learned = {"part": "learned-parameters"}
    return [
        Entry(
            "unit",
            _("unit"),
            _(
                "One number of the network, drawn as one small square. It is computed from the "
                "units that it reads, and from nothing else."
            ),
            "receptive-fields",
        ),
        Entry(
            "map",
            _("feature map"),
            _(
                "The units of a layer that use the same weights at different places, drawn as one "
                "picture. It shows where a pattern was found."
            ),
            "architecture",
            ideas,
        ),
        Entry(
            "kernel",
            _("kernel"),
            _(
                "The small square of weights that a map slides over what it reads. In these "
                "networks it has {side}\u00d7{side}."
            ).format(side=spec.C1.kernel),
            "architecture",
            learned,
        ),
        Entry(
            "weight",
            _("weight"),
            _(
                "A number that a value is multiplied by before it is added up. Training finds it; "
                "nobody chooses it."
            ),
            "architecture",
            learned,
        ),
        Entry(
            "bias",
            _("bias"),
            _(
                "A trained number that is added to a unit\u2019s sum. It decides how much has to "
                "come together before the unit turns positive."
            ),
            "architecture",
            learned,
        ),
        Entry(
            "weight-sharing",
            _("weight sharing"),
            _(
                "All units of a map use the same kernel. So a pattern is found wherever it stands, "
                "and C1 needs {parameters} parameters for {connections} connections."
            ).format(
                parameters=number(spec.C1.parameters), connections=number(spec.C1.connections)
            ),
            "architecture",
            {"part": "layers"},
        ),
        Entry(
            "convolution",
            _("convolution"),
            _(
                "At every place: what lies there times the kernel, weight by weight, added up. "
                "What comes of it is a map."
            ),
            "architecture",
            ideas,
        ),
        Entry(
            "sub-sampling",
            _("sub-sampling"),
            _(
                "Making a map coarser. In 1998 the neighbours were added up, multiplied by a "
                "trained coefficient and squashed; later networks mostly take the largest."
            ),
            "architecture",
            ideas,
        ),
        Entry(
            "squashing",
            _("squashing"),
            _(
                "Every sum passes through {amplitude} tanh(\u2154 a), which keeps it between "
                "\u2212{amplitude} and +{amplitude}. Without it all layers together could do no "
                "more than one."
            ).format(amplitude=number(spec.AMPLITUDE, 4)),
            "architecture",
            ideas,
        ),
        Entry(
            "receptive-field",
            _("receptive field"),
            _(
                "The part of the input that a unit can see at all. It grows from layer to layer, "
                "from {first}\u00d7{first} pixels in C1 to all of them in C5."
            ).format(first=spec.C1.receptive_field),
            "receptive-fields",
        ),
        Entry(
            "connection-table",
            _("connection table"),
            _(
                "Table I of the paper: which maps of S2 each map of C3 reads. Different maps get "
                "different inputs, so that they learn different things."
            ),
            "connections",
        ),
        Entry(
            "code",
            _("code"),
            _(
                "For each digit a fixed picture of {columns}\u00d7{rows} places, each +1 or "
                "\u22121. F6 is compared with all ten."
            ).format(columns=spec.CODE_COLUMNS, rows=spec.CODE_ROWS),
            "output-codes",
        ),
        Entry(
            "distance",
            _("distance"),
            _(
                "How unlike F6 and a code are: the differences at all {count} places, squared and "
                "added up. 0 would be the code itself."
            ).format(count=spec.CODE_UNITS),
            "output-codes",
        ),
        Entry(
            "runner-up",
            _("runner-up"),
            _(
                "The digit with the second smallest distance. How far behind it is says how sure "
                "the network is."
            ),
            "output-codes",
        ),
        Entry(
            "no-digit",
            _("no digit"),
            _(
                "The answer for a drawing that is far from every code. Where the line is drawn was "
                "set on digits that the network was not trained with."
            ),
            "output-codes",
            {"part": "rejection"},
        ),
        Entry(
            "parameter",
            _("parameter"),
            _(
                "A number that training may change: weights, coefficients and biases. LeNet-5 has "
                "{count} of them."
            ).format(count=number(spec.LENET5.parameters)),
            "architecture",
            {"part": "layers"},
        ),
        Entry(
            "training",
            _("training"),
            _(
                "Showing the network digits with their answers, and changing every parameter a "
                "little so that the right distance shrinks. This network was trained with {count} "
                "digits, each shown many times."
            ).format(count=number(_TRAINED_WITH)),
            "architecture",
            learned,
        ),
        Entry(
            "sample",
            _("sample"),
            _(
                "A handwritten digit from MNIST, a collection of {count}. Those that are offered "
                "here were not used in training."
            ).format(count=number(sum(file.images.shape[0] for file in mnist.FILES.values()))),
        ),
        Entry(
            "replay",
            _("replay"),
            _(
                "The forward pass in slow motion, layer by layer. With a unit pinned it shows that "
                "unit\u2019s products one by one."
            ),
        ),
    ]


def of_the_other_networks() -> list[Entry]:
    """The words of the pages that compare LeNet-5 with other networks."""

    def beside(*networks: str) -> dict[str, str]:
        return {"networks": ",".join((COMPARED_WITH, *networks))}

    return [
        Entry(
            "pooling",
            _("pooling"),
            _(
                "The sub-sampling of later networks: the largest of the neighbours, or their mean, "
                "goes on to the next layer. It trains nothing."
            ),
            "variants",
            beside("max-pool", "average-pool"),
        ),
        Entry(
            "softmax",
            _("softmax"),
            _(
                "Turns ten sums into ten probabilities that add up to 1. Here its penalty is "
                "−log of the probability, so that the smallest wins as it does with distances."
            ),
            "variants",
            beside("softmax"),
        ),
        Entry(
            "relu",
            _("ReLU"),
            _(
                "What later networks have in place of the tanh: negative sums become 0, and "
                "positive ones stay as they are. Its slope does not fade where sums are large."
            ),
            "variants",
            beside("relu"),
        ),
        Entry(
            "dropout",
            _("dropout"),
            _(
                "In training, half of a layer’s units are switched off, others for every digit. "
                "No unit can then rely on a certain other one."
            ),
            "variants",
            beside("dropout"),
        ),
        Entry(
            "response-normalisation",
            _("response normalisation"),
            _(
                "Divides every value by the strength of the maps beside it at the same place. So a "
                "map that answers strongly makes its neighbours weaker."
            ),
            "variants",
            beside("response-norm"),
        ),
        Entry(
            "full-connection",
            _("full connection"),
            _(
                "Every unit reads all units of the layer before, each with a weight of its own. "
                "What it learns at one place of the picture it does not know at any other."
            ),
            "variants",
            beside("fully-connected"),
        ),
        Entry(
            "invariance",
            _("invariance"),
            _(
                "That an answer stays the same while the drawing is moved, turned, resized or "
                "disturbed. How far it goes is different for every network and every digit."
            ),
            "invariance",
        ),
        Entry(
            "spread",
            _("spread"),
            _(
                "How much results differ when the same network is trained again from other random "
                "weights. A difference between two networks that is smaller says nothing."
            ),
            "variants",
        ),
    ]


def of_training() -> list[Entry]:
    """The words of the page about training."""

    def on(part: str) -> dict[str, str]:
        return {"show": part}

    return [
        Entry(
            "pass",
            _("pass"),
            _(
                "One time through all the digits that a network learns from; others say epoch. "
                "The paper makes 20 passes through {count} digits."
            ).format(count=number(mnist.FILES["train"].images.shape[0])),
            "training",
        ),
        Entry(
            "test-error",
            _("test error"),
            _(
                "The share of digits that are read wrongly, among {count} from which nothing was "
                "learned. The error on the digits learned from says less, because a network can "
                "know them by heart."
            ).format(count=number(mnist.FILES["test"].images.shape[0])),
            "training",
        ),
        Entry(
            "loss",
            _("loss"),
            _(
                "The number that training makes smaller. In the paper it is the distance to the "
                "right code (equation 8), or that distance weighed against all other codes "
                "(equation 9)."
            ),
            "training",
            on("own"),
        ),
        Entry(
            "gradient",
            _("gradient"),
            _(
                "How much the loss grows if a weight grows a little, for every weight. It is "
                "computed from the output back to the input, layer by layer."
            ),
            "training",
            on("update"),
        ),
        Entry(
            "step-size",
            _("step size"),
            _(
                "How far a weight moves against its gradient in one update. If it is too small "
                "learning takes for ever; if it is too large the errors grow."
            ),
            "training",
            on("own"),
        ),
        Entry(
            "curvature",
            _("curvature"),
            _(
                "How quickly a gradient changes as its weight moves. The method of 1998 estimates "
                "it for every weight, and takes smaller steps where it is large."
            ),
            "training",
            on("update"),
        ),
    ]


def of_mistakes() -> list[Entry]:
    """The words of the page about mistakes."""

    def on(part: str) -> dict[str, str]:
        return {"part": part}

    return [
        Entry(
            "confusion-matrix",
            _("confusion matrix"),
            _(
                "A table that counts for the digits of each label, one row each, as what they are "
                "read. What is read rightly stands on its diagonal, and every other cell is a "
                "confusion."
            ),
            "mistakes",
            on("confusions"),
        ),
        Entry(
            "rejection",
            _("rejection"),
            _(
                "To give no answer where it would not be sure enough. The error of the other "
                "answers falls, and some that were right are lost."
            ),
            "mistakes",
            on("rejection"),
        ),
        Entry(
            "gap",
            _("gap"),
            _(
                "How much further away the second nearest code is than the nearest. The paper "
                "turns down the answers where it is small."
            ),
            "mistakes",
            on("rejection"),
        ),
        Entry(
            "principal-components",
            _("principal components"),
            _(
                "The directions in which a set of points varies most. On the first two of F6 its "
                "{count} numbers become two, so that they can be seen in a plane."
            ).format(count=number(spec.BY_KEY["f6"].maps)),
            "mistakes",
            on("plane"),
        ),
        Entry(
            "map-of-neighbours",
            _("map of neighbours"),
            _(
                "A picture in which what is near in many dimensions stays near in two; this one is "
                "made with t-SNE. Distances between far groups, and how large a group is, mean "
                "little in it."
            ),
            "mistakes",
            {**on("plane"), "plane_of_f6": "map"},
        ),
    ]


def entries() -> list[Entry]:
    """All of them, in the order of the glossary page."""
    return [
        *layers(),
        *on_the_draw_page(),
        *words(),
        *of_the_other_networks(),
        *of_training(),
        *of_mistakes(),
    ]
