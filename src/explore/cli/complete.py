"""What the shell completes, from the corpus in use; a completion never prints and never fails."""

import os

import typer

from explore.query import SORT_KEYS

Completions = list[tuple[str, str]]


def actor(ctx: typer.Context, incomplete: str) -> Completions:
    """Complete an actor by its id, its names and its aliases."""
    return [(_for_shell(name), told) for name, told in _ask(ctx, "actor", incomplete)]


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
    return actor(ctx, incomplete) + claim(ctx, incomplete) + source(ctx, incomplete)


def sort_key(incomplete: str) -> list[str]:
    """Complete a sort key."""
    return [key for key in SORT_KEYS if key.startswith(incomplete)]


def _ask(ctx: typer.Context, what: str, start: str) -> Completions:
    from explore.corpus.place import find
    from explore.index.ask import Index
    from explore.index.store import healed, open_index
    from explore.visible import one_line

    general = ctx.parent.params if ctx.parent else {}
    named = ctx.params.get("corpus") or general.get("corpus")
    try:
        found = healed(lambda: Index(open_index(find(named))).completions(what, start))
    except Exception:  # noqa: BLE001 - a traceback in the middle of a command line helps nobody
        return []
    return [(one_line(name), one_line(told).replace("[", "(")) for name, told in found]


def _for_shell(name: str) -> str:
    """Escape blanks for bash, which puts a completion on the command line as it is."""
    bash = os.environ.get("_EXPLORE_COMPLETE") == "complete_bash"
    return name.replace(" ", "\\ ").replace("'", "\\'") if bash else name
