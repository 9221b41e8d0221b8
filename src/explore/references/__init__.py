"""Sources as other programs read them: one module a format, each with `write`."""

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Literal

from explore.errors import UsageError
from explore.records import Record

ReferenceFormat = Literal["text", "bibtex", "csl-json", "ris"]


def writer(name: ReferenceFormat) -> Callable[[Iterable[Record]], str]:
    """Give the function that writes sources in a format.

    Raises:
        UsageError: if the library that the format needs is not installed.
    """
    module = f"explore.references.as_{name.replace('-', '_')}"
    try:
        write: Callable[[Iterable[Record]], str] = import_module(module).write
    except ModuleNotFoundError as error:
        raise UsageError(
            f"{name} needs the library {error.name}: pip install 'explore[cite]'"
        ) from error
    return write
