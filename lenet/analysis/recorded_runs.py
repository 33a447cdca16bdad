"""The runs that are recorded for the page about training, and the paper's figures beside them."""

from __future__ import annotations

RUNS, INITIAL = "runs.json", "initial.safetensors"
"""What is recorded of all runs, and the weights that all of them begin with."""

PAPER_TEST_ERROR = (
    2.67, 2.24, 1.48, 1.43, 1.43, 1.08, 1.03, 1.06, 0.98, 0.95, 0.95, 0.98, *[0.95] * 8
)  # fmt: skip
"""Fig. 5: test error in % after each of the 20 passes, read from the points of the drawing."""

PAPER_TRAINING_ERROR = (
    4.94, 3.07, 1.77, 1.48, 1.21, 0.90, 0.76, 0.69, 0.55, 0.47,
    0.45, 0.42, 0.39, 0.37, 0.37, 0.37, 0.37, 0.34, 0.34, 0.34,
)  # fmt: skip
"""Fig. 5: training error in %, measured while learning, so at first it is above the test error."""

PAPER_SIZES = {15_000: (1.69, 0.05), 30_000: (1.14, 0.31), 60_000: (0.94, 0.35)}
"""Fig. 6: training digits -> (test, training error in %), read from the points of the drawing."""
