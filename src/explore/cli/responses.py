"""`explore responses`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli.filters import Filters, Output, filter_options, output_options

COLUMNS = ("id", "text", "subject", "instrument", "status", "responds_to", "by", "source")
_NAMED = {"subject": "by", "by": "said_by"}


@output_options()
@filter_options(named=_NAMED)
def responses(
    ctx: typer.Context,
    output: Output,
    where: Filters,
    unanswered: Annotated[
        bool, typer.Option("--unanswered", help="List threats that no claim responds to.")
    ] = False,
) -> None:
    """List responses: who responds to what, and in whose account.

    --by is who responds, --said-by who reports it.
    """
    from explore.analysis.listings import responses as grouped
    from explore.analysis.resolution import hints
    from explore.analysis.summaries import summaries
    from explore.cli.emptied import emptied
    from explore.cli.session import Answer, Session
    from explore.model.records import fields

    session = Session(ctx, output)
    flags = {"responses": not unanswered, "unanswered": unanswered}

    def count(given: Filters) -> int:
        return session.index.count(session.corpus.resolve(**flags, **given).query)

    resolved = session.resolve(**flags, **where)
    total = session.index.count(resolved.query)
    noun = "unanswered threats" if unanswered else "responses"
    empty = "every threat has a response" if unanswered else ""
    query = resolved.query._replace(limit=session.limit)
    records = list(session.index.claims(query, inverse=not session.is_table))

    def table() -> Iterable[str]:
        if unanswered:
            from explore.terminal.claims import show as show_claims

            return show_claims(summaries(session.index, records), session.screen)
        from explore.terminal.responses import show

        return show(grouped(session.index, records), session.screen)

    session.print_answer(
        Answer(
            "claims" if unanswered else "responses",
            records,
            fields("claim"),
            table,
            len(records),
            total,
            COLUMNS,
            resolved.notes,
            hints(session.index, query, resolved.groups),
            "" if total else emptied(noun, where, count, _NAMED) or empty,
        )
    )
