"""Figures: pure functions from what was computed to a Plotly figure or a sheet of pictures."""
