"""`explore help`."""

from typing import Annotated, Any

import typer

from explore.cli.registry import ENTRIES


def _complete(incomplete: str) -> list[str]:
    return [name for name in ENTRIES if name.startswith(incomplete)]


def help_(
    ctx: typer.Context,
    command: Annotated[
        str | None,
        typer.Argument(metavar="[COMMAND]", help="A command.", autocompletion=_complete),
    ] = None,
) -> None:
    """Show the help of the program, or of a command."""
    program: Any = ctx.parent
    if command is None:
        typer.echo(program.get_help())
        return
    name, found, _ = program.command.resolve_command(program, [command])
    found.make_context(name, ["--help"], parent=program)
