"""Plotly figures: pure functions from what was computed to a ``go.Figure``."""
