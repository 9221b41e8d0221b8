"""The command that takes a corpus elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from explore.cli import options as o
from explore.exporting import FORMATS, Graph

if TYPE_CHECKING:
    from explore.cli.session import Session
    from explore.exporting import Options


def _format(typed: str) -> str:
    if typed not in FORMATS:
        raise typer.BadParameter(f"'{typed}' is none of {', '.join(FORMATS)}")
    return typed


def _offered(incomplete: str) -> list[tuple[str, str]]:
    return [(name, form.told) for name, form in FORMATS.items() if name.startswith(incomplete)]


def export(
    ctx: typer.Context,
    form: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            callback=_format,
            autocompletion=_offered,
            help=f"One of {', '.join(FORMATS)}.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file or folder to write.")
    ] = None,
    of: Annotated[
        Graph, typer.Option(help=f"What a graph shows: {', '.join(get_args(Graph))}.")
    ] = "argument",
    limit: Annotated[
        int | None,
        typer.Option(min=0, max=o.MOST, help="Maximum number of nodes of a graph; 0 for all."),
    ] = None,
    raw: o.Raw = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """The corpus as other programs read it.

    Databases, tables, graphs, linked data, a brief, references. Text formats go to standard
    output unless -o names a file.
    """
    from explore.cli.session import Session
    from explore.exporting import Options

    session = Session(ctx, corpus, color)
    options = Options(of, raw, limit, session.screen.note)
    if FORMATS[form].shape == "text" and output is None:
        from explore.exporting import text_writer

        session.screen.write(text_writer(form)(session.index, options))
        return
    path = _written(session, form, options, output, force)
    session.screen.note(f"{form}: {FORMATS[form].told}, in {path}")


def _written(
    session: "Session", form: str, options: "Options", output: Path | None, force: bool
) -> Path:
    from explore.errors import UsageError
    from explore.exporting import file_names, file_writer, text_writer
    from explore.exporting.places import place_for
    from explore.exporting.target import Place, file_of, made

    if output is None:
        raise UsageError(f"{form} is no text; name its {FORMATS[form].shape} with -o")
    place = Place(place_for(output, session.folder), force)
    if FORMATS[form].shape == "text":
        file_of(text_writer(form)(session.index, options), place)
    else:
        write = file_writer(form)
        made(lambda part: write(session.index, options, part), place, file_names(form))
    return output
