"""Words that people search for, as the full-text search sees them."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from explore.index.spaced import indexed, is_unspaced

if TYPE_CHECKING:
    import sqlite3

_TYPED = r'(-?)"([^"]*)"?|(-?)([^\s"]+)'
_WORD = r"\w+"

# Ids and names weigh more than text, text more than what stands beside it.
_WEIGHTS = (10, 5, 1)
# Ranking costs a moment for every match; of more than this many the order is a plain one.
BROAD = 5_000
# A question of more words than this is cut; nobody types them.
_MOST_WORDS = 40
# So many forms of one word are looked for.
_MOST_FORMS = 50
_SHORTEST = 2
_SHORTEST_BASE = 4
# Words in -en that are no forms of what they begin with.
_NO_FORMS = frozenset(("dozen", "haven", "heaven", "linen", "listen", "raven", "siren", "token"))
# Words that have their stems looked up, beside the index, which is open for reading alone.
_STEMS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemmed"
    " USING fts5 (word, tokenize='porter unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem USING fts5vocab (temp, stemmed, instance);"
    "DELETE FROM stemmed"
)


class Asked(NamedTuple):
    """What a person typed, understood.

    Attributes:
        wanted: for each word or phrase that must be found, its parts, whether the forms of a
            word count, and whether its last part may be unfinished.
        unwanted: words and phrases that must not be found.
    """

    wanted: list[tuple[tuple[str, ...], bool, bool]]
    unwanted: list[tuple[str, ...]]


class Found(NamedTuple):
    """A search as a part of a SELECT over `claim`; see `explore.index.where.Select`."""

    conditions: list[str]
    values: list[str | int]
    order: str
    ranked: list[str | int]


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Give where the words of a text begin and end; a character without spaces is a word."""
    for run in re.finditer(_WORD, text):
        start, end = run.span()
        if not run[0].isascii():
            for at, char in enumerate(run[0], start):
                if is_unspaced(ord(char)):
                    if start < at:
                        yield start, at
                    yield at, at + 1
                    start = at + 1
        if start < end:
            yield start, end


def understood(search: str) -> Asked:
    """Read what a person types: words, `"a phrase"`, `-without`, the last word unfinished."""
    asked = Asked([], [])
    typed = list(re.finditer(_TYPED, search))[:_MOST_WORDS]
    for token in typed:
        phrase = token[2] if token[2] is not None else token[4]
        parts = tuple(re.findall(_WORD, indexed(phrase.replace("\0", " "))))[:_MOST_WORDS]
        if not parts:
            continue
        if token[1] or token[3]:
            asked.unwanted.append(parts)
            continue
        open_end = token is typed[-1] and token[2] is None and not search[-1:].isspace()
        asked.wanted.append((parts, token[2] is None and len(parts) == 1, open_end))
    return asked


def match(db: "sqlite3.Connection", search: str) -> tuple[str, str]:
    """Translate what a person types into two FTS5 queries: what to find and what to avoid.

    Either is empty if nothing is asked. No text is an error.
    """
    asked = understood(search)
    wanted = []
    for parts, any_form, open_end in asked.wanted:
        ways = [_quoted(parts) + ("*" if open_end else "")]
        if any_form:
            ways += [_quoted((form,)) for form in forms(db, parts[0])]
        wanted.append("(" + " OR ".join(dict.fromkeys(ways)) + ")" if len(ways) > 1 else ways[0])
    unwanted = [_quoted(parts) for parts in asked.unwanted]
    return " AND ".join(wanted), " OR ".join(unwanted)


def _quoted(parts: tuple[str, ...]) -> str:
    return '"' + " ".join(parts) + '"'


