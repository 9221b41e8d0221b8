"""`explore stats`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Output, output_options

# So many names are shown for each count; the other formats have all.
_NAMES = 12


@output_options("limit")
def stats(
    ctx: typer.Context,
    output: Output,
    source: Annotated[
        str | None,
        typer.Option(
            metavar="SOURCE",
            help="Set the other sources beside this one. [default: that of the thesis]",
            autocompletion=completion.source,
        ),
    ] = None,
) -> None:
    """Show who speaks about whom, and which claims stand alone.

    The counts are the corpus's own bias: what was curated, not how the world is.
    """
    from explore.analysis.statistics import FIELDS, statistics
    from explore.cli.session import Answer, Session
    from explore.index import lookup

    session = Session(ctx, output)
    main = lookup.source(session.index.db, source) if source else None
    found = statistics(session.index, main, _NAMES if session.is_table else 0)

    def table() -> Iterable[str]:
        from explore.terminal.stats import show

        return show(found, session.screen)

    total = len(found.counts)
    session.print_answer(Answer("counts", found.counts, FIELDS, table, total, total))
