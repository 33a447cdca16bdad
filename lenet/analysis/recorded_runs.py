"""The runs that are recorded for the page about training."""

from __future__ import annotations

RUNS, INITIAL = "runs.json", "initial.safetensors"
"""What is recorded of all runs, and the weights that all of them begin with."""
