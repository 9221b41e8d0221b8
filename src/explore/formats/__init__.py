"""How an answer is written for other programs: one small module a format, one signature."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import Literal

from explore.records import Record

Format = Literal["table", "json", "jsonl", "csv", "md"]
Writer = Callable[[Iterable[Record], Sequence[str]], Iterator[str]]


def writer(name: str) -> Writer:
    """Give the function that turns records, and the fields to show, into text.

    Args:
        name: any `Format` but `table`, which the views print.
    """
    module = import_module(f"explore.formats.as_{name}")
    write: Writer = module.write
    return write
