"""`explore sources`."""

from collections.abc import Iterable

import typer

from explore.cli.filters import Output, output_options

COLUMNS = ("id", "title", "container-title", "issued", "URL")


@output_options()
def sources(ctx: typer.Context, output: Output) -> None:
    """List sources as references.

    With the number of claims and actors that cite each, and the sources that quote it.
    """
    from explore.analysis.listings import source_rows
    from explore.cli.session import Answer, Session
    from explore.model.records import fields

    session = Session(ctx, output)
    found = session.index.sources(session.limit)

    def table() -> Iterable[str]:
        from explore.terminal.listings import sources as show

        return show(source_rows(session.index, found), session.screen)

    total = session.index.counts()["sources"]
    session.print_answer(
        Answer("sources", found, fields("source"), table, len(found), total, COLUMNS)
    )
