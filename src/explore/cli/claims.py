"""`explore claims`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Filters, Output, filter_options, output_options

COLUMNS = ("id", "text", "kind", "role", "by", "source", "locator")


@output_options()
@filter_options(leave_out=("to", "instrument", "status"))
def claims(
    ctx: typer.Context,
    output: Output,
    where: Filters,
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[CLAIM]...", help="Claims.", autocompletion=completion.claim),
    ] = None,
) -> None:
    """List claims: what is said, by whom, where and when.

    A repeated option widens the result (or); different options narrow it (and).
    """
    from explore.analysis.resolution import dating
    from explore.analysis.summaries import summaries
    from explore.cli.emptied import emptied
    from explore.cli.session import Answer, Session
    from explore.model.records import fields

    session = Session(ctx, output)
    options = {"ids": ids or (), **where}
    query, notes, _ = session.resolve(**options)
    query = query._replace(limit=session.limit)
    records = session.index.claims(query, inverse=not session.is_table)
    shown = summaries(session.index, records) if session.is_table else []

    def count(given: Filters) -> int:
        return session.index.count(session.corpus.resolve(**given).query)

    total = session.index.count(query)

    def table() -> Iterable[str]:
        from explore.terminal.claims import show

        return show(shown, session.screen)

    session.print_answer(
        Answer(
            "claims",
            records,
            fields("claim"),
            table,
            len(shown),
            total,
            COLUMNS,
            notes,
            "" if total else emptied("claims", options, count),
            dating(session.index, query),
        )
    )
