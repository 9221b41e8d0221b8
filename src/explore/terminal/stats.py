"""The counts of a corpus as bars, and which of its main claims stand alone."""

from collections.abc import Iterator
from itertools import groupby

from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import block
from explore.terminal.text import Text, assembled, joined

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
    index: Index, counts: list[Record], screen: Screen, main: str | None, said: list[Record]
) -> Iterator[str]:
    """Yield each count as bars, then what the record says to the claims of the main source."""
    for head, group in groupby(counts, key=lambda row: row["count"]):
        rows = list(group)
        if head == "record":
            yield from _record(rows, main or "", said, screen)
            return
        yield block(Text(_HEADS[head], style.HEAD), screen)
        most = max(row["claims"] for row in rows if row["name"] is not None)
        for row in rows:
            if row["name"] is None:
                rest = f"{row['others']:,} more, with {row['claims']:,} claims"
                yield block([(2, Text(rest, style.QUIET))], screen)
            else:
                yield block(_bar(_name(index, head, row["name"]), row, most, screen), screen)
        yield "\n"


def _name(index: Index, head: str, name: str) -> str:
    return index.short(name) if head in {"speaker", "subject"} else name


def _bar(name: str, row: Record, most: int, screen: Screen) -> Text:
    label = style.plain(name).plain
    # A long name has a line of its own; nothing is cut.
    start = f"  {label:<{_LABEL}}" if len(label) <= _LABEL else f"  {label}\n  {'':<{_LABEL}}"
    number = f"{row['claims']:>6} {row['share']:>6.1%} "
    room = max(screen.width - _LABEL - len(number) - 3, 4)
    bar = ("#" if screen.plain_ascii else "█") * max(round(room * row["claims"] / most), 1)
    return assembled(start, " ", number, Text(bar, "cyan"))


def _record(
    counts: list[Record], main: str, claims: list[Record], screen: Screen
) -> Iterator[str]:
    yield block(Text(f"What other sources say to the claims of {main}", style.HEAD), screen)
    alone = [c for c in claims if not (c["for"] or c["against"] or c["limiting"])]
    for row in counts:
        if row["name"] == "nothing":
            head = Text(f"\nNothing from another source: {row['claims']}", style.HEAD)
            yield block(head, screen)
        else:
            word = Text(row["name"], _COLOR.get(row["name"], ""))
            share = f"  {row['claims']:>6} {row['share']:>6.1%} have "
            yield block(assembled(share, word), screen)
    alone.sort(key=lambda claim: claim["role"] or "")
    for role, group in groupby(alone, key=lambda claim: claim["role"] or "none"):
        names = joined(", ", [style.claim_id(claim) for claim in group])
        yield block([(2, assembled(Text(f"{role}: ", style.QUIET), names))], screen)
