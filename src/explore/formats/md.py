"""A Markdown table; what a cell holds is data and never markup."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from explore.formats.cells import flat
from explore.formats.references import by_number, hidden_by_number, holdable
from explore.model.records import Record

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~&$])")
# What would begin a list, a rule or a heading if the text came to stand first in a line.
_FIRST = re.compile(r"([-+=]|[0-9]{1,9}(?=[.)]))")
# Line feeds, and what is white at either end: by its number it stays there.
_WHITE = re.compile("\n|\\A\\s+|\\s+\\Z")


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the header, the rule and a row a record."""
    yield f"| {' | '.join(fields)} |\n|{' --- |' * len(fields)}\n"
    for record in records:
        cells = (escape(_told(record.get(field))) for field in fields)
        yield f"| {' | '.join(cells)} |\n"


def _told(value: Any) -> str:
    return "; ".join(map(flat, value)) if isinstance(value, list) else flat(value)


def escape(text: str) -> str:
    """Return Markdown, in one line, that means a text itself, as far as a page can hold it."""
    escaped = _SPECIAL.sub(r"\\\1", holdable(text))
    first = _FIRST.match(escaped)
    if first:
        at = first.end() - (len(first[0]) if first[0] in "-+=" else 0)
        escaped = f"{escaped[:at]}\\{escaped[at:]}"
    return hidden_by_number(_WHITE.sub(by_number, escaped))
