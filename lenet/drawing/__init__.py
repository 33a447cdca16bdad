"""Drawings: what they are, how the canvas and a link write them, and how pictures become input.

``strokes`` holds the drawing itself; ``canvas_json`` and ``link`` read and write it; ``photo``
finds a digit in a picture; ``size_normalisation`` is what both need to become a network's input.
"""

from lenet.drawing.strokes import Drawing, InkError, Point, Stroke

__all__ = ["Drawing", "InkError", "Point", "Stroke"]
