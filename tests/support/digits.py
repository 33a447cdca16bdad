"""Ten digits as strokes, plainly written, for the browser tests and the benchmarks."""

from __future__ import annotations

_WRITTEN = """
0: 140,50 90,90 80,150 100,210 145,235 190,200 200,140 180,80 140,50
1: 140,40 140,240
2: 80,90 110,55 160,50 190,85 170,130 80,230 200,230
3: 80,60 140,45 190,75 175,120 130,140 185,165 195,210 140,240 75,220
4: 110,50 80,150 200,150
4: 165,60 165,240
5: 190,50 100,50 95,130 150,120 190,160 175,215 120,235 80,215
6: 170,45 110,110 90,180 120,232 175,215 180,165 130,150 95,190
7: 75,60 200,60 175,130 140,240
8: 180,75 140,50 100,75 115,125 175,165 180,215 135,238 95,210 115,160 170,115 180,75
9: 180,90 140,60 100,90 110,135 160,135 182,90 175,170 160,240
"""

Point = tuple[float, float]

DIGITS: dict[str, list[list[Point]]] = {}
"""Digit -> strokes -> (x, y) in canvas pixels."""

for _line in _WRITTEN.strip().splitlines():
    _digit, _, _points = _line.partition(": ")
    _stroke = [(float(x), float(y)) for x, y in (p.split(",") for p in _points.split())]
    DIGITS.setdefault(_digit, []).append(_stroke)
