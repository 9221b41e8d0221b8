"""The commands that begin a corpus, and tell editors what may stand in it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from explore.cli import options as o

if TYPE_CHECKING:
    from explore.model.json_schema import Part


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make it in.")],
    color: o.Color = None,
) -> None:
    """A small corpus to begin with.

    Commented files that pass `explore check`, and JSON Schemas by which editors complete and
    explain fields. No file that is there is ever changed.
    """
    from explore.terminal.screen import Screen
    from explore.corpus.starter import begin

    screen = Screen(color or (ctx.parent.params if ctx.parent else {}).get("color") or "auto")
    for made in begin(folder, screen.note):
        screen.say([f"{'made' if made.new else 'kept'} {made.path}"])
    screen.note(f"next: edit {folder / 'claims.yaml'}, and run 'explore check {folder}'")


def _parts() -> list[str]:
    from explore.model.json_schema import PARTS

    return list(PARTS)


def _part(typed: str | None) -> str | None:
    if typed is not None and typed not in _parts():
        raise typer.BadParameter(f"'{typed}' is none of {', '.join(_parts())}")
    return typed


def _offered(incomplete: str) -> list[str]:
    return [part for part in _parts() if part.startswith(incomplete)]


def schema(
    ctx: typer.Context,
    part: Annotated[
        str | None,
        typer.Argument(
            metavar="[actors|claims|sources|corpus]",
            callback=_part,
            autocompletion=_offered,
            help="The file it is for; else all record types.",
        ),
    ] = None,
    color: o.Color = None,
) -> None:
    """JSON Schema of a corpus's files.

    For editors and validators: fields, descriptions, examples, what may stand in each.
    """
    import json

    from explore.model.json_schema import schema as schema_of
    from explore.terminal.screen import Screen

    screen = Screen(color or (ctx.parent.params if ctx.parent else {}).get("color") or "auto")
    # Typer has asked `_part` whether it is one.
    found = schema_of(cast("Part | None", part))
    screen.write([json.dumps(found, ensure_ascii=False, indent=2) + "\n"])
