"""An argument as a tree: under each claim the claims that link to it."""

from collections.abc import Collection, Iterator
from typing import Any

from explore.index.queries import Index
from explore.model.query import Query

# What a claim at the end of a link is to the claim that it hangs under.
WORDS = {
    "supports": "supports",
    "disputes": "disputes",
    "qualifies": "qualifies",
    "background_to": "gives background",
    "responds_to": "answers",
}

FIELDS = ("claim", "depth", "link", "parent", "note", "again", "text", "by")


def roots(index: Index) -> list[str]:
    """Give the claims that an argument hangs from: its theses."""
    return [claim["id"] for claim in index.claims(Query(role=("thesis",)))]


def grown(
    index: Index, tops: list[str], depth: int | None = None, only: Collection[str] = ()
) -> Iterator[dict[str, Any]]:
    """Yield the tree under each top, line by line, in reading order.

    A claim that was shown before is marked `again` and not followed, so that circles end.
    The walk keeps its own stack, so that no chain is too deep.

    Args:
        index: the corpus.
        tops: ids of the claims to start from.
        depth: how many levels to follow below a top; all if None.
        only: the types of link to follow; all if empty.
    """
    shown: set[str] = set()
    ahead: list[tuple[str, int, str | None, str | None, str | None]]
    ahead = [(top, 0, None, None, None) for top in reversed(tops)]
    while ahead:
        name, level, link, parent, note = ahead.pop()
        claim = index.record(name)[1]
        incoming = index.incoming(name)
        yield {
            "claim": name,
            "depth": level,
            "link": link,
            "parent": parent,
            "note": note,
            "again": name in shown and bool(incoming),
            "text": claim["text"],
            "by": claim["by"],
        }
        if name in shown or level == depth:
            continue
        shown.add(name)
        below = [
            (source, level + 1, kind, name, why)
            for kind in WORDS
            if not only or kind in only
            for source, why in incoming.get(kind, [])
        ]
        ahead += reversed(below)
