"""The counts of a corpus as bars, and which of its main claims stand alone."""

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from explore.index.ask import Index
from explore.index.tally import weighed
from explore.records import Record
from explore.screen import Screen
from explore.views import style

if TYPE_CHECKING:
    from rich.console import RenderableType

_HEADS = {
    "kind": "Kinds of claims",
    "role": "Roles",
    "speaker": "Who speaks (a claim of two speakers counts for each)",
    "subject": "Whose conduct is told",
    "source": "Sources",
    "side": "Sides: how claims of other sources stand to those of the first",
}
_COLOR = {"for": "green", "against": "red", "limiting": "yellow"}
_LABEL = 28


def show(
    index: Index, counts: list[Record], screen: Screen, main: str | None
) -> Iterator["RenderableType"]:
    """Yield each count as bars, then what the record says to the main source."""
    for head, group in groupby(counts, key=lambda row: row["count"]):
        rows = list(group)
        if head == "record":
            yield from _record(index, rows, main or "")
            return
        yield Text(_HEADS[head], style.HEAD)
        most = max(row["claims"] for row in rows if row["name"] is not None)
        for row in rows:
            if row["name"] is None:
                rest = f"  {row['others']:,} more, with {row['claims']:,} claims"
                yield Text(rest, style.QUIET)
            else:
                yield _bar(_name(index, head, row["name"]), row, most, screen)
        yield Text()


def _name(index: Index, head: str, name: str) -> str:
    return index.short(name) if head in {"speaker", "subject"} else name


def _bar(name: str, row: Record, most: int, screen: Screen) -> Text:
    label = style.plain(name).plain
    # A long name has a line of its own; nothing is cut.
    start = f"  {label:<{_LABEL}}" if len(label) <= _LABEL else f"  {label}\n  {'':<{_LABEL}}"
    number = f"{row['claims']:>6} {row['share']:>6.1%} "
    room = max(screen.width - _LABEL - len(number) - 3, 4)
    bar = ("#" if screen.plain_ascii else "█") * max(round(room * row["claims"] / most), 1)
    return Text.assemble(start, " ", number, (bar, "cyan"))


def _record(index: Index, counts: list[Record], main: str) -> Iterator["RenderableType"]:
    yield Text.assemble(
        ("What other sources say to the claims of ", style.HEAD), (main, style.HEAD)
    )
    claims = weighed(index, main)
    alone = [c for c in claims if not (c["for"] or c["against"] or c["limiting"])]
    for row in counts:
        if row["name"] == "nothing":
            yield Text(f"\nNothing from another source: {row['claims']}", style.HEAD)
        else:
            word = Text(row["name"], _COLOR.get(row["name"], ""))
            yield Text.assemble(f"  {row['claims']:>6} {row['share']:>6.1%} have ", word)
    alone.sort(key=lambda claim: claim["role"] or "")
    for role, group in groupby(alone, key=lambda claim: claim["role"] or "none"):
        names = style.joined(", ", [style.claim_id(claim) for claim in group])
        yield Padding(Text.assemble((f"{role}: ", style.QUIET), names), (0, 0, 0, 2))
