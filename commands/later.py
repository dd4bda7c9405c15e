"""Commands that are loaded when they are called, so that each waits for its own parts alone."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer

from commands import early
from commands.usage import SpokenGroup

_COMMANDS = {
    "sweep": "sweeping.sweep",
    "worker": "working.worker",
    "check": "checking.check",
    "discover": "discovering.discover",
    "report": "reporting.report",
    "history": "history.history",
    "diff": "diffing.diff",
    "availability": "availability.availability",
    "retention": "retention.retention",
    "eval": "evaluating.evaluate",
    "stats": "statistics.stats",
    "serve": "serving.serve",
    "demo": "demonstration.demo",
    "scan": "scans.app",
    "checklist": "checklists.app",
    "units": "registry.app",
    "waive": "waiving.app",
    "evidence": "evidence.app",
    "paper": "papers.app",
    "database": "databases.app",
    "schedule": "scheduling.app",
    "notify": "notifying.app",
    "user": "users.app",
}


class Commands(SpokenGroup):
    """The commands of `oit`, in the order in which the help lists them."""

    def __init__(self, **settings: Any) -> None:
        """Know the commands by their names."""
        super().__init__(**settings)
        unloaded: dict[str, Any] = dict.fromkeys(_COMMANDS)
        self.commands = {**unloaded, **self.commands}

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, loaded now; None: no such one."""
        with early.loading():
            if cmd_name in _COMMANDS and self.commands[cmd_name] is None:
                self.commands[cmd_name] = _loaded(cmd_name)
        return super().get_command(ctx, cmd_name)


def _loaded(name: str) -> Any:
    module, _, part = _COMMANDS[name].partition(".")
    found = getattr(import_module(f"commands.{module}"), part)
    alone = typer.Typer(cls=SpokenGroup)
    alone.callback()(lambda: None)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name, cls=SpokenGroup)
    else:
        alone.command(name)(found)
    group: Any = typer.main.get_group(alone)
    return group.commands[name]
