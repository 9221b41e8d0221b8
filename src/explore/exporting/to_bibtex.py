"""The sources as BibTeX, as biblatex reads it."""

from collections.abc import Iterator

from explore.exporting import Options
from explore.index.ask import Index
from explore.references import writer


def write(index: Index, options: Options) -> Iterator[str]:
    """Yield an entry a source."""
    yield writer("bibtex")(index.sources(), options.tell)
