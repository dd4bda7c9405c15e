"""Trains the network that reads digits in scans and writes `crawler/ocr/data/digits.npz`.

    npm install --prefix DIR @fontsource/sarabun @fontsource/noto-sans-thai ...
    python -m bench.digits.train --fonts DIR [--lines 15000] [--seed 2566]

Needs nothing beyond the locked requirements and Debian's fonts-thai-tlwg; the web fonts in DIR
(Open Font License) widen the choice of typefaces. The families of `faces.HELD_OUT` are never
rendered here: they are kept for measuring. The same seed, fonts and versions give the same file.
"""

from __future__ import annotations

import argparse
import json
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.digits.descent import Descent
from bench.digits.faces import Face, find_faces, parted
from bench.digits.lines import samples
from crawler.ocr.network import CLASSES, DigitNetwork, Weights

if TYPE_CHECKING:
    from numpy.typing import NDArray

_log = logging.getLogger("bench.digits.train")
_OTHER = len(CLASSES) - 1
_DATA = Path("crawler/ocr/data")


def collected(
    faces: list[Face], lines: int, seed: int, other_share: float = 0.22
) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Crops as bytes (n, 28, 28) and their classes, from `lines` rendered lines.

    Of the cells that are no digit only `other_share` is kept: text holds far more of them.
    """
    random = np.random.default_rng(seed)
    crops, labels = [], []
    for _ in range(lines):
        face = faces[int(random.integers(len(faces)))]
        for crop, label in samples(face, random):
            if label != _OTHER or random.random() < other_share:
                crops.append((crop * 255).astype(np.uint8))
                labels.append(label)
    return np.stack(crops), np.array(labels)


def trained(crops: NDArray[np.uint8], labels: NDArray[np.int64], epochs: int, seed: int) -> Weights:
    """Weights after `epochs` passes with a falling rate of learning."""
    random = np.random.default_rng(seed)
    descent = Descent(len(CLASSES), random)
    batch, step = 128, 0
    steps = epochs * (len(labels) // batch)
    for epoch in range(epochs):
        order = random.permutation(len(labels))
        losses = []
        for start in range(0, len(order) - batch + 1, batch):
            chosen = order[start : start + batch]
            rate = 1.5e-3 * 0.5 * (1 + np.cos(np.pi * step / steps)) + 1e-5
            inputs = crops[chosen].astype(np.float32) / np.float32(255)
            losses.append(descent.step(inputs, labels[chosen], rate))
            step += 1
        _log.info("epoch %d: loss %.4f", epoch + 1, float(np.mean(losses[-400:])))
    return descent.weights()


def tempered(
    weights: Weights, crops: NDArray[np.uint8], labels: NDArray[np.int64]
) -> tuple[float, float, float]:
    """The temperature with the least log loss on unseen lines; that loss; the share right."""
    best = (1.0, float("inf"), 0.0)
    values = crops.astype(np.float32) / np.float32(255)
    scores = np.log(np.maximum(DigitNetwork(weights).probabilities(values), 1e-12))
    for temperature in np.arange(0.8, 3.0, 0.1):
        powers = np.exp(scores / temperature)
        chances = powers / powers.sum(axis=1, keepdims=True)
        loss = float(-np.log(chances[np.arange(len(labels)), labels] + 1e-12).mean())
        if loss < best[1]:
            best = (float(temperature), loss, float((scores.argmax(axis=1) == labels).mean()))
    return best


def main() -> None:
    """Render, train, calibrate, write the weights (half precision) and the figures beside them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fonts", type=Path, action="append", default=[])
    parser.add_argument("--lines", type=int, default=15000)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=2566)
    parser.add_argument("--out", type=Path, default=_DATA / "digits.npz")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    seen, _ = parted(find_faces(given.fonts))
    started = time.monotonic()
    crops, labels = collected(seen, given.lines, given.seed)
    _log.info("%d cells in %.0f s", len(labels), time.monotonic() - started)
    weights = trained(crops, labels, given.epochs, given.seed)
    checks = collected(seen, max(200, given.lines // 15), given.seed + 1, other_share=1.0)
    temperature, loss, right = tempered(weights, *checks)
    arrays = {name: getattr(weights, name).astype(np.float16) for name in weights.__slots__
              if name != "temperature"}  # fmt: skip
    np.savez_compressed(given.out, temperature=np.float32(temperature), **arrays)
    figures = {
        "seed": given.seed, "lines": given.lines, "epochs": given.epochs, "cells": len(labels),
        "families": sorted({face.family for face in seen}), "faces": len(seen),
        "temperature": round(temperature, 2), "log_loss": round(loss, 5),
        "cells_right": round(right, 5), "bytes": given.out.stat().st_size,
        "seconds": round(time.monotonic() - started),
    }  # fmt: skip
    given.out.with_suffix(".json").write_text(json.dumps(figures, indent=2) + "\n", "utf-8")
    _log.info("%s", figures)


if __name__ == "__main__":
    main()
