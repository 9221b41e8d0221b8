"""Write docs/commands.md, the reference of all commands, from the program itself.

Run `python tools/commands.py` after a change of a command; a test compares.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from explore.cli.app import app
from explore.cli.registry import ENTRIES

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"

_HEAD = """\
# Commands

This page is generated from the program (`python tools/commands.py`); `explore COMMAND --help`
shows the same. Every listing takes `--format table|json|jsonl|csv|md`, `--limit`, `--corpus` and
`--color`.
"""


def page() -> str:
    """Return the page."""
    return "".join(_page())


def _page() -> Iterator[str]:
    yield _HEAD
    group = typer.main.get_command(app)
    panel = ""
    for name, entry in ENTRIES.items():
        if entry.panel != panel:
            panel = entry.panel
            yield f"\n## {panel}\n"
        yield from _command(name, group.commands[name])  # type: ignore[attr-defined]


def _command(name: str, command: Any) -> Iterator[str]:
    head, _, rest = " ".join((command.help or "").split()).partition(". ")
    context = command.make_context(name, [], resilient_parsing=True)
    arguments = [each for each in command.params if each.param_type_name == "argument"]
    words = [each.make_metavar(context) for each in arguments]
    yield f"\n### explore {' '.join([name, *filter(None, words)])}\n\n{head.rstrip('.')}."
    yield f" {rest}\n" if rest else "\n"
    yield f"\n```sh\n{ENTRIES[name].example}\n```\n"
    options = [param for param in command.params if param.param_type_name == "option"]
    if options:
        yield "\n| option | what it does |\n|---|---|\n"
    for option in options:
        flags = ", ".join(f"`{flag}`" for flag in (*option.opts, *option.secondary_opts))
        text = " ".join((option.help or "").split()).replace("|", "\\|")
        yield f"| {flags} | {text} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
