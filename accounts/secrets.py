"""Random secrets that are shown or sent once, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_START = "oit_"  # nosec B105  # how tokens begin, no token
"""How a token for the API begins, so that scanners of leaked secrets know it."""

# Without letters and digits that are mistaken for one another when read out.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """256 random bits for a cookie or an address."""
    return secrets.token_urlsafe(32)


def new_token() -> str:
    """A key to the API with 256 random bits."""
    return TOKEN_START + secrets.token_urlsafe(32)


def new_password() -> str:
    """A one-time password of four groups with 79 random bits, easy to read out."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def digest(secret: str) -> str:
    """The SHA-256 of a secret in hex: enough for one that nobody can guess."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def form_key(secret: str) -> str:
    """What a form must send back to show that it came from our page, made from the cookie."""
    return hashlib.sha256(b"form:" + secret.encode("utf-8", "replace")).hexdigest()
