"""Which kinds of picture are opened at all."""

FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")
"""What Pillow may take a picture for: it knows others that start programs (EPS: Ghostscript)."""
