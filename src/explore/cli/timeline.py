"""`explore timeline`."""

from collections.abc import Iterable

import typer

from explore.cli.filters import Filters, Output, filter_options, output_options

COLUMNS = ("date", "text", "id", "by", "source")


@output_options()
@filter_options(
    leave_out=("subject", "kind", "role", "to", "instrument", "status", "disputed", "sort")
)
def timeline(ctx: typer.Context, output: Output, where: Filters) -> None:
    """List dated facts by year.

    A line marks when the source of the thesis appeared: its authors could not know what follows.
    """
    from explore.analysis.resolution import hints
    from explore.analysis.timeline import event_query
    from explore.analysis.timeline import timeline as events
    from explore.cli.emptied import emptied
    from explore.cli.session import Answer, Session
    from explore.model.records import fields

    session = Session(ctx, output)
    resolved = session.resolve(**where)
    query = event_query(resolved.query)._replace(limit=session.limit)

    def count(given: Filters) -> int:
        return session.index.count(event_query(session.corpus.resolve(**given).query))

    total = session.index.count(query)
    shown = events(session.index, query) if session.is_table else None

    def table() -> Iterable[str]:
        from explore.terminal.timeline import show

        return show(shown, session.screen) if shown else ()

    session.print_answer(
        Answer(
            "events",
            session.index.claims(query),
            fields("claim"),
            table,
            len(shown.events) if shown else 0,
            total,
            COLUMNS,
            resolved.notes,
            hints(session.index, query, resolved.groups),
            "" if total else emptied("events", where, count),
        )
    )
