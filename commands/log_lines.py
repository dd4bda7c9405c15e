"""What a log line may hold: nothing that steers a terminal, forges a line or tells a secret."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)?", re.DOTALL)
_BREAKS = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_RETURNS = re.compile("[\r\x0b\x0c]")
_CONTROLS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # controls
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turns of the writing direction
    "\ud800-\udfff\ufeff\ufffe\uffff]"  # no characters
)
_SECRET = (
    r"[\w-]{0,40}(?:token|secret|passw(?:or)?d|pwd|api[_-]?key|credential|signature)[\w-]{0,40}"  # nosec B105  # names of secrets, to hide them
)
_QUERY = rf"(?i)([?&;](?:{_SECRET}|auth|key|code|sig|sid|session\w*)=)"
_MASKS = (
    (re.compile(r"(?<=://)[^/\s?#]+@"), "***@"),
    (re.compile(rf"{_QUERY}[^&;#\s\"']*"), r"\1***"),
    (re.compile(rf"(?i)\b({_SECRET}[\"']?\s*[:=]\s*[\"']?)[^\s\"'&,;]+"), r"\1***"),
    (re.compile(r"(?i)(authorization[\"']?\s*[:=]\s*[\"']?\w+\s+)[^\s\"']+"), r"\1***"),
    (re.compile(r"(?i)\b(bearer\s+)[\w.~+/=-]{16,}"), r"\1***"),
)
_SECRET_NAME = re.compile(rf"(?i){_SECRET}|authorization|cookie")
_PLAIN = re.compile(r"[^\s\"'=]+")
LONGEST = 8_000
"""So many characters of a text at most stand in a log line."""
_HEAD = ("time", "level", "logger", "event")


def harmless(text: str) -> str:
    """`text` on one line, without controls, terminal escapes and turns of writing direction."""
    steered = _ESCAPES.sub("", text).replace("\t", " ")
    return _CONTROLS.sub("", _BREAKS.sub(r"\\n", steered))


def unsteered(text: str) -> str:
    """The same, its lines and tabs kept: for a terminal."""
    return _CONTROLS.sub("", _RETURNS.sub("", _ESCAPES.sub("", text)))


def masked(text: str) -> str:
    """`text` with passwords and tokens, in addresses or named as such, replaced by `***`."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return text


def safe_value(value: Any) -> Any:
    """The same for every text inside plain values; what is no plain value becomes its text."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {harmless(str(key)): safe_named(str(key), part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [safe_value(part) for part in value]
    text = str(value)
    cut = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return masked(harmless(cut))


def safe_named(name: str, value: Any) -> Any:
    """`value` fit for a log line; `***` where its name says that it is a secret."""
    return "***" if _SECRET_NAME.fullmatch(name) else safe_value(value)


def text_line(fields: Mapping[str, Any]) -> str:
    """A record to read: time, level, logger, event, the rest as `name=value`.

    The lines of an exception follow, indented, so that none can pass for a record.
    """
    time, level, logger, event = (fields[name] for name in _HEAD)
    said = [f"{time} {str(level).upper():<7} {logger} {event}"]
    rest = {name: value for name, value in fields.items() if name not in (*_HEAD, "exception")}
    said += [f"{name}={_shown(value)}" for name, value in rest.items()]
    return "\n    ".join([" ".join(said), *str(fields.get("exception", "")).splitlines()])


def json_line(fields: Mapping[str, Any]) -> str:
    """A record for programs: one JSON object on one line, Thai unescaped."""
    return json.dumps(fields, ensure_ascii=False, allow_nan=False, default=str)


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)
