"""Actors as a table, and one actor as a profile."""

from collections.abc import Iterator

from explore.index.queries import Index
from explore.model.query import Query
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import card, claims, theme as style
from explore.terminal.grid import Cell, Column, block, grid
from explore.terminal.text import Text, assembled, lines

_ROOMY = 110
_PROFILE_CLAIMS = 5


def show(index: Index, actors: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the table of actors, with how many claims each makes and is concerned by."""
    counts = [Column(head, 5, right=True) for head in ("says", "does", "about")]
    if screen.width < _ROOMY:
        columns = [Column("actor"), *counts]
    else:
        ids = min(max((len(actor["id"]) for actor in actors), default=0), screen.width // 3)
        columns = [Column("id", ids), Column("name"), Column("kind", 12), Column("ties", 26)]
        columns += counts
    rows = (_row(index, actor, screen.width >= _ROOMY) for actor in actors)
    yield from grid(columns, rows, screen)


def profile(index: Index, actor: Record, screen: Screen) -> Iterator[str]:
    """Yield who an actor is, what it says, what is said of it, and what it answers."""
    yield from card.show(index, "actor", actor, screen)
    name = actor["id"]
    for head, query, more in (
        ("What it says", Query(by=(name,)), f"claims --by {name}"),
        ("What it is said to do", Query(subject=(name,)), f"claims --subject {name}"),
        (
            "How it is said to answer",
            Query(subject=(name,), responses=True),
            f"responses --by {name}",
        ),
        ("All that concerns it", Query(about=(name,)), f"claims --about {name}"),
    ):
        total = index.count(query)
        said = Text(f"\n{head}: {total or 'nothing in this corpus'}", style.HEAD)
        yield block(said, screen)
        found = list(index.claims(query._replace(limit=_PROFILE_CLAIMS)))
        yield from claims.show(index, found, screen)
        if total > len(found):
            rest = Text(f"{total - len(found)} more: explore {more}", style.QUIET)
            yield block([(2, rest)], screen)


def _row(index: Index, actor: Record, roomy: bool) -> list[Cell]:
    color = style.ACTOR[actor["kind"]]
    short = actor["short"]
    name = actor["name"] + (f" ({short})" if short and short != actor["name"] else "")
    counts = index.actor_counts(actor["id"])
    head = style.record_id(actor["id"], f"bold {color}")
    kind = Text(actor["kind"], color)
    cells: list[Cell]
    if roomy:
        cells = [head, style.plain(name), kind, lines(*card.ties(index, actor))]
    else:
        cells = [((0, assembled(head, "  ", kind)), (2, style.plain(name)))]
    return cells + [Text(str(counts[key])) for key in ("says", "does", "about")]
