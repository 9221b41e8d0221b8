"""Two actors side by side, a row a topic."""

from collections.abc import Iterator

from explore.analysis.comparison import COUNTED
from explore.index.queries import Index
from explore.model.records import Record
from explore.terminal.screen import Screen
from explore.terminal import theme as style
from explore.terminal.grid import Column, grid
from explore.terminal.text import Text, assembled


def show(index: Index, rows: list[Record], screen: Screen) -> Iterator[str]:
    """Yield the table, with the topic as a line of its own above each pair of cells."""
    first, second = (index.short(rows[0][which]) for which in ("first", "second"))
    columns = [Column(style.plain(first).plain), Column(style.plain(second).plain)]
    cells = (
        [
            assembled(Text(f"{row['topic']}\n", style.HEAD), _side(index, row, "first")),
            assembled("\n", _side(index, row, "second")),
        ]
        for row in rows
    )
    yield from grid(columns, cells, screen)


def _side(index: Index, row: Record, which: str) -> Text:
    name = index.short(row[which])
    return assembled(
        _told(index, row, f"said_of_{which}", f"said of {name}", speaker=True),
        _told(index, row, f"{which}_says_of_itself", f"{name} of itself", speaker=False),
    )


def _told(index: Index, row: Record, field: str, head: str, *, speaker: bool) -> Text:
    count = row[COUNTED + field]
    told: list[Text | str] = [Text(f"{head}: {count or 'nothing'}\n", style.QUIET)]
    for name in row[field]:
        claim = index.record(name)[1]
        said = assembled(" (", style.actors(index, claim["by"]), ")") if speaker else Text()
        told += ["- ", style.plain(claim["text"]), said, " ", style.claim_id(claim), "\n"]
    if count > len(row[field]):
        told.append(Text(f"  {count - len(row[field])} more\n", style.QUIET))
    return assembled(*told)
