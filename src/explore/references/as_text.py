"""References to paste, one a line."""

from collections.abc import Iterable

from explore.citation import reference
from explore.records import Record
from explore.visible import one_line


def write(sources: Iterable[Record]) -> str:
    """Give each source as a line."""
    return "".join(one_line(reference(source)) + "\n" for source in sources)
