"""Ranked search over all records, with the place and the words that matched."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from explore.index import plainly, search_terms as words
from explore.index.queries import COUNTED, Index
from explore.index.tables import has_fts, numbers
from explore.model.query import Query
from explore.model.records import Record, RecordType

FIELDS = ("id", "type", "text", "by", "source", "field", "excerpt")

# Where a match is looked for first; what is said comes before what stands beside it.
_PLACES = (
    "text",
    "name",
    "title",
    "id",
    "short",
    "aliases",
    "quote",
    "note",
    "topics",
    "description",
    "container-title",
    "abstract",
)
# People look for who and what before they look for where it is written.
_WEIGHT = {"actor": 3.0, "claim": 2.0, "source": 0.8}
_RANKS = "SELECT kind, min(rank), max(rank) FROM file WHERE kind <> 'info' GROUP BY kind"
# Words on each side of the first match in a long text.
_AROUND = 14
MARK = "*"


class Hits(NamedTuple):
    """What a search found.

    Attributes:
        records: the best hits, each with `FIELDS`; `excerpt` has `*` around what matched.
        counts: how many records of each type match, at most `COUNTED` of each.
    """

    records: list[Record]
    counts: dict[str, int]


def search(index: Index, typed: str, narrow: Query, limit: int) -> Hits:
    """Find records by words, best first.

    Args:
        index: the corpus.
        typed: words as people type them; see `explore.index.words.understood`.
        narrow: filters; with any of them only claims are found.
        limit: how many hits at most; 0 for all.
    """
    if narrow != Query() or not has_fts(index.db):
        query = narrow._replace(search=typed, limit=limit)
        claims = index.claims(query, inverse=False) if typed.strip() else iter(())
        found: list[tuple[RecordType, Record]] = [("claim", record) for record in claims]
        counts = {"claim": index.count(query._replace(limit=0))} if found else {}
    else:
        wanted, unwanted = words.match(index.db, typed)
        if not wanted:
            return Hits([], {})
        asked = f"({wanted}) NOT ({unwanted})" if unwanted else wanted
        found = [index.record(name) for name in _best(index, asked, wanted, limit)]
        counts = _counts(index, asked)
    matches = _matcher(index, typed)
    return Hits([_hit(kind, record, matches) for kind, record in found], counts)


def _best(index: Index, asked: str, wanted: str, limit: int) -> Iterator[str]:
    """Yield ids, best first; of very many those with it in the id, then as the files have them."""
    most = limit or -1
    ids = "SELECT record.id FROM ({}) AS hit CROSS JOIN record ON record.n = hit.rowid"
    if not words.is_broad(index.db, asked):
        ranked = (
            f"SELECT rowid, bm25(words, 10, 5, 1) * {_by_type(index)} AS score"
            " FROM words WHERE words MATCH ? ORDER BY score, rowid LIMIT ?"
        )
        sql = ids.format(ranked) + " ORDER BY hit.score, hit.rowid"
        yield from (row[0] for row in index.db.execute(sql, [asked, most]))
        return
    plain = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?"
    shown: dict[str, None] = {}
    for question in (f"id : ({wanted})", asked):
        for (name,) in index.db.execute(ids.format(plain), [question, most]):
            if name not in shown and (not limit or len(shown) < limit):
                shown[name] = None
    yield from shown


def _by_type(index: Index) -> str:
    """Give the weight of a record by its type, as SQL over its number."""
    cases = "".join(
        f" WHEN rowid BETWEEN {numbers(first)[0]} AND {numbers(last)[1]} THEN {_WEIGHT[kind]}"
        for kind, first, last in index.db.execute(_RANKS)
    )
    return f"(CASE{cases} ELSE 1 END)" if cases else "1"


def _counts(index: Index, asked: str) -> dict[str, int]:
    """Count the matches among each type of record, whose numbers lie together."""
    found = {}
    spans = index.db.execute(_RANKS).fetchall() or [("record", 0, 1 << 20)]
    for kind, first, last in spans:
        sql = (
            "SELECT count(*) FROM (SELECT 1 FROM words WHERE words MATCH ?"
            " AND rowid BETWEEN ? AND ? LIMIT ?)"
        )
        ends = numbers(first)[0], numbers(last)[1]
        count = index.db.execute(sql, [asked, *ends, COUNTED]).fetchone()[0]
        if count:
            found[kind] = count
    return found


def _matcher(index: Index, typed: str) -> Callable[[str], bool]:
    """Give a test for whether a word of a text is one of those typed, in any of its forms."""
    whole: set[str] = set()
    starts: list[str] = []
    fts = has_fts(index.db)
    for parts, forms, open_end in words.understood(typed).wanted:
        whole |= set(map(plainly.plain, parts))
        if forms and fts:
            whole |= set(words.forms(index.db, parts[0]))
        if open_end:
            starts.append(plainly.plain(parts[-1]))

    def matches(word: str) -> bool:
        folded = plainly.plain(word)
        return folded in whole or any(folded.startswith(start) for start in starts)

    return matches


def _hit(kind: RecordType, record: Record, matches: Callable[[str], bool]) -> Record:
    field, excerpt = _excerpt(record, matches)
    return {
        "id": record["id"],
        "type": kind,
        "text": record.get("text") or record.get("name") or record.get("title"),
        "by": record.get("by", []),
        "source": record.get("source"),
        "field": field,
        "excerpt": excerpt,
    }


def _excerpt(record: Record, matches: Callable[[str], bool]) -> tuple[str, str]:
    """Give the field that matched first, and its text around that with the words marked."""
    for field in _PLACES:
        value: Any = record.get(field)
        text = value if isinstance(value, str) else ", ".join(value or [])
        text = " ".join(text.split())
        found = [(start, end) for start, end in words.spans(text) if matches(text[start:end])]
        if found:
            return field, _cut(text, found)
    return "", ""


def _cut(text: str, found: list[tuple[int, int]]) -> str:
    """Mark what was found, and leave out what is far from the first of it."""
    marked, at = "", 0
    for start, end in _joined(found):
        marked += text[at:start] + MARK + text[start:end] + MARK
        at = end
    parts = (marked + text[at:]).split(" ")
    first = next(n for n, part in enumerate(parts) if MARK in part)
    low, high = max(first - _AROUND, 0), first + 2 * _AROUND
    cut = " ".join(parts[low:high])
    return f"{'… ' if low else ''}{cut}{' …' if high < len(parts) else ''}"


def _joined(found: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Join matches that touch, as characters of a script without spaces do."""
    start, end = found[0]
    for low, high in found[1:]:
        if low > end:
            yield start, end
            start = low
        end = high
    yield start, end
