"""`explore schema`."""

from typing import TYPE_CHECKING, Annotated, cast

import typer

from explore.cli.filters import Color

if TYPE_CHECKING:
    from explore.model.json_schema import Part


def _parts() -> list[str]:
    from explore.model.json_schema import PARTS

    return list(PARTS)


def _check_part(typed: str | None) -> str | None:
    if typed is not None and typed not in _parts():
        raise typer.BadParameter(f"'{typed}' is not one of {', '.join(_parts())}")
    return typed


def _complete_part(incomplete: str) -> list[str]:
    return [part for part in _parts() if part.startswith(incomplete)]


def schema(
    ctx: typer.Context,
    part: Annotated[
        str | None,
        typer.Argument(
            metavar="[actors|claims|sources|corpus]",
            callback=_check_part,
            autocompletion=_complete_part,
            help="File to describe. [default: all]",
        ),
    ] = None,
    color: Color = None,
) -> None:
    """Print the JSON Schema of corpus files.

    For editors and validators: fields, descriptions, examples and allowed values.
    """
    import json

    from explore.model.json_schema import schema as schema_of
    from explore.terminal.screen import Screen

    screen = Screen(color or (ctx.parent.params if ctx.parent else {}).get("color") or "auto")
    # `_check_part` has checked that it is one.
    found = schema_of(cast("Part | None", part))
    screen.write([json.dumps(found, ensure_ascii=False, indent=2) + "\n"])
