"""The index that tests of questions ask, compiled in memory."""

import sqlite3

from explore.corpus.load import Corpus
from explore.index.queries import Index
from explore.index.build import begin, finish
from explore.index.derive import written
from explore.index.feed import batches
from explore.index.rows import write
from explore.model.records import Record


def index_of(corpus: Corpus) -> Index:
    """Compile a corpus in memory."""
    db = sqlite3.connect(":memory:", isolation_level=None)
    begin(db)
    db.execute("UPDATE meta SET value = ?", [written(corpus.info)])
    for rank, (kind, records) in enumerate(corpus.records.items()):
        entries = ((n, 0, record) for n, record in enumerate(copies(records)))
        for rows, *_ in batches(kind, rank, entries):
            write(db, rows)
    finish(db)
    return Index(db)


def copies(records: list[Record]) -> list[Record]:
    """Give copies, as an index completes the records that it is given."""
    return [dict(record) for record in records]
