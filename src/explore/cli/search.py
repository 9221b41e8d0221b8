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
            help='"exact phrase", -exclude; the last word may be a prefix.',
        ),
    ],
    limit: Annotated[
        int, typer.Option(min=0, max=MAX_LIMIT, help="Maximum number of results; 0 means all.")
    ] = _HITS,
) -> None:
    """Search all records, best match first.

    Every word must match, in any of its forms. Filters narrow the search to claims.
    """
    from explore.analysis.resolution import left_out
    from explore.cli.session import Answer, Session
    from explore.index.search import FIELDS
    from explore.index.search import search as search_index
    from explore.index.search_terms import similar_words

    session = Session(ctx, output)
    typed = _typed(words)
    query, notes, groups = session.corpus.resolve(**where)
    hits = search_index(session.index, typed, query, limit)
    if hits.counts:
        counts = (f"{count:,} {kind}{'s' * (count > 1)}" for kind, count in hits.counts.items())
        notes = [*notes, f"{', '.join(counts)} with {typed}"]

    def table() -> Iterable[str]:
        from explore.terminal.search import show

        return show(hits.records, session.index.labels(), session.screen)

    empty = f"no results for '{typed}'"
    if not hits.records:
        similar = {w for near in similar_words(session.index.db, typed).values() for w in near}
        if similar:
            empty += f"; similar words: {', '.join(sorted(similar))}"
    session.print_answer(
        Answer(
            "hits",
            hits.records,
            FIELDS,
            table,
            len(hits.records),
            sum(hits.counts.values()),
            notes=notes,
            hints=left_out(session.index, query._replace(search=typed), groups),
            empty=empty,
        )
    )


def _typed(words: list[str]) -> str:
    """Join words; one that came with spaces was a phrase in the shell's quotes."""
    bare = [word.removeprefix(_SHIELD) for word in words]
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in bare)
