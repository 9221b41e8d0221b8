"""What the shell completes, from the corpus in use; `explore.cli.shells` escapes it."""

from typing import TYPE_CHECKING

import typer

from explore.model.query import DATES, SORT_KEYS

if TYPE_CHECKING:
    from explore.index.completions import What

Completions = list[tuple[str, str]]


def actor(ctx: typer.Context, incomplete: str) -> Completions:
    """Complete an actor by its id, its short name and its surname."""
    return _ask(ctx, "actor", incomplete)


def claim(ctx: typer.Context, incomplete: str) -> Completions:
    """Complete the id of a claim."""
    return _ask(ctx, "claim", incomplete)


def source(ctx: typer.Context, incomplete: str) -> Completions:
    """Complete the id of a source."""
    return _ask(ctx, "source", incomplete)


def topic(ctx: typer.Context, incomplete: str) -> Completions:
    """Complete a topic."""
    return _ask(ctx, "topic", incomplete)


def record(ctx: typer.Context, incomplete: str) -> Completions:
    """Complete the id of any record, or a name of an actor."""
    return _ask(ctx, "record", incomplete)


def dates(incomplete: str) -> list[str]:
    """Complete which date is looked at."""
    return [reading for reading in DATES if reading.startswith(incomplete)]


def sort_key(incomplete: str) -> list[str]:
    """Complete a sort key."""
    return [key for key in SORT_KEYS if key.startswith(incomplete)]


def _ask(ctx: typer.Context, what: "What", start: str) -> Completions:
    from explore.corpus.files import find
    from explore.index.completions import completions
    from explore.index.store import healed, open_index

    general = ctx.parent.params if ctx.parent else {}
    named = ctx.params.get("corpus") or general.get("corpus")
    return healed(lambda: completions(open_index(find(named)), what, start))
