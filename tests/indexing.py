"""The index that tests of queries use, built in memory."""

from explore.corpus.load import Corpus
from explore.index.build import from_records
from explore.index.queries import Index


def index_of(corpus: Corpus) -> Index:
    """Return the index of a corpus, in memory."""
    return Index(from_records(corpus.info, corpus.records))
