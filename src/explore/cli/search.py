"""`explore search`."""

import re
from collections.abc import Iterable
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from explore.cli.filters import MAX_LIMIT, Filters, Output, filter_options, output_options

_HITS = 20
# Keeps a word that begins with a hyphen from being parsed as options of one letter.
_SHIELD = "\0"


class SearchCommand(TyperCommand):
    """Takes `-word` as a word to exclude, where other commands take it as options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Shield such words from the parser."""
        shielded = [_SHIELD + arg if re.match(r"-\w\w", arg) else arg for arg in args]
        return super().parse_args(ctx, shielded)


COMMAND_CLASS = SearchCommand


@output_options("limit")
@filter_options(leave_out=("to", "instrument", "status", "disputed", "search", "sort"))
def search(
    ctx: typer.Context,
    output: Output,
    where: Filters,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="WORDS...",
            help="'\"an exact phrase\"', -exclude; the last word may be a prefix.",
        ),
    ],
    limit: Annotated[
        int, typer.Option(min=0, max=MAX_LIMIT, help="Maximum number of results; 0 means all.")
    ] = _HITS,
) -> None:
    """Search all records, best match first.

    Every word must match, in any of its forms and in British or American spelling; if nothing has
    them all, most of them. Filters narrow the search to claims.
    """
    from explore.analysis.resolution import hints
    from explore.cli.emptied import emptied
    from explore.cli.session import Answer, Session
    from explore.index.search import FIELDS
    from explore.index.search import search as search_index
    from explore.index.search_terms import similar_words

    session = Session(ctx, output)
    resolved = session.resolve(**where)
    query, notes = resolved.query, resolved.notes
    typed = " ".join(word.removeprefix(_SHIELD) for word in words)
    hits = search_index(session.index, typed, query, limit)
    if hits.counts:
        counts = (f"{count:,} {kind}{'s' * (count > 1)}" for kind, count in hits.counts.items())
        most = "most of " if hits.left_out else ""
        notes = [*notes, f"{', '.join(counts)} with {most}'{typed}'"]
    session.say_left_out(hits.left_out)

    def table() -> Iterable[str]:
        from explore.terminal.search import show

        return show(hits.records, session.index.labels(), session.screen)

    def count(given: Filters) -> int:
        narrow = session.corpus.resolve(**given).query
        return sum(search_index(session.index, typed, narrow, 1).counts.values())

    empty = "" if hits.records else emptied("results", where, count)
    if not hits.records and not empty:
        empty = f"no results for '{typed}'"
        similar = {w for near in similar_words(session.index.db, typed).values() for w in near}
        if similar:
            empty += f"; similar words: {', '.join(sorted(similar))}"
    session.print_answer(
        Answer(
            "results",
            hits.records,
            FIELDS,
            table,
            len(hits.records),
            sum(hits.counts.values()),
            notes=notes,
            hints=hints(session.index, query._replace(search=typed), resolved.groups),
            empty=empty,
        )
    )
