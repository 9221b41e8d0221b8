"""The findings of an audit as a table."""

from collections.abc import Iterator

from explore.model.citation import place
from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Cell, Column, block, grid
from explore.terminal.text import Text, lines

_COLOR = {"at its place": "green", "elsewhere": "yellow", "nowhere": "red", "no quote": "dim"}


def show(index: Index, findings: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the findings, those that are not as they should be before the count of the rest."""
    del index
    wrong = [finding for finding in findings if finding["finding"] != "at its place"]
    columns = [
        Column("claim, its paragraph"),
        Column("finding", 12),
        Column("quote; what is there"),
    ]
    yield from grid(columns, (_row(finding) for finding in wrong), screen)
    right = len(findings) - len(wrong)
    told = f"{right} of {len(findings)} quotes stand at their place"
    yield block(Text(told, _COLOR["at its place"]), screen)


def _row(finding: Record) -> list[Cell]:
    number = finding["paragraph"]
    where = "no paragraph given"
    if number is not None:
        where = f"{finding['source']} {place({'paragraph': number})}"
    there = ""
    if finding["found"]:
        there = f"stands in para. {', '.join(map(str, finding['found']))}"
    elif finding["nearest"]:
        there = f'nearest: "{finding["nearest"]}" ({finding["likeness"]:.0%} alike)'
    return [
        lines(style.record_id(finding["claim"]), style.plain(where, style.QUIET)),
        Text(finding["finding"], _COLOR[finding["finding"]]),
        lines(style.plain(f'"{finding["quote"] or ""}"'), style.plain(there)),
    ]
