"""The command that searches every record."""

import re
from typing import Any

import typer
from typer.core import TyperCommand

from explore.cli import options as o
from explore.cli import tables
from explore.cli.session import Answer, Session

_HITS = 20
# Keeps a word that begins with a dash from being read as options of one letter.
_SHIELD = "\0"


class SearchCommand(TyperCommand):
    """Takes `-word` for a word to leave out, where other commands take it for options."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Shield such words from the parser."""
        shielded = [_SHIELD + arg if re.match(r"-\w\w", arg) else arg for arg in args]
        return super().parse_args(ctx, shielded)


COMMAND_CLASSES = {"search": SearchCommand}


def search(
    ctx: typer.Context,
    words: o.Words,
    about: o.About = None,
    by: o.By = None,
    subject: o.Subject = None,
    kind: o.Kinds = None,
    role: o.Roles = None,
    topic: o.Topic = None,
    source: o.Source = None,
    since: o.Since = None,
    until: o.Until = None,
    members: o.Members = False,
    limit: o.Limit = None,
    form: o.OutputFormat = "table",
    raw: o.Raw = False,
    corpus: o.Corpus = None,
    color: o.Color = None,
) -> None:
    """Any record by its words, best first.

    Every word must match, in any of its forms; the last may be unfinished. "A phrase" keeps its
    order, -word must not be there. Filters narrow the search to claims.
    """
    from explore.cli.filters import understand
    from explore.index.search import FIELDS, search
    from explore.index.search_terms import nearest_words

    session = Session(ctx, corpus, color, raw=raw)
    understood = understand(
        session.index,
        members=members,
        about=about,
        by=by,
        subject=subject,
        kind=kind,
        role=role,
        topic=topic,
        source=source,
        since=since,
        until=until,
    )
    typed = _typed(words)
    hits = search(session.index, typed, understood.query, _HITS if limit is None else limit)
    told = ", ".join(f"{count:,} {kind}{'s' * (count > 1)}" for kind, count in hits.counts.items())
    header = [*understood.header, f"{told} with {typed}"] if told else understood.header
    near = nearest_words(session.index.db, typed) if not hits.records else {}
    hint = "; ".join(
        f"{word} is not there, {' or '.join(found)} is" for word, found in near.items() if found
    )
    total = sum(hits.counts.values())
    answer = Answer(
        "hits",
        hits.records,
        FIELDS,
        tables.hits,
        FIELDS,
        total,
        header,
        f"nothing has {typed}{f' ({hint})' if hint else ''}",
    )
    session.give(answer, form)


def _typed(words: list[str]) -> str:
    """Put words together; one that came with blanks was a phrase in the shell's quotes."""
    bare = [word.removeprefix(_SHIELD) for word in words]
    return " ".join(f'"{word}"' if " " in word and '"' not in word else word for word in bare)
