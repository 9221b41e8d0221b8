"""Counts over a whole corpus: who speaks how often about whom, and what the record leaves open."""

from collections import Counter

from explore.index.queries import Index
from explore.index.select import claims_of
from explore.model.records import Record

# Each count is a tally that the index keeps.
_COUNTS = ("kind", "role", "speaker", "subject", "source")
# Which way claims of other sources point at those of one source; the rest only stand beside it.
_SIDES = """
WITH points AS (
    SELECT other.n,
        max(link.type = 'supports') AS pro,
        max(link.type = 'disputes') AS con,
        max(link.type = 'qualifies') AS limits
    FROM claim AS own
    JOIN link ON link.target = own.id
    JOIN claim AS other ON other.n = link.n
    WHERE own.source = :main AND other.source <> :main GROUP BY other.n
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
SELECT claim.id, claim.kind, claim.role,
    sum(link.type = 'supports' AND other.source <> claim.source),
    sum(link.type = 'disputes' AND other.source <> claim.source),
    sum(link.type = 'qualifies' AND other.source <> claim.source)
FROM claim
LEFT JOIN link ON link.target = claim.id
LEFT JOIN claim AS other ON other.n = link.n
WHERE claim.source = ?
GROUP BY claim.n ORDER BY claim.n
"""


def tally(index: Index, main: str | None, said: list[Record], most: int = 0) -> list[Record]:
    """Give every count: `{count, name, claims, share}`, the largest of a count first.

    Args:
        index: the corpus.
        main: the source whose claims the others are set beside, if there is one.
        said: its claims with what others say to them; see `weighed`.
        most: how many names a count has; one row more, without a name, sums up the rest, with
            `others` for how many they are. 0 for all.
    """
    total = index.counts()["claims"]
    found = {name: _kept(index, name, most) for name in _COUNTS}
    blank = total - _sum(index, "role")[0]
    if blank:
        found["role"].append(("none", blank))
    if main:
        sides = Counter(dict(index.db.execute(_SIDES, {"main": main}).fetchall()))
        sides[main] = claims_of(index.db, "source", main)
        sides["background"] += total - sides.total()
        found["side"] = [(name, count) for name, count in sides.items() if count]
    counted: list[Record] = []
    for count, rows in found.items():
        for name, claims in sorted(rows, key=lambda row: (-row[1], row[0])):
            share = round(claims / (total or 1), 4)
            counted.append({"count": count, "name": name, "claims": claims, "share": share})
        others = _rest(index, count, rows) if most and count in _COUNTS else None
        if others:
            counted.append({"count": count, "name": None, "share": 0.0, **others})
    return counted + (_record(said) if main else [])


def _kept(index: Index, field: str, most: int) -> list[tuple[str, int]]:
    """Give the names of a count with their claims, the most frequent first."""
    sql = (
        "SELECT value, sum(claims) AS claims FROM tally WHERE field = ?"
        " GROUP BY value ORDER BY claims DESC, value LIMIT ?"
    )
    return index.db.execute(sql, [field, most or -1]).fetchall()


def _sum(index: Index, field: str) -> tuple[int, int]:
    """Give how many claims a count has in all, and how many names."""
    sql = "SELECT coalesce(sum(claims), 0), count(DISTINCT value) FROM tally WHERE field = ?"
    claims, names = index.db.execute(sql, [field]).fetchone()
    return claims, names


def _rest(index: Index, field: str, shown: list[tuple[str, int]]) -> Record | None:
    claims, names = _sum(index, field)
    named = [count for name, count in shown if name != "none"]
    left = names - len(named)
    return {"claims": claims - sum(named), "others": left} if left else None


def _record(rows: list[Record]) -> list[Record]:
    """Count the claims of the main source that have something from another, by what it is."""
    counts = {
        "something": sum(bool(row["for"] or row["against"] or row["limiting"]) for row in rows),
        **{word: sum(bool(row[word]) for row in rows) for word in ("for", "against", "limiting")},
    }
    counts["nothing"] = len(rows) - counts["something"]
    return [
        {
            "count": "record",
            "name": name,
            "claims": count,
            "share": round(count / (len(rows) or 1), 4),
        }
        for name, count in counts.items()
    ]


def weighed(index: Index, source: str) -> list[Record]:
    """Give each claim of a source with how many claims of others speak for, against, limit it.

    Gives its `id`, `kind` and `role`, and counts `for`, `against` and `limiting`.
    """
    return [
        {
            "id": name,
            "kind": kind,
            "role": role,
            "for": pro or 0,
            "against": con or 0,
            "limiting": limits or 0,
        }
        for name, kind, role, pro, con, limits in index.db.execute(_WEIGHED, [source])
    ]
