"""The sources as CSL-JSON, as Zotero and Pandoc read it."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.index.ask import Index
from explore.references import writer


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield all sources as one list."""
    yield writer("csl-json")(index.sources(), options.tell)
