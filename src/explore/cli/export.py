"""`explore export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from explore.cli.filters import MAX_LIMIT, Output, output_options
from explore.exporting import FORMATS, Graph

if TYPE_CHECKING:
    from explore.cli.session import Session
    from explore.exporting import Options


def _check_format(typed: str) -> str:
    if typed not in FORMATS:
        raise typer.BadParameter(f"'{typed}' is not one of {', '.join(FORMATS)}")
    return typed


def _complete_format(incomplete: str) -> list[tuple[str, str]]:
    return [
        (name, form.description) for name, form in FORMATS.items() if name.startswith(incomplete)
    ]


@output_options("limit", "form")
def export(
    ctx: typer.Context,
    output: Output,
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            callback=_check_format,
            autocompletion=_complete_format,
            help=f"Output format: {', '.join(FORMATS)}.",
        ),
    ],
    path: Annotated[
        Path | None, typer.Option("--output", "-o", help="File or folder to write.")
    ] = None,
    of: Annotated[Graph, typer.Option(help="What the graph shows.")] = "argument",
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, max=MAX_LIMIT, help="Maximum number of nodes of a graph; 0 means all."
        ),
    ] = None,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace a plain file, or what an earlier export wrote."),
    ] = False,
) -> None:
    """Export the corpus to another format.

    Databases, tables, graphs, linked data, a brief, references. Text formats go to standard output
    unless -o names a file.
    """
    from explore.cli.session import Session
    from explore.exporting import Options

    session = Session(ctx, output)
    options = Options(of, output.raw, limit, session.screen.note)
    if FORMATS[form].shape == "text" and path is None:
        from explore.exporting import text_writer

        session.screen.write(text_writer(form)(session.index, options))
        return
    _write(session, form, options, path, force)
    session.screen.note(f"wrote {path} ({FORMATS[form].description})")


def _write(
    session: "Session", form: str, options: "Options", path: Path | None, force: bool
) -> None:
    from explore.errors import UsageError
    from explore.exporting import file_names, file_writer, text_writer
    from explore.exporting.places import place_for
    from explore.exporting.target import Place, file_of, made

    shape = FORMATS[form].shape
    if path is None:
        raise UsageError(f"{form} is not a text format; give an output {shape} with -o")
    place = Place(place_for(path, session.corpus.folder), force)
    if shape == "text":
        file_of(text_writer(form)(session.index, options), place)
    else:
        write = file_writer(form)
        made(lambda part: write(session.index, options, part), place, file_names(form))
