"""Counts over a whole corpus: who speaks how often about whom, and which claims stand alone."""

from collections import Counter

from explore.index.queries import Index
from explore.model.links import LINK_TYPES, LINKS
from explore.model.records import Record

# What is counted, by the name of the count, and the field that holds it.
_COUNTED = {
    "kind": "claim.kind",
    "role": "claim.role",
    "speaker": "claim.by",
    "subject": "claim.subject",
    "source": "claim.source",
}
# How claims of other sources are linked to those of one source; one claim may be in several rows.
_RELATIONS = """
SELECT link.type, count(DISTINCT link.n)
FROM record AS own JOIN link ON link.target = own.id
WHERE own.n IN (SELECT n FROM mention WHERE field = 'claim.source' AND value = :main)
    AND link.source <> :main
GROUP BY link.type
"""
_RELATED = """
SELECT count(DISTINCT link.n)
FROM record AS own JOIN link ON link.target = own.id
WHERE own.n IN (SELECT n FROM mention WHERE field = 'claim.source' AND value = :main)
    AND link.source <> :main
"""
_ADDRESSED = """
SELECT own.id, own.json ->> '$.kind', own.json ->> '$.role', link.type,
    count(link.n), count(DISTINCT link.source)
FROM record AS own LEFT JOIN link ON link.target = own.id AND link.source <> :main
WHERE own.n IN (SELECT n FROM mention WHERE field = 'claim.source' AND value = :main)
GROUP BY own.n, link.type ORDER BY own.n
"""


def count(index: Index, main: str | None, addressed: list[Record], limit: int = 0) -> list[Record]:
    """Return every count as `{count, name, claims, share}`, the largest of a count first.

    Args:
        index: the corpus.
        main: the source that the claims of others are set beside, if there is one.
        addressed: its claims with what others say to them; see `addressed_claims`.
        limit: maximum number of names in a count; one row more, without a name, sums up the
            rest, with `others` for how many they are. 0 for all.
    """
    total = index.counts()["claims"]
    rows = []
    for name, field in _COUNTED.items():
        rows += _rows(name, index.frequencies(field), total, limit)
        without_role = total - index.mentions(field) if name == "role" else 0
        if without_role:
            rows.append(_row(name, "none", without_role, total))
    if main:
        rows += _relations(index, main, total)
        rows += _coverage(addressed)
    return rows


def addressed_claims(index: Index, source: str) -> list[Record]:
    """Return each claim of a source with what claims of other sources say to it.

    Has its `id`, `kind` and `role`; by the field of each link the number of claims, and under
    `sources` the number of distinct sources that these are from.
    """
    found: dict[str, Record] = {}
    for name, kind, role, link, claims, sources in index.db.execute(_ADDRESSED, {"main": source}):
        row = found.setdefault(
            name,
            {"id": name, "kind": kind, "role": role, **dict.fromkeys(LINKS, 0), "sources": {}},
        )
        if link:
            row[link] = claims
            row["sources"][link] = sources
    return list(found.values())


def unaddressed(addressed: list[Record]) -> list[str]:
    """Return the ids of the claims to which no claim of another source is linked."""
    return [row["id"] for row in addressed if not any(row[link] for link in LINKS)]


def _rows(name: str, frequencies: Counter[str], total: int, limit: int) -> list[Record]:
    ordered = sorted(frequencies.items(), key=lambda item: (-item[1], item[0]))
    shown = ordered[: limit or None]
    rows = [_row(name, value, claims, total) for value, claims in shown]
    rest = ordered[len(shown) :]
    if rest:
        claims = sum(number for _, number in rest)
        rows.append(
            {"count": name, "name": None, "claims": claims, "share": 0.0} | {"others": len(rest)}
        )
    return rows


def _relations(index: Index, main: str, total: int) -> list[Record]:
    """Count the claims of other sources by how they are linked to those of one."""
    own = index.mentions("claim.source", main)
    related = index.db.execute(_RELATED, {"main": main}).fetchone()[0]
    found = dict(index.db.execute(_RELATIONS, {"main": main}).fetchall())
    rows = [_row("relation", main, own, total)]
    rows += [
        _row("relation", link.field, found[link.field], total)
        for link in LINK_TYPES
        if found.get(link.field)
    ]
    return [*rows, _row("relation", "none", total - own - related, total)]


def _coverage(addressed: list[Record]) -> list[Record]:
    """Count the claims of a source that other sources speak to, by how they do."""
    total = len(addressed)
    spoken_to = total - len(unaddressed(addressed))
    rows = [_row("coverage", "any", spoken_to, total)]
    rows += [
        _row("coverage", link.inverse, sum(bool(row[link.field]) for row in addressed), total)
        for link in LINK_TYPES
    ]
    return [*rows, _row("coverage", "none", total - spoken_to, total)]


def _row(count: str, name: str, claims: int, total: int) -> Record:
    return {
        "count": count,
        "name": name,
        "claims": claims,
        "share": round(claims / (total or 1), 4),
    }
