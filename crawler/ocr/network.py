"""The small network that tells digits from everything else, in plain numpy.

Two 3x3 convolutions with 2x2 maxima between, one hidden layer, one output a class. It reads
crops of 28x28 (see `crawler.ocr.cells`), so inference needs nothing beyond numpy.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
ARABIC_DIGITS = "0123456789"
OTHER = "\0"
CLASSES = THAI_DIGITS + ARABIC_DIGITS + OTHER
_BATCH = 512


@dataclass(frozen=True, slots=True)
class Weights:
    """Arrays of the network; convolution kernels as (3 * 3 * channels in, channels out)."""

    conv1: Floats
    bias1: Floats
    conv2: Floats
    bias2: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    output_bias: Floats
    temperature: float = 1.0


class DigitNetwork:
    """Probabilities of each of `CLASSES` for crops of characters."""

    def __init__(self, weights: Weights) -> None:
        """Take trained `weights`."""
        self._weights = weights

    def probabilities(self, crops: Floats) -> Floats:
        """Shape (crops, 21): calibrated probabilities; `crops` has shape (n, 28, 28)."""
        parts = [
            self._batch(crops[start : start + _BATCH]) for start in range(0, len(crops), _BATCH)
        ]
        return np.concatenate(parts) if parts else np.zeros((0, len(CLASSES)), dtype=np.float32)

    def _batch(self, crops: Floats) -> Floats:
        weights = self._weights
        layer = crops.astype(np.float32)[..., None]
        layer = pooled(np.maximum(patches(layer) @ weights.conv1 + weights.bias1, 0.0))
        layer = pooled(np.maximum(patches(layer) @ weights.conv2 + weights.bias2, 0.0))
        flat = layer.reshape(len(crops), -1)
        hidden = np.maximum(flat @ weights.hidden + weights.hidden_bias, 0.0)
        return softmax((hidden @ weights.output + weights.output_bias) / weights.temperature)


def patches(layer: Floats) -> Floats:
    """Every 3x3 neighbourhood, zero-padded: (n, h, w, c) becomes (n, h, w, 9 * c)."""
    padded = np.pad(layer, ((0, 0), (1, 1), (1, 1), (0, 0)))
    height, width = layer.shape[1:3]
    return np.concatenate(
        [
            padded[:, row : row + height, column : column + width]
            for row in range(3)
            for column in range(3)
        ],
        axis=3,
    )


def pooled(layer: Floats) -> Floats:
    """The largest value of each 2x2 square; height and width must be even."""
    wide = np.maximum(layer[:, 0::2], layer[:, 1::2])
    return np.maximum(wide[:, :, 0::2], wide[:, :, 1::2])


def softmax(scores: Floats) -> Floats:
    """Scores of each row as probabilities that sum to 1."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


def loaded(body: bytes) -> DigitNetwork:
    """The network stored in the bytes of an `.npz` file.

    Raises:
        ValueError, TypeError, KeyError: the file holds something else.
    """
    with np.load(BytesIO(body), allow_pickle=False) as stored:
        arrays = {name: stored[name].astype(np.float32) for name in stored.files}
    temperature = float(arrays.pop("temperature"))
    return DigitNetwork(Weights(**arrays, temperature=temperature))


@lru_cache(maxsize=1)
def shipped() -> DigitNetwork:
    """The network trained by `bench.digits.train`, read from the package's own data.

    Raises:
        FileNotFoundError: the package was installed without its data file.
    """
    return loaded(files("crawler.ocr").joinpath("data", "digits.npz").read_bytes())
