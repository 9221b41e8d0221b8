"""`explore actors`."""

from collections.abc import Iterable
from typing import Annotated

import typer

from explore.cli import completion
from explore.cli.filters import Filters, Output, filter_options, output_options

COLUMNS = ("id", "name", "kind", "member_of", "partner_of", "description")


@output_options()
@filter_options("actor")
def actors(
    ctx: typer.Context,
    output: Output,
    where: Filters,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ACTOR]...", help="Actors.", autocompletion=completion.actor),
    ] = None,
) -> None:
    """List actors, or show one actor's profile.

    A profile is what an actor says, does and responds, and what concerns it.
    """
    from explore.analysis.listings import actor_rows
    from explore.cli.emptied import emptied
    from explore.cli.session import Answer, Session
    from explore.model.records import fields

    session = Session(ctx, output)
    found = session.corpus.actors(*(names or ()), **where)
    shown = found[: session.limit or None]

    def table() -> Iterable[str]:
        if names and len(found) == 1:
            from explore.analysis.cards import profile
            from explore.terminal.actors import profile as show_profile

            return show_profile(profile(session.index, found[0]), session.screen)
        from explore.terminal.listings import actors as show

        return show(actor_rows(session.index, shown), session.screen)

    def count(given: Filters) -> int:
        others = dict(given)
        return len(session.corpus.actors(*others.pop("ids", ()), **others))

    session.print_answer(
        Answer(
            "actors",
            shown,
            fields("actor"),
            table,
            len(shown),
            len(found),
            COLUMNS,
            empty="" if found else emptied("actors", {"ids": names or (), **where}, count),
        )
    )
