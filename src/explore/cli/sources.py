"""`explore sources`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli.filters import Output, output_options

COLUMNS = ("id", "title", "container-title", "issued", "URL")


@output_options()
def sources(
    ctx: typer.Context,
    output: Output,
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[WORDS]...",
            help="Words of its author, title, year or type, all of them; a word may be a prefix.",
        ),
    ] = None,
) -> None:
    """List sources as references, all or those with some words.

    With the number of claims and actors that cite each, and the sources that quote it.
    """
    from explore.analysis.listings import source_rows
    from explore.cli.session import Answer, Session
    from explore.model.records import fields

    session = Session(ctx, output)
    if words:
        found = session.corpus.sources(*words)
        total = len(found)
    else:
        found = session.index.sources(session.limit)
        total = session.index.counts()["sources"]
    shown = found[: session.limit or None]

    def table() -> Iterable[str]:
        from explore.terminal.listings import sources as show

        return show(source_rows(session.index, shown), session.screen)

    session.print_answer(
        Answer("sources", shown, fields("source"), table, len(shown), total, COLUMNS)
    )
