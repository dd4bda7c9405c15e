"""The values of a plain YAML file, read by libyaml in a fifteenth of the time.

The reader that knows lines and YAML 1.2 stays the one that decides: whatever the two could
understand differently (tags, merged keys, odd numbers, a key twice, a mistake) is left to it.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, NoReturn

import yaml

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMED = {"true": True, "false": False, "null": None}
# No version of YAML reads these as anything but text: a letter first, or a sign or a letter that
# stands in no number, moment or named value.
_TEXT = re.compile(r"[A-Za-z].*|.*[^0-9A-Za-z+\-._:~=<\s].*", re.DOTALL)
# Where libyaml takes what YAML forbids: tabs between words, a comment stuck to a block's sign,
# text stuck to an anchor.
_ODD = re.compile(r"\t|[|>][-+0-9]*#|[&*][\w-]+[^\w\s,\]}-]|[&*][\w-]*[^\x00-\x7f]")
# Where a key may begin: inside brackets readers differ.
_KEYLIKE = re.compile(r"[?:-]|.*:(?!//)", re.DOTALL)
_OLD_WORDS = re.compile(r"y|n|yes|no|on|off|true|false|null|inf|nan", re.IGNORECASE)


class UnsureError(ValueError):
    """The file holds what this reader does not vouch for, or is not YAML."""


def quick_values(text: str) -> Any:
    """The one document in `text` as dicts, lists, texts, numbers, days; raises `UnsureError`."""
    if _ODD.search(text):
        _unsure()
    try:
        parser = yaml.CLoader(text)
        try:
            return _document(parser)
        finally:
            parser.dispose()
    except (yaml.YAMLError, AttributeError, ValueError, RecursionError) as error:
        raise UnsureError(str(error)) from None


def _document(parser: Any) -> Any:
    for expected in (yaml.StreamStartEvent, yaml.DocumentStartEvent):
        event = parser.get_event()
        if not isinstance(event, expected) or getattr(event, "version", None):
            _unsure()
    found = _node(parser, parser.get_event(), {})
    for expected in (yaml.DocumentEndEvent, yaml.StreamEndEvent):
        if not isinstance(parser.get_event(), expected):
            _unsure()
    return found


def _node(parser: Any, event: Any, anchors: dict[str, Any]) -> Any:
    if isinstance(event, yaml.AliasEvent):
        return anchors[event.anchor] if event.anchor in anchors else _unsure()
    if event.tag or event.anchor in anchors:
        _unsure()
    if isinstance(event, yaml.ScalarEvent):
        found = _scalar(event)
    elif isinstance(event, yaml.SequenceStartEvent):
        found = _sequence(parser, anchors)
    else:
        found = _mapping(parser, anchors)
    if event.anchor:
        anchors[event.anchor] = found
    return found


def _sequence(parser: Any, anchors: dict[str, Any]) -> list[Any]:
    found: list[Any] = []
    while not isinstance(event := parser.get_event(), yaml.SequenceEndEvent):
        found.append(_node(parser, event, anchors))
    return found


def _mapping(parser: Any, anchors: dict[str, Any]) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    while not isinstance(event := parser.get_event(), yaml.MappingEndEvent):
        key = _node(parser, event, anchors)
        if isinstance(key, list | dict) or key in found:
            _unsure()
        found[key] = _node(parser, parser.get_event(), anchors)
    return found


def _scalar(event: Any) -> Any:
    text: str = event.value
    if not event.implicit[0]:
        return text
    if text in _NAMED:
        return _NAMED[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _DAY.fullmatch(text):
        return date.fromisoformat(text)
    if not _TEXT.fullmatch(text) or _OLD_WORDS.fullmatch(text) or _KEYLIKE.match(text):
        _unsure()
    return text


def _unsure() -> NoReturn:
    raise UnsureError("not plain enough")
