"""Gradient descent (Adam) for the network of `crawler.ocr.network`, in numpy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from crawler.ocr.network import Floats, Weights, patches, softmax

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FILTERS = (16, 32)
_HIDDEN = 112
_FLAT = 7 * 7 * _FILTERS[1]
_DROPPED = 0.25


class Descent:
    """Weights under training."""

    def __init__(self, classes: int, random: np.random.Generator) -> None:
        """Random weights for `classes` outputs; `random` also drives dropout."""
        self._random = random
        shapes = {
            "conv1": (9, _FILTERS[0]),
            "bias1": (_FILTERS[0],),
            "conv2": (9 * _FILTERS[0], _FILTERS[1]),
            "bias2": (_FILTERS[1],),
            "hidden": (_FLAT, _HIDDEN),
            "hidden_bias": (_HIDDEN,),
            "output": (_HIDDEN, classes),
            "output_bias": (classes,),
        }
        self._values: dict[str, Floats] = {
            name: (
                random.normal(0, np.sqrt(2 / shape[0]), shape) if len(shape) > 1 else
                np.zeros(shape)
            ).astype(np.float32)
            for name, shape in shapes.items()
        }  # fmt: skip
        self._first = {name: np.zeros_like(value) for name, value in self._values.items()}
        self._second = {name: np.zeros_like(value) for name, value in self._values.items()}
        self._steps = 0

    def weights(self) -> Weights:
        """The weights as they stand."""
        return Weights(**{k: v.copy() for k, v in self._values.items()}, temperature=1.0)

    def step(self, crops: Floats, labels: NDArray[np.int64], rate: float) -> float:
        """One step on a batch of crops (n, 28, 28); the mean log loss before it."""
        values = self._values
        count = len(labels)
        patches1 = patches(crops[..., None])
        layer1 = np.maximum(patches1 @ values["conv1"] + values["bias1"], 0.0)
        pool1, kept1 = _pool(layer1)
        patches2 = patches(pool1)
        layer2 = np.maximum(patches2 @ values["conv2"] + values["bias2"], 0.0)
        pool2, kept2 = _pool(layer2)
        flat = pool2.reshape(count, -1)
        hidden = np.maximum(flat @ values["hidden"] + values["hidden_bias"], 0.0)
        alive = (self._random.random(hidden.shape) >= _DROPPED).astype(np.float32)
        alive /= 1 - _DROPPED
        dropped = hidden * alive
        chances = softmax(dropped @ values["output"] + values["output_bias"])
        loss = float(-np.log(chances[np.arange(count), labels] + 1e-9).mean())
        error = chances
        error[np.arange(count), labels] -= 1.0
        error /= count
        slopes = {"output": dropped.T @ error, "output_bias": error.sum(axis=0)}
        error = (error @ values["output"].T) * alive * (hidden > 0)
        slopes |= {"hidden": flat.T @ error, "hidden_bias": error.sum(axis=0)}
        error = _unpool((error @ values["hidden"].T).reshape(pool2.shape), kept2)
        error *= layer2 > 0
        slopes |= {"conv2": _kernel(patches2, error), "bias2": error.sum(axis=(0, 1, 2))}
        error = _unpool(_unpatch(error @ values["conv2"].T, pool1.shape), kept1)
        error *= layer1 > 0
        slopes |= {"conv1": _kernel(patches1, error), "bias1": error.sum(axis=(0, 1, 2))}
        self._move(slopes, rate)
        return loss

    def _move(self, slopes: dict[str, Floats], rate: float) -> None:
        self._steps += 1
        for name, slope in slopes.items():
            first, second = self._first[name], self._second[name]
            first += 0.1 * (slope - first)
            second += 0.001 * (slope * slope - second)
            fair1 = first / (1 - 0.9**self._steps)
            fair2 = second / (1 - 0.999**self._steps)
            decay = 1e-4 * self._values[name] if slope.ndim > 1 else 0.0
            self._values[name] -= (rate * (fair1 / (np.sqrt(fair2) + 1e-8) + decay)).astype(
                np.float32
            )


def _pool(layer: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """Largest value of each 2x2 square, and which of the four it was."""
    count, height, width, channels = layer.shape
    squares = layer.reshape(count, height // 2, 2, width // 2, 2, channels)
    top = squares.max(axis=(2, 4), keepdims=True)
    return top[:, :, 0, :, 0], squares == top


def _unpool(error: Floats, kept: NDArray[np.bool_]) -> Floats:
    count, height, _, width, _, channels = kept.shape
    spread = error[:, :, None, :, None] * kept
    return np.asarray(spread.reshape(count, 2 * height, 2 * width, channels), dtype=np.float32)


def _kernel(seen: Floats, error: Floats) -> Floats:
    return np.asarray(
        seen.reshape(-1, seen.shape[-1]).T @ error.reshape(-1, error.shape[-1]), dtype=np.float32
    )


def _unpatch(error: Floats, shape: tuple[int, ...]) -> Floats:
    """The slope of the layer from that of its 3x3 neighbourhoods."""
    count, height, width, channels = shape
    whole = np.zeros((count, height + 2, width + 2, channels), dtype=np.float32)
    for place in range(9):
        row, column = divmod(place, 3)
        part = error[..., place * channels : (place + 1) * channels]
        whole[:, row : row + height, column : column + width] += part
    return whole[:, 1:-1, 1:-1]
