"""Write the page of what was measured: a table, and a chart of the same."""

from pathlib import Path
from typing import NamedTuple

_BAR = 30


class Row(NamedTuple):
    """A measurement beside its goal; less is better."""

    what: str
    goal: float
    value: float
    detail: str


def write(path: Path, rows: list[Row], machine: str) -> None:
    """Write the page."""
    table = "".join(
        f"| {row.what} | {row.goal:g} | **{row.value:.3g}** | {_met(row)} | {row.detail} |\n"
        for row in rows
    )
    width = max(len(row.what) for row in rows)
    chart = "".join(_bar(row, width) for row in rows)
    head = "# Performance\n\n"
    if path.is_file():
        head = path.read_text(encoding="utf-8").split(_MARK)[0]
    path.write_text(
        f"{head}{_MARK}\n\nMeasured with `python -m benchmarks` ({machine}); medians of"
        " interleaved runs, with the 10th and 90th percentile; a ratio is the median of the"
        " ratios of the rounds.\n\n"
        "| what | goal | measured | | of what |\n|---|---|---|---|---|\n"
        f"{table}\nEach bar is a measurement as a share of its goal, which is at `|`:\n\n"
        f"```\n{chart}```\n",
        encoding="utf-8",
    )


_MARK = "<!-- written by python -m benchmarks -->"


def _met(row: Row) -> str:
    return "met" if row.value <= row.goal else "missed"


def _bar(row: Row, width: int) -> str:
    share = row.value / row.goal
    filled = min(round(share * _BAR), 2 * _BAR)
    bar = ("█" * filled).ljust(_BAR)
    bar = bar[:_BAR] + "|" + bar[_BAR:]
    return f"{row.what:<{width}} {bar} {share:.2f}\n"
