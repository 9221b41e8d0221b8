"""How an answer is written for other programs: one small module a format, one signature."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Literal

from explore.model.records import Record

Format = Literal["table", "json", "jsonl", "csv", "md"]
Writer = Callable[[Iterable[Record], Sequence[str]], Iterator[str]]


def writer(name: str, *, raw: bool = False) -> Writer:
    """Give the function that turns records, and the fields to show, into text.

    Args:
        name: any `Format` but `table`, which the views print.
        raw: leave cells of CSV as they are, even if a spreadsheet would run them.
    """
    module = import_module(f"explore.formats.{name}")
    write: Writer = module.write_raw if raw and name == "csv" else module.write
    return write
