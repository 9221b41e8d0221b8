"""Sources as other programs read them: one module a format, each with `write`.

A format cannot hold everything that CSL has; what it leaves out is named.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Literal

from explore.model.records import Record

ReferenceFormat = Literal["text", "bibtex", "csl-json", "ris"]

# Takes the sources, and counts the fields that the format has no place for.
Writer = Callable[[Iterable[Record], Counter[str]], str]
_TITLES = {"bibtex": "BibTeX", "csl-json": "CSL-JSON", "ris": "RIS", "text": "text"}


def writer(name: ReferenceFormat) -> Callable[[Iterable[Record], Callable[[str], None]], str]:
    """Return the function that writes sources in a format, and tells what that leaves out."""
    module = f"explore.formats.citations.as_{name.replace('-', '_')}"
    write: Writer = import_module(module).write

    def written(sources: Iterable[Record], tell: Callable[[str], None]) -> str:
        left: Counter[str] = Counter()
        text = write(sources, left)
        if left:
            fields = ", ".join(f"{field} ({count})" for field, count in sorted(left.items()))
            tell(f"left out of {_TITLES[name]}: {fields}")
        return text

    return written