def forms(db: "sqlite3.Connection", word: str) -> list[str]:
    """Give the words of the corpus that are forms of a word.

    These have one stem (Porter's, as SQLite has it), or stems of which one adds `-en`.
    """
    from explore.index.tables import run

    run(db, _STEMS)
    db.execute("INSERT INTO stemmed VALUES (?)", [word])
    stems = [row[0] for row in db.execute("SELECT term FROM stem")]
    if len(stems) != 1:
        return []
    wanted = [stems[0], *_beside(stems[0])]
    # Words begin as their stem does, but for its last letter: countries (countri).
    short = min(wanted, key=len)
    start = short[:-1] if len(short) > _SHORTEST else short
    db.execute("DELETE FROM stemmed")
    like = "INSERT INTO stemmed SELECT word FROM term WHERE word BETWEEN ? AND ?"
    db.execute(like, [start, start + "\U0010ffff"])
    found = (
        "SELECT DISTINCT word FROM stem CROSS JOIN stemmed ON stemmed.rowid = stem.doc"
        f" WHERE stem.term IN ({','.join('?' * len(wanted))}) ORDER BY word LIMIT ?"
    )
    return [row[0] for row in db.execute(found, [*wanted, _MOST_FORMS])]


def _beside(stem: str) -> list[str]:
    """Give the stems that differ from one by `-en`: threat and threaten, wide and widen."""
    shorter = [stem[:-2], stem[:-1]] if stem.endswith("en") and stem not in _NO_FORMS else []
    longer = [stem + "en", *([stem + "n"] if stem.endswith("e") else [])]
    return [
        *(base for base in shorter if len(base) >= _SHORTEST_BASE),
        *(form for form in longer if len(stem) >= _SHORTEST_BASE and form not in _NO_FORMS),
    ]


def claims(db: "sqlite3.Connection", search: str) -> Found | None:
    """Give the conditions that a search puts on a claim, and the order best first."""
    from explore.index.tables import has_fts

    if not search.strip():
        return None
    if not has_fts(db):
        from explore.index import plainly

        return plainly.claims(db, search)
    wanted, unwanted = match(db, search)
    conditions = []
    values: list[str | int] = []
    for found, sense in ((wanted, "IN"), (unwanted, "NOT IN")):
        if found:
            conditions.append(f"claim.n {sense} (SELECT rowid FROM words WHERE words MATCH ?)")
            values.append(found)
    if not wanted:
        return Found(conditions, values, "1", []) if conditions else None
    if is_broad(db, wanted):
        named = "claim.n NOT IN (SELECT rowid FROM words WHERE words MATCH ? LIMIT ?)"
        return Found(conditions, values, named, [f"id : ({wanted})", BROAD])
    rank = (
        f"(SELECT bm25(words, {', '.join(map(str, _WEIGHTS))}) FROM words"
        " WHERE words MATCH ? AND words.rowid = claim.n)"
    )
    return Found(conditions, values, rank, [wanted])


def is_broad(db: "sqlite3.Connection", wanted: str) -> bool:
    """Tell whether more records match than are worth ranking one by one."""
    sql = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1 OFFSET ?"
    return db.execute(sql, [wanted, BROAD]).fetchone() is not None


def nearest_words(db: "sqlite3.Connection", search: str, most: int = 3) -> dict[str, list[str]]:
    """Give, for each word typed that no record has, the nearest words that the corpus has."""
    from explore.index.tables import has_fts
    from explore.model.names import nearest

    if not has_fts(db):
        return {}
    found: dict[str, list[str]] = {}
    for parts, _, _ in understood(search).wanted:
        for word in parts:
            known = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
            wanted, _ = match(db, word)
            if not wanted or db.execute(known, [wanted]).fetchone():
                continue
            start = word[:1].lower()
            sql = (
                "SELECT word FROM term WHERE word >= ? AND word < ?"
                " AND length(word) BETWEEN ? AND ?"
            )
            ends = [start, start + "\U0010ffff", len(word) - 2, len(word) + 3]
            near = [row[0] for row in db.execute(sql + " LIMIT 20000", ends)]
            # After an edit the list may have words that no record has any more.
            likely = nearest(word, near, 3 * most) if near else []
            there = [term for term in likely if db.execute(known, [_quoted((term,))]).fetchone()]
            found[word] = there[:most]
    return found
