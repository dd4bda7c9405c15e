"""What scanning does to a page: skew, blur, noise, uneven light, JPEG, fax, thick or thin ink."""

from __future__ import annotations

import io
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageFilter


@dataclass(frozen=True, slots=True)
class Wear:
    """Strength of each fault: degrees, pixels, grey levels (0 to 255), JPEG quality."""

    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    shadow: float = 0.0
    jpeg: int = 0
    fax: float = 0.0
    fade: float = 0.0
    thicken: int = 0

    @classmethod
    def drawn(cls, random: np.random.Generator, *, skew: float = 1.0) -> Wear:
        """Faults as mixed as those of real scans; a fifth of the draws are nearly clean."""
        if random.random() < 0.2:
            return cls(skew=random.normal() * 0.2, blur=random.uniform(0, 0.5))
        return cls(
            skew=float(np.clip(random.normal() * 0.4, -1, 1)) * skew,
            blur=random.uniform(0.2, 1.1),
            noise=random.uniform(0, 22),
            shadow=random.uniform(0, 70) if random.random() < 0.3 else 0.0,
            jpeg=int(random.integers(25, 95)) if random.random() < 0.7 else 0,
            fax=random.uniform(0.3, 0.7) if random.random() < 0.25 else 0.0,
            fade=random.uniform(0, 110) if random.random() < 0.4 else 0.0,
            thicken=int(random.choice([0, 0, 0, 0, 1, -1])),
        )

    @classmethod
    def scan(cls, random: np.random.Generator) -> Wear:
        """An office scan: some skew, softness, grain and JPEG; one in eight pages came by fax."""
        return cls(
            skew=float(np.clip(random.normal() * 0.6, -1.5, 1.5)),
            blur=random.uniform(0.2, 0.9),
            noise=random.uniform(2, 14),
            shadow=random.uniform(0, 40) if random.random() < 0.2 else 0.0,
            jpeg=int(random.integers(45, 92)),
            fax=random.uniform(0.4, 0.65) if random.random() < 0.125 else 0.0,
            fade=random.uniform(0, 60) if random.random() < 0.3 else 0.0,
        )

    def kept_legible(self, height: float) -> Wear:
        """The same faults, weaker on small print: digits `height` pixels high stay readable."""
        thicken = 0 if height < 11 else self.thicken
        return replace(self, blur=min(self.blur, height / 12), thicken=thicken)


def worn(page: Image.Image, wear: Wear, random: np.random.Generator) -> Image.Image:
    """The grey `page` (black on white) after printing and scanning with these faults."""
    if wear.thicken > 0:
        page = page.filter(ImageFilter.MinFilter(3))
    elif wear.thicken < 0:
        page = Image.blend(page, page.filter(ImageFilter.MaxFilter(3)), 0.45)
    if wear.skew:
        page = page.rotate(wear.skew, Image.Resampling.BICUBIC, fillcolor=255)
    if wear.blur:
        page = page.filter(ImageFilter.GaussianBlur(wear.blur))
    values = np.asarray(page, dtype=np.float32)
    values = wear.fade + values * (255.0 - wear.fade) / 255.0
    if wear.shadow:
        slope = np.linspace(0, wear.shadow, page.width, dtype=np.float32)
        values = values - (slope if random.random() < 0.5 else slope[::-1])
    if wear.noise:
        values = values + random.normal(0, wear.noise, values.shape).astype(np.float32)
    if wear.fax:
        level = wear.fade + (235.0 - wear.fade - wear.shadow) * wear.fax
        values = np.where(values > level, 255.0, 0.0)
    page = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if wear.jpeg:
        buffer = io.BytesIO()
        page.save(buffer, "JPEG", quality=wear.jpeg)
        page = Image.open(buffer).convert("L")
    return page
