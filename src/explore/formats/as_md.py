"""A Markdown table; what a cell holds is data and never markup."""

import re
from collections.abc import Iterable, Iterator, Sequence

from explore.formats.flat import flat
from explore.records import Record

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#~])")


def write(records: Iterable[Record], fields: Sequence[str]) -> Iterator[str]:
    """Yield the header, the rule and a row a record."""
    yield f"| {' | '.join(fields)} |\n|{' --- |' * len(fields)}\n"
    for record in records:
        cells = (escape(flat(record.get(field)).replace(";", "; ")) for field in fields)
        yield f"| {' | '.join(cells)} |\n"


def escape(text: str) -> str:
    """Make text mean itself in Markdown, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
