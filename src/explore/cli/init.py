"""`explore init`."""

from pathlib import Path
from typing import Annotated

import typer

from explore.cli.filters import Color


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to create it in.")],
    color: Color = None,
) -> None:
    """Create a starter corpus.

    Commented files that pass `explore check`, and JSON Schemas with which editors complete and
    explain fields. Existing files are never changed.
    """
    from explore.corpus.starter import begin
    from explore.terminal.screen import Screen

    screen = Screen(color or (ctx.parent.params if ctx.parent else {}).get("color") or "auto")
    for made in begin(folder, screen.note):
        screen.say([f"{'created' if made.new else 'exists'} {made.path}"])
    screen.note(f"next: edit {folder / 'claims.yaml'}, and run 'explore check {folder}'")
