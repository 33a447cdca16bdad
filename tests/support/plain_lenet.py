"""LeNet-5 once more, in plain loops straight from section II.B: the tests' oracle.

It shares nothing with the library: sizes come from the arrays, Table I is typed again, and
sums are made number by number in float64.
"""

from __future__ import annotations

from math import tanh

import numpy as np

TABLE_I = "012 123 234 345 045 015 0123 1234 2345 0345 0145 0125 0134 1245 0235 012345".split()

Maps = np.ndarray
"""(maps, rows, columns) float64."""


def squash(sums: Maps) -> Maps:
    return np.vectorize(lambda a: 1.7159 * tanh(2 * a / 3))(sums)


def convolve(maps: Maps, kernels: dict[tuple[int, int], np.ndarray], bias: np.ndarray) -> Maps:
    """Each (map, map read) pair has its own kernel; a missing pair is not connected."""
    side = next(iter(kernels.values())).shape[0]
    rows, columns = maps.shape[1] - side + 1, maps.shape[2] - side + 1
    sums = np.empty((len(bias), rows, columns))
    for k, b in enumerate(bias):
        for row in range(rows):
            for column in range(columns):
                total = b
                for (of, read), kernel in kernels.items():
                    if of == k:
                        patch = maps[read, row : row + side, column : column + side]
                        total += float((patch * kernel).sum())
                sums[k, row, column] = total
    return sums


def sub_sample(maps: Maps, coefficient: np.ndarray, bias: np.ndarray) -> Maps:
    sums = np.empty((maps.shape[0], maps.shape[1] // 2, maps.shape[2] // 2))
    for k, row, column in np.ndindex(sums.shape):
        added = (
            maps[k, 2 * row, 2 * column]
            + maps[k, 2 * row, 2 * column + 1]
            + maps[k, 2 * row + 1, 2 * column]
            + maps[k, 2 * row + 1, 2 * column + 1]
        )
        sums[k, row, column] = coefficient[k] * added + bias[k]
    return sums


def penalties(f6: Maps, codes: np.ndarray) -> Maps:
    answer = np.zeros((len(codes), *f6.shape[1:]))
    for digit, row, column in np.ndindex(answer.shape):
        for j in range(len(f6)):
            answer[digit, row, column] += (f6[j, row, column] - codes[digit, j]) ** 2
    return answer


def run(parameters: dict[str, np.ndarray], codes: np.ndarray, image: np.ndarray) -> dict[str, Maps]:
    """Every layer of the network for one (rows, columns) image, sums under ``c1 before``."""
    p = {name: value.astype(np.float64) for name, value in parameters.items()}

    def every_pair(name: str) -> dict[tuple[int, int], np.ndarray]:
        return {
            pair: p[f"{name}.weight"][pair] for pair in np.ndindex(p[f"{name}.weight"].shape[:2])
        }

    table = [(k, int(read)) for k, column in enumerate(TABLE_I) for read in column]
    maps = {"input": image.astype(np.float64)[None]}
    steps = [
        ("c1", lambda x: convolve(x, every_pair("c1"), p["c1.bias"])),
        ("s2", lambda x: sub_sample(x, p["s2.coefficient"], p["s2.bias"])),
        ("c3", lambda x: convolve(x, dict(zip(table, p["c3.weight"], strict=True)), p["c3.bias"])),
        ("s4", lambda x: sub_sample(x, p["s4.coefficient"], p["s4.bias"])),
        ("c5", lambda x: convolve(x, every_pair("c5"), p["c5.bias"])),
        ("f6", lambda x: convolve(x, every_pair("f6"), p["f6.bias"])),
    ]
    values = maps["input"]
    for name, step in steps:
        maps[f"{name} before"] = step(values)
        maps[name] = values = squash(maps[f"{name} before"])
    maps["output"] = penalties(values, codes)
    return maps
