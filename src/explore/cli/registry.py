"""The commands by name; each is loaded when it is used, as building its options takes time."""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from typing import Any, NamedTuple

import typer


class Entry(NamedTuple):
    """A command: the panel of the help that it is in, and an example of its use."""

    panel: str
    example: str


EXPLORE, WEIGH, CURATE, SHARE = "Explore", "Weigh", "Curate", "Share"

# The module of a command is called as the command, and so is its function.
ENTRIES = {
    "summary": Entry(EXPLORE, "explore summary --format md > brief.md"),
    "actors": Entry(EXPLORE, "explore actors asean"),
    "claims": Entry(EXPLORE, 'explore claims --about "South Korea" --kind fact --format csv'),
    "responses": Entry(EXPLORE, "explore responses --by china --instrument economic"),
    "show": Entry(EXPLORE, "explore show pivot-threatens-centrality"),
    "search": Entry(EXPLORE, "explore search threatens centralit -nuclear"),
    "topics": Entry(EXPLORE, "explore topics --format json"),
    "sources": Entry(EXPLORE, "explore sources"),
    "help": Entry(EXPLORE, "explore help claims"),
    "tree": Entry(WEIGH, "explore tree pivot-threatens-centrality --depth 2"),
    "compare": Entry(WEIGH, "explore compare nato asean"),
    "timeline": Entry(WEIGH, "explore timeline --about japan --since 2020"),
    "stats": Entry(WEIGH, "explore stats"),
    "audit": Entry(WEIGH, "explore audit --text china-watch-2024=article.txt"),
    "init": Entry(CURATE, "explore init my-corpus"),
    "check": Entry(CURATE, "explore check my-corpus --watch"),
    "schema": Entry(CURATE, "explore schema claims"),
    "import": Entry(CURATE, "explore import claims.csv --into my-corpus"),
    "cache": Entry(CURATE, "explore cache --clear"),
    "export": Entry(SHARE, "explore export html -o brief.html"),
}
# A module cannot be called by a keyword of Python, and should not be by a built-in function.
_MODULES = {"import": "import_", "help": "help_"}


class Registry(MutableMapping[str, Any]):
    """The commands as Typer's group stores them, built from their functions one by one."""

    def __init__(self) -> None:
        """Know the names, and no command yet."""
        self._built: dict[str, Any] = dict.fromkeys(ENTRIES)

    def __getitem__(self, name: str) -> Any:
        """Return a command.

        Raises:
            KeyError: if no command has this name.
        """
        if self._built[name] is None:
            attribute = _MODULES.get(name, name)
            module = import_module(f"explore.cli.{attribute}")
            alone = typer.Typer(
                add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
            )
            kind = getattr(module, "COMMAND_CLASS", None)
            epilog = f"Example: {ENTRIES[name].example}"
            alone.command(name, epilog=epilog, cls=kind)(getattr(module, attribute))
            self._built[name] = typer.main.get_command(alone)
        return self._built[name]

    def __setitem__(self, name: str, command: Any) -> None:
        """Add a command."""
        self._built[name] = command

    def __delitem__(self, name: str) -> None:
        """Remove a command."""
        del self._built[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names, in the order of the help."""
        return iter(self._built)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._built)
