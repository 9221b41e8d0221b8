"""The sources as CSL-JSON, as Zotero and Pandoc read it."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.formats.citations import writer
from explore.index.queries import Index


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield all sources as one list."""
    yield writer("csl-json")(index.sources(), options.note)
