"""The commands by name; each is loaded when it is asked for: its options cost start-up time."""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any, NamedTuple

import typer


class Entry(NamedTuple):
    """Where a command is, how it is used, and its function if that has another name."""

    module: str
    example: str
    function: str | None = None


ENTRIES = {
    "summary": Entry("commands", "explore summary --format md > brief.md"),
    "actors": Entry("commands", "explore actors asean"),
    "claims": Entry("commands", 'explore claims --about "South Korea" --kind fact --format csv'),
    "responses": Entry("commands", "explore responses --by china --instrument economic"),
    "show": Entry("commands", "explore show pivot-threatens-centrality"),
    "topics": Entry("commands", "explore topics --format json"),
    "search": Entry("finding", "explore search threatens centralit -nuclear"),
    "tree": Entry("weighing", "explore tree pivot-threatens-centrality --depth 2"),
    "compare": Entry("weighing", "explore compare nato asean"),
    "timeline": Entry("weighing", "explore timeline --about japan --since 2020"),
    "stats": Entry("weighing", "explore stats"),
    "sources": Entry("commands", "explore sources"),
    "cache": Entry("caching", "explore cache --clear"),
    "init": Entry("making", "explore init my-corpus"),
    "schema": Entry("making", "explore schema claims"),
    "check": Entry("checking", "explore check my-corpus --watch"),
    "import": Entry("bringing", "explore import claims.csv --into my-corpus", "import_"),
    "export": Entry("taking", "explore export html -o brief.html"),
    "audit": Entry("checking", "explore audit --text china-watch-2024=article.txt"),
}


class Catalogue(MutableMapping[str, Any]):
    """The commands as Typer's group keeps them, made from their functions one by one."""

    def __init__(self) -> None:
        """Know the names, and no command yet."""
        self._made: dict[str, Any] = dict.fromkeys(ENTRIES)

    def __getitem__(self, name: str) -> Any:
        """Give a command.

        Raises:
            KeyError: if there is none of this name.
        """
        if self._made[name] is None:
            entry = ENTRIES[name]
            module = import_module(f"explore.cli.{entry.module}")
            alone = typer.Typer(
                add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
            )
            kind = getattr(module, "COMMAND_CLASSES", {}).get(name)
            function = getattr(module, entry.function or name)
            alone.command(name, epilog=f"Example: {entry.example}", cls=kind)(function)
            self._made[name] = typer.main.get_command(alone)
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        """Add a command."""
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        """Take a command away."""
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order of the help."""
        return iter(self._made)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._made)
