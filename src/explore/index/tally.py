"""Counts over a whole corpus: who speaks how often about whom, and what the record leaves open."""

from explore.index.ask import Index
from explore.records import Record

# Each count is a table: its name, and the query that gives names and numbers.
_COUNTS = {
    "kind": "SELECT kind, count(*) FROM claim GROUP BY kind",
    "role": "SELECT coalesce(role, 'none'), count(*) FROM claim GROUP BY role",
    "speaker": "SELECT actor, count(*) FROM said GROUP BY actor",
    "subject": "SELECT subject, count(*) FROM claim WHERE subject IS NOT NULL GROUP BY subject",
    "source": "SELECT source, count(*) FROM claim GROUP BY source",
}
# Which way claims of other sources point at those of one source.
_SIDES = """
WITH points AS (
    SELECT claim.n,
        max(link.type = 'supports') AS pro,
        max(link.type = 'disputes') AS con,
        max(link.type = 'qualifies') AS limits
    FROM claim
    LEFT JOIN link ON link.n = claim.n
        AND link.target IN (SELECT id FROM claim WHERE source = :main)
    WHERE claim.source <> :main GROUP BY claim.n
)
SELECT CASE
    WHEN pro AND con THEN 'for and against'
    WHEN pro AND limits THEN 'for and limiting'
    WHEN con THEN 'against'
    WHEN pro THEN 'for'
    WHEN limits THEN 'limiting'
    ELSE 'background' END, count(*)
FROM points GROUP BY 1
"""
# Claims of a source with what other sources say for, against and in limit of them.
_WEIGHED = """
SELECT claim.id,
    sum(link.type = 'supports' AND other.source <> claim.source),
    sum(link.type = 'disputes' AND other.source <> claim.source),
    sum(link.type = 'qualifies' AND other.source <> claim.source)
FROM claim
LEFT JOIN link ON link.target = claim.id
LEFT JOIN claim AS other ON other.n = link.n
WHERE claim.source = ?
GROUP BY claim.n ORDER BY claim.n
"""


def tally(index: Index, main: str | None) -> list[Record]:
    """Give every count: `{count, name, claims, share}`, the largest of a count first.

    Args:
        index: the corpus.
        main: the source whose claims the others are set beside, if there is one.
    """
    total = index.counts()["claims"]
    found = {name: index.db.execute(sql).fetchall() for name, sql in _COUNTS.items()}
    if main:
        own = index.db.execute("SELECT count(*) FROM claim WHERE source = ?", [main]).fetchone()
        rows = index.db.execute(_SIDES, {"main": main}).fetchall()
        found["side"] = [(main, own[0]), *rows]
    counted = [
        {"count": count, "name": name, "claims": claims, "share": round(claims / total, 4)}
        for count, rows in found.items()
        for name, claims in sorted(rows, key=lambda row: (-row[1], row[0]))
    ]
    return counted + (_record(weighed(index, main)) if main else [])


def _record(rows: list[Record]) -> list[Record]:
    """Count the claims of the main source that have something from another, by what it is."""
    counts = {
        "something": sum(bool(row["for"] or row["against"] or row["limiting"]) for row in rows),
        **{word: sum(bool(row[word]) for row in rows) for word in ("for", "against", "limiting")},
    }
    counts["nothing"] = len(rows) - counts["something"]
    return [
        {"count": "record", "name": name, "claims": count, "share": round(count / len(rows), 4)}
        for name, count in counts.items()
    ]


def weighed(index: Index, source: str) -> list[Record]:
    """Give each claim of a source with how many claims of others speak for, against, limit it."""
    return [
        {"claim": name, "for": pro or 0, "against": con or 0, "limiting": limits or 0}
        for name, pro, con, limits in index.db.execute(_WEIGHED, [source])
    ]
