"""The findings of an audit as a table."""

from collections.abc import Iterator, Sequence

from explore.model.citation import place
from explore.model.records import Record
from explore.terminal import theme
from explore.terminal.screen import Screen
from explore.terminal.table import Cell, Column, Text, block, grid, lines

_COLOR = {"at its place": "green", "elsewhere": "yellow", "nowhere": "red", "no quote": "dim"}


def show(findings: Sequence[Record], screen: Screen) -> Iterator[str]:
    """Yield the findings that are not as they should be, then the count of the rest."""
    wrong = [finding for finding in findings if finding["finding"] != "at its place"]
    columns = [
        Column("claim, its paragraph"),
        Column("finding", 12),
        Column("quote; what is there"),
    ]
    yield from grid(columns, (_row(finding) for finding in wrong), screen)
    right = len(findings) - len(wrong)
    total = f"{right} of {len(findings)} quotes are at their place"
    yield block(Text(total, _COLOR["at its place"]), screen)


def _row(finding: Record) -> list[Cell]:
    number = finding["paragraph"]
    where = "no paragraph given"
    if number is not None:
        where = f"{finding['source']} {place({'paragraph': number})}"
    there = ""
    if finding["found"]:
        there = f"found in para. {', '.join(map(str, finding['found']))}"
    elif finding["nearest"]:
        there = f'nearest: "{finding["nearest"]}" ({finding["likeness"]:.0%} alike)'
    return [
        lines(theme.plain(finding["claim"]), theme.plain(where, theme.QUIET)),
        Text(finding["finding"], _COLOR[finding["finding"]]),
        lines(theme.plain(f'"{finding["quote"] or ""}"'), theme.plain(there)),
    ]
