"""Each response beside what it answers, grouped by who responds."""

from collections.abc import Iterator
from itertools import groupby

from explore.index.queries import Index
from explore.model.records import Record, link_note, link_target
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Cell, Column, block, grid
from explore.terminal.text import Text, assembled, lines


def show(index: Index, responses: list[Record], screen: Screen) -> Iterator[str]:
    """Yield a table for each actor who responds."""
    ordered = sorted(responses, key=_responder)
    for name, group in groupby(ordered, key=_responder):
        found = list(group)
        who = style.actors(index, [name]) if name else Text("no actor named")
        count = f": {len(found)} response{'s' * (len(found) > 1)}"
        head = assembled("" if found[0] is ordered[0] else "\n", who, count)
        yield block(head.on(style.HEAD), screen)
        columns = [Column("response, who reports it"), Column("answers")]
        rows = ([_response(index, claim), _answered(index, claim)] for claim in found)
        yield from grid(columns, rows, screen)


def _responder(claim: Record) -> str:
    return claim["subject"] or ""


def _response(index: Index, claim: Record) -> Cell:
    manner = ", ".join(filter(None, (claim["instrument"], claim["status"])))
    told = assembled(style.actors(index, claim["by"]), ", ", style.whence(claim))
    return _entry(style.claim_id(claim), style.plain(claim["text"]), Text(manner), told)


def _answered(index: Index, claim: Record) -> Cell:
    entries: list[tuple[int, Text]] = []
    for link in claim["responds_to"]:
        answered = index.record(link_target(link))[1]
        note = link_note(link)
        said_by = style.actors(index, answered["by"])
        extra = [style.plain(f"note: {note}", style.QUIET)] if note else []
        if answered["by"] != claim["by"]:
            extra.append(assembled(Text("said by ", style.QUIET), said_by))
        entries += _entry(style.claim_id(answered), style.plain(answered["text"]), *extra)
    return entries


def _entry(head: Text, *body: Text) -> list[tuple[int, Text]]:
    return [(0, head), (2, lines(*body))]
