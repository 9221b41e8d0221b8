"""Ranked search over all records, with the place and the words that matched."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from explore.index import search_terms
from explore.index.queries import Index
from explore.index.tables import numbers
from explore.model.fields import RecordType
from explore.model.names import fold
from explore.model.query import MARK, Query
from explore.model.records import Record
from explore.model.references import searched

FIELDS = ("id", "type", "text", "by", "source", "field", "excerpt")

# People look for who and what before they look for where it is written.
_WEIGHTS: dict[RecordType, float] = {"actor": 3.0, "claim": 2.0, "source": 0.8}
_RANKS = "SELECT type, min(rank), max(rank) FROM file WHERE type <> 'info' GROUP BY type"
# Words on each side of the first match in a long text.
_CONTEXT = 14


class Hits(NamedTuple):
    """What a search found.

    Attributes:
        records: the best hits, each with `FIELDS`; `excerpt` has `*` around what matched.
        counts: how many records of each type match.
        left_out: as in `explore.index.search_terms.Expressions`.
    """

    records: list[Record]
    counts: dict[str, int]
    left_out: list[str]


def search(index: Index, typed: str, narrow: Query, limit: int) -> Hits:
    """Return the records that have some words, best first.

    Args:
        index: the corpus.
        typed: words as people type them; see `explore.index.search_terms.parse`.
        narrow: filters; with any of them only claims are found.
        limit: maximum number of hits; 0 for all.

    Raises:
        UsageError: if SQLite has no full-text search here.
    """
    kind: RecordType | None = "claim" if narrow.is_narrow else None
    wanted, unwanted, left_out = search_terms.expressions(index.db, typed, kind)
    if not wanted:
        return Hits([], {}, [])
    found: list[tuple[RecordType, Record]]
    if narrow.is_narrow:
        query = narrow._replace(search=typed, limit=limit)
        found = [("claim", claim) for claim in index.claims(query, inverse=False)]
        counts = {"claim": index.count(query)} if found else {}
    else:
        expression = f"({wanted}) NOT ({unwanted})" if unwanted else wanted
        found = [index.record(name) for name in _best(index, expression, limit)]
        counts = _counts(index, expression)
    matches = _matcher(index, typed)
    return Hits([_hit(index, kind, record, matches) for kind, record in found], counts, left_out)


def _best(index: Index, expression: str, limit: int) -> list[str]:
    """Return the ids of the best hits."""
    cases = "".join(
        f" WHEN rowid BETWEEN {numbers(first)[0]} AND {numbers(last)[1]} THEN {_WEIGHTS[kind]}"
        for kind, first, last in index.db.execute(_RANKS)
    )
    # The ranks of files tell the type of a record, which need not be read for that.
    weight = f"(CASE{cases} ELSE 1 END)" if cases else "1"
    sql = (
        f"SELECT record.id FROM (SELECT rowid, {search_terms.RANK} * {weight} AS score"
        " FROM words WHERE words MATCH ? ORDER BY score, rowid LIMIT ?) AS hit"
        " CROSS JOIN record ON record.n = hit.rowid ORDER BY hit.score, hit.rowid"
    )
    return [row[0] for row in index.db.execute(sql, [expression, limit or -1])]


def _counts(index: Index, expression: str) -> dict[str, int]:
    """Count the hits of each record type, whose numbers are adjacent."""
    sql = "SELECT count(*) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?"
    found = {}
    for kind, first, last in index.db.execute(_RANKS).fetchall():
        bounds = numbers(first)[0], numbers(last)[1]
        found[kind] = index.db.execute(sql, [expression, *bounds]).fetchone()[0]
    return {kind: count for kind, count in found.items() if count}


def _matcher(index: Index, typed: str) -> Callable[[str], bool]:
    """Return a test for whether a word of a text is one of those typed, in any of its forms."""
    whole: set[str] = set()
    starts: list[str] = []
    for term in search_terms.parse(typed).wanted:
        whole |= set(map(fold, term.words))
        if term.forms:
            whole |= set(search_terms.forms(index.db, term.words[0]))
        if term.unfinished:
            starts.append(fold(term.words[-1]))

    def matches(word: str) -> bool:
        folded = fold(word)
        return folded in whole or any(folded.startswith(start) for start in starts)

    return matches


def _hit(index: Index, kind: RecordType, record: Record, matches: Callable[[str], bool]) -> Record:
    field, excerpt = _excerpt(index, kind, record, matches)
    return {
        "id": record["id"],
        "type": kind,
        "text": record.get("text") or record.get("name") or record.get("title"),
        "by": record.get("by", []),
        "source": record.get("source"),
        "field": field,
        "excerpt": excerpt,
    }


def _excerpt(
    index: Index, kind: RecordType, record: Record, matches: Callable[[str], bool]
) -> tuple[str, str]:
    """Return the first field that matched, and its text around that with the words marked."""
    text_fields, notes, names = searched(kind)
    for field in (*text_fields[:1], "id", *text_fields[1:], *notes, *names):
        value: Any = record.get(field)
        values = [value] if isinstance(value, str) else value or []
        text = ", ".join(_called(index, name) if field in names else name for name in values)
        text = " ".join(text.split())
        found = [
            (start, end) for start, end in search_terms.spans(text) if matches(text[start:end])
        ]
        if found:
            return field, _cut(text, found)
    return "", ""


def _called(index: Index, name: str) -> str:
    """Return the names of an actor, or the title of a source."""
    _, record = index.record(name)
    own = (record.get("title") or record["name"], *(record.get("aliases") or ()))
    return " / ".join(own)


def _cut(text: str, found: list[tuple[int, int]]) -> str:
    """Return a text with what was found marked, and without what is far from the first of it."""
    marked, at = "", 0
    for start, end in _joined(found):
        marked += text[at:start] + MARK + text[start:end] + MARK
        at = end
    parts = (marked + text[at:]).split(" ")
    first = next(n for n, part in enumerate(parts) if MARK in part)
    low, high = max(first - _CONTEXT, 0), first + 2 * _CONTEXT
    cut = " ".join(parts[low:high])
    return f"{'… ' if low else ''}{cut}{' …' if high < len(parts) else ''}"


def _joined(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield matches, joined where they touch, as characters of a script without spaces do."""
    start, end = found[0]
    for low, high in found[1:]:
        if low > end:
            yield start, end
            start = low
        end = high
    yield start, end
