"""`explore cache`."""

from typing import Annotated

import typer

from explore.cli.filters import Color, Corpus


def cache(
    ctx: typer.Context,
    clear: Annotated[bool, typer.Option("--clear", help="Delete this corpus's index.")] = False,
    every: Annotated[
        bool, typer.Option("--all", help="With --clear, delete the indexes of all corpora.")
    ] = False,
    corpus: Corpus = None,
    color: Color = None,
) -> None:
    """Show where the index is, how large and how fresh.

    The index is updated whenever a file changes; it is safe to delete at any time.
    """
    from explore.corpus.files import find
    from explore.index import cache as index_cache
    from explore.index.store import state
    from explore.terminal.screen import Screen

    general = ctx.parent.params if ctx.parent else {}
    screen = Screen(color or general.get("color") or "auto")
    folder = find(corpus or general.get("corpus"))
    if clear:
        removed = index_cache.cleared(None if every else folder)
        screen.say([f"{removed} index{'' if removed == 1 else 'es'} deleted"])
        return
    path = index_cache.cache_path(folder)
    size = path.stat().st_size / 1e6 if path.is_file() else 0
    others, total = index_cache.all_indexes()
    indexes = f"{others} index{'' if others == 1 else 'es'}"
    rows = {
        "corpus": folder,
        "index": path,
        "state": state(folder),
        "size": f"{size:,.1f} MB",
        "total": f"{indexes}, {total / 1e6:,.1f} MB, in {path.parent}",
    }
    screen.say(f"{name:<8} {value}" for name, value in rows.items())
