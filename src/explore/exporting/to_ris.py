"""The sources as RIS, as EndNote and Zotero read it."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.formats.citations import writer
from explore.index.queries import Index


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield one entry per source."""
    yield writer("ris")(index.sources(), options.note)
