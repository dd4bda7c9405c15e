"""Typefaces for rendering: families of Debian's fonts-thai-tlwg and of a folder of web fonts.

A web font comes in pieces, one file a script; Thai and Latin pieces of one weight make a face.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

TLWG = Path("/usr/share/fonts/truetype/tlwg")
HELD_OUT = ("Waree", "Laksaman", "Taviraj", "IbmPlexSansThai")
_WEB = re.compile(r"(?P<family>[a-z0-9-]+)-thai-(?P<weight>\d00)-(?P<style>normal|italic)\.woff2")
_WEIGHTS = ("300", "400", "500", "600", "700")


@dataclass(frozen=True, slots=True)
class Face:
    """One weight of a family: the file with its Thai glyphs and the one with its Latin ones."""

    family: str
    thai: str
    latin: str

    def font(self, size: int, *, thai: bool = True) -> ImageFont.FreeTypeFont:
        """The face at `size` pixels an em."""
        return _font(self.thai if thai else self.latin, size)


@lru_cache(maxsize=4000)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def find_faces(folders: Sequence[Path] = ()) -> list[Face]:
    """Every face of Debian's Thai fonts and of the web fonts below `folders`, sorted."""
    faces = [Face(path.stem.partition("-")[0], str(path), str(path)) for path in TLWG.glob("*.ttf")]
    for folder in folders:
        for path in folder.rglob("*-thai-*.woff2"):
            found = _WEB.fullmatch(path.name)
            if found is None or found["weight"] not in _WEIGHTS:
                continue
            rest = f"{found['weight']}-{found['style']}.woff2"
            latin = path.with_name(f"{found['family']}-latin-{rest}")
            if latin.exists():
                family = "".join(part.title() for part in found["family"].split("-"))
                faces.append(Face(family, str(path), str(latin)))
    return sorted(faces, key=lambda face: (face.family, face.thai))


def parted(faces: Sequence[Face]) -> tuple[list[Face], list[Face]]:
    """Faces for training, and those of the families that training never sees."""
    seen = [face for face in faces if face.family not in HELD_OUT]
    return seen, [face for face in faces if face.family in HELD_OUT]
