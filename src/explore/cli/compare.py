"""`explore compare`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Output, output_options


@output_options()
def compare(
    ctx: typer.Context,
    output: Output,
    first: Annotated[
        str,
        typer.Argument(metavar="ACTOR", help="An actor.", autocompletion=completion.actor),
    ],
    second: Annotated[
        str,
        typer.Argument(metavar="OTHER", help="Another actor.", autocompletion=completion.actor),
    ],
    topic: Annotated[
        list[str] | None,
        typer.Option(
            metavar="TOPIC", help="Compare only on this topic.", autocompletion=completion.topic
        ),
    ] = None,
) -> None:
    """Compare two actors, topic by topic.

    What others say that each does, and what each says of itself. Topics that the argument sets up
    as a contrast come first.
    """
    from explore.analysis.comparison import FIELDS
    from explore.analysis.comparison import compare as compare_actors
    from explore.cli.session import Answer, Session
    from explore.index import lookup
    from explore.terminal.compare import SHOWN

    session = Session(ctx, output)
    db = session.index.db
    ids = [lookup.actor(db, name) for name in (first, second)]
    topics = [lookup.topic(db, name) for name in topic or ()]
    found = compare_actors(session.index, ids[0], ids[1], topics, SHOWN)
    total = len(found.rows)
    shown = min(session.limit or total, total)

    def table() -> Iterable[str]:
        from explore.terminal.compare import show

        return show(found, session.limit, session.screen)

    records = found.records()[: session.limit or None]
    session.print_answer(Answer("topics", records, FIELDS, table, shown, total))
