"""References to paste, one a line."""

from collections import Counter
from collections.abc import Iterable

from explore.escaping import one_line
from explore.model.citation import reference
from explore.model.records import Record


def write(sources: Iterable[Record], left: Counter[str]) -> str:
    """Return each source as a line; a reference is a choice of fields, so none is `left` out."""
    del left
    return "".join(one_line(reference(source)) + "\n" for source in sources)
