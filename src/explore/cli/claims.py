"""`explore claims`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Filters, Output, filter_options, output_options

if TYPE_CHECKING:
    from explore.cli.session import Session

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

    A repeated option widens the result (or), unless with --match all; different options narrow it
    (and).
    """
    from explore.cli.session import Session

    session = Session(ctx, output)
    print_claims(session, {"ids": ids or (), **where})


def print_claims(session: "Session", options: Filters) -> None:
    """Write the claims that some filters ask for in the format asked for."""
    from explore.analysis.resolution import hints
    from explore.analysis.summaries import summaries
    from explore.cli.emptied import emptied
    from explore.cli.session import Answer
    from explore.model.records import fields

    resolved = session.resolve(**options)
    query = resolved.query._replace(limit=session.limit)
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
            resolved.notes,
            hints(session.index, query, resolved.groups),
            "" if total else emptied("claims", options, count),
        )
    )
