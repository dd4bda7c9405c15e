"""Taking addresses apart, shared by the hosts' files."""

from __future__ import annotations

from urllib.parse import SplitResult, parse_qsl, urlsplit, urlunsplit


def split(url: str) -> SplitResult | None:
    """The parts of an http(s) address with a host, `None` for anything else."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
    except ValueError:
        return None
    return parts if host and parts.scheme in ("http", "https") else None


def on_host(parts: SplitResult, *hosts: str) -> bool:
    """True when the address stands on one of `hosts` or a name below it."""
    name = parts.hostname or ""
    return any(name == host or name.endswith("." + host) for host in hosts)


def parameter(parts: SplitResult, *names: str) -> str:
    """The first value of the query that carries one of `names`, "" when none does."""
    query = dict(reversed(parse_qsl(parts.query)))
    return next((query[name] for name in names if query.get(name)), "")


def with_parameter(parts: SplitResult, name: str, value: str) -> str:
    """The address with `name=value` in its query, in place of any earlier value."""
    kept = [p for p in parts.query.split("&") if p and p.partition("=")[0] != name]
    query = "&".join([*kept, f"{name}={value}"])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
