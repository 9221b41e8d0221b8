"""Sources as other programs read them: one module a format, each with `write`."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Literal

from explore.records import Record

ReferenceFormat = Literal["text", "bibtex", "csl-json", "ris"]


def writer(name: ReferenceFormat) -> Callable[[Iterable[Record]], str]:
    """Return the function that writes sources in a format."""
    module = f"explore.references.as_{name.replace('-', '_')}"
    write: Callable[[Iterable[Record]], str] = import_module(module).write
    return write
