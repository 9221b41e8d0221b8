"""Formats of results for other programs: one small module per format, one signature."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Literal

from explore.model.records import Record

Format = Literal["table", "json", "jsonl", "csv", "tsv", "md"]
Writer = Callable[[Iterable[Record], Sequence[str]], Iterator[str]]


def writer(name: str, *, raw: bool = False) -> Writer:
    """Return the function that turns records, and the fields to show, into text.

    Args:
        name: any `Format` but `table`, which the views print.
        raw: whether cells are written as they are, even if a spreadsheet would run them; a format
            that spreadsheets open has a `write_raw` for it.
    """
    module = import_module(f"explore.formats.{name}")
    write: Writer = getattr(module, "write_raw", module.write) if raw else module.write
    return write
