"""Actors as a table, and one actor as a profile."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.text import Text

from explore.index.ask import Index
from explore.query import Query
from explore.records import Record
from explore.screen import Screen
from explore.views import card, claims, style
from explore.views.grid import Column, grid

_ROOMY = 110
_PROFILE_CLAIMS = 5


def show(index: Index, actors: list[Record], screen: Screen) -> Iterator[RenderableType]:
    """Yield the table of actors, with how many claims each makes and is concerned by."""
    ids = min(max((len(actor["id"]) for actor in actors), default=0), screen.width // 2)
    roomy = screen.width >= _ROOMY
    columns = [Column("id", ids), Column("name"), Column("kind", 12)]
    if roomy:
        columns.append(Column("ties", 26))
    columns += [Column(head, 5, right=True) for head in ("says", "does", "about")]
    yield from grid(columns, (_row(index, actor, roomy) for actor in actors), screen)


def profile(index: Index, actor: Record, screen: Screen) -> Iterator[RenderableType]:
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
        yield Text(f"\n{head}: {total or 'nothing in this corpus'}", style.HEAD)
        found = list(index.claims(query._replace(limit=_PROFILE_CLAIMS)))
        yield from claims.show(index, found, screen)
        if total > len(found):
            yield Text(f"  {total - len(found)} more: explore {more}", style.QUIET)


def _row(index: Index, actor: Record, roomy: bool) -> list[RenderableType]:
    color = style.ACTOR[actor["kind"]]
    short = actor["short"]
    name = actor["name"] + (f" ({short})" if short and short != actor["name"] else "")
    counts = index.actor_counts(actor["id"])
    cells: list[RenderableType] = [
        style.record_id(actor["id"], f"bold {color}"),
        style.plain(name),
        Text(actor["kind"], color),
    ]
    if roomy:
        cells.append(style.lines(*card.ties(index, actor)))
    return cells + [Text(str(counts[key])) for key in ("says", "does", "about")]
