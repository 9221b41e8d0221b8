"""`explore init`."""

from pathlib import Path
from typing import Annotated

import typer

from explore.cli.filters import Color


def init(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to create the corpus in.")],
    color: Color = None,
) -> None:
    """Create a starter corpus.

    Writes commented files that pass `explore check`, and JSON Schemas that let editors complete
    and explain fields. Never changes existing files.
    """
    from explore.corpus.starter import create
    from explore.terminal.screen import Screen

    screen = Screen(color or (ctx.parent.params if ctx.parent else {}).get("color") or "auto")
    for file in create(folder, screen.note):
        screen.say([f"{'created' if file.new else 'exists'} {file.path}"])
    screen.note(f"next: edit {folder / 'claims.yaml'}, then run 'explore check {folder}'")
