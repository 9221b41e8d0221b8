"""The counts of a corpus as bars, and which of its main claims stand alone."""

from collections.abc import Iterator
from itertools import groupby

from explore.analysis.statistics import Statistics
from explore.model.links import LINK_TYPE, LINK_TYPES
from explore.model.records import Record
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Text, assembled, block, joined

_HEADS = {
    "kind": "Kinds of claims",
    "role": "Roles",
    "speaker": "Speakers (a claim with two speakers counts for each)",
    "subject": "Subjects: whose conduct is described",
    "source": "Sources",
    "relation": "Other sources' claims, by their relation to the first source",
}
_LABEL = 28


def show(found: Statistics, screen: Screen) -> Iterator[str]:
    """Yield each count as bars, then how other sources address the claims of the main one."""
    for head, group in groupby(found.counts, key=lambda row: row["count"]):
        rows = list(group)
        if head == "coverage":
            yield from _coverage(found, rows, screen)
            continue
        yield block(theme.heading(_HEADS[head]), screen)
        longest = max(row["claims"] for row in rows if row["name"] is not None)
        for row in rows:
            if row["name"] is None:
                rest = f"{row['others']:,} more, with {theme.numbered(row['claims'], 'claim')}"
                yield block([(2, theme.quiet(rest))], screen)
            else:
                yield block(_bar(_name(found, head, row["name"]), row, longest, screen), screen)
        yield "\n"


def _name(found: Statistics, head: str, name: str) -> str:
    if head in {"speaker", "subject"}:
        return found.labels[name].short
    if head == "relation":
        if name == "none":
            return "not linked to it"
        if name in LINK_TYPE:
            link = LINK_TYPE[name]
            return f"{link.words} its claims"
    return name


def _bar(name: str, row: Record, longest: int, screen: Screen) -> Text:
    label = theme.plain(name).plain
    # A long name has a line of its own; nothing is cut.
    start = f"  {label:<{_LABEL}}" if len(label) <= _LABEL else f"  {label}\n  {'':<{_LABEL}}"
    number = f"{row['claims']:>6} {row['share']:>6.1%} "
    room = max(screen.width - _LABEL - len(number) - 3, 4)
    length = max(round(room * row["claims"] / longest), 1) if row["claims"] else 0
    return assembled(start, " ", number, Text(("#" if screen.plain_ascii else "█") * length))


def _coverage(found: Statistics, rows: list[Record], screen: Screen) -> Iterator[str]:
    total = len(found.addressed)
    by_name = {row["name"]: row for row in rows}
    head = f"How other sources address the {theme.numbered(total, 'claim')} of {found.main}"
    yield block(theme.heading(head), screen)
    parts = [
        Text(f"{link.inverse_words} others: {by_name[link.inverse]['claims']:,}", link.color)
        for link in LINK_TYPES
        if by_name[link.inverse]["claims"]
    ]
    linked = by_name["any"]
    addressed = f"addressed by other sources: {linked['claims']:,} ({linked['share']:.0%})"
    yield block([(2, joined("; ", [Text(addressed), *parts]))], screen)
    if found.alone:
        said = f"addressed by no other source: {len(found.alone):,} ("
        yield block([(2, assembled(said, theme.quiet(", ".join(found.alone)), ")"))], screen)
