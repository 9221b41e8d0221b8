"""What people type into a search, as expressions of SQLite's full-text search (FTS5)."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from explore.errors import UsageError
from explore.index.tables import is_searchable, run
from explore.model.fields import RecordType
from explore.model.names import fold, mistakes, nearest
from explore.model.spellings import is_grammar, other_spellings

# The order best first: ids and names weigh more than text, text more than notes.
RANK = "bm25(words, 10, 5, 1, 2)"

_TYPED = r'(-?)"([^"]*)"?|(-?)([^\s"]+)'
_WORD = r"\w+"
# Words beyond this many are ignored; nobody types them.
_MAX_WORDS = 40
_MAX_FORMS = 50
# So many actors that a word may name have their claims found.
_MAX_NAMED = 50
# So many combinations of words are tried if nothing has all of them.
_MAX_WAYS = 50
_MIN_STEM = 2
_MIN_BASE = 4
# Words in -en that are not forms of what they begin with.
_NO_FORMS = frozenset(("dozen", "haven", "heaven", "linen", "listen", "raven", "siren", "token"))
# Words that have their stems looked up, beside the index, which is open for reading alone.
_STEMS = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stemmed"
    " USING fts5 (word, tokenize='porter unicode61 remove_diacritics 2');"
    "CREATE VIRTUAL TABLE IF NOT EXISTS temp.stem USING fts5vocab (temp, stemmed, instance);"
    "DELETE FROM stemmed"
)
# Scripts written without spaces: each character is a word, a run of them a phrase.
_UNSPACED = (
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
)
_FIRST_UNSPACED = chr(_UNSPACED[0][0])


class Term(NamedTuple):
    """A word or a phrase that must be found.

    Attributes:
        words: its words.
        forms: whether other forms of the word count.
        unfinished: whether its last word may go on.
    """

    words: tuple[str, ...]
    forms: bool
    unfinished: bool


class Terms(NamedTuple):
    """What a person typed: what must be found, and the phrases that must not be."""

    wanted: list[Term]
    unwanted: list[tuple[str, ...]]


class Expressions(NamedTuple):
    """FTS5 expressions for what must be found and what must not; either may be empty.

    Attributes:
        wanted: what must be found.
        unwanted: what must not.
        left_out: if no record has all that was typed, what is missing in those that have most.
    """

    wanted: str
    unwanted: str
    left_out: list[str]


def parse(search: str) -> Terms:
    """Return the terms that a person typed.

    Words, `"a phrase"`, `-excluded`; the last word may be unfinished.
    """
    terms = Terms([], [])
    typed = list(re.finditer(_TYPED, search))[:_MAX_WORDS]
    for token in typed:
        phrase = token[2] if token[2] is not None else token[4]
        words = tuple(re.findall(_WORD, spaced(phrase.replace("\0", " "))))[:_MAX_WORDS]
        if not words:
            continue
        if token[1] or token[3]:
            terms.unwanted.append(words)
            continue
        unfinished = token is typed[-1] and token[2] is None and not search[-1:].isspace()
        terms.wanted.append(Term(words, token[2] is None and len(words) == 1, unfinished))
    return terms


def expressions(
    db: sqlite3.Connection, search: str, kind: RecordType | None = None
) -> Expressions:
    """Return what a person typed as FTS5 expressions; no text is an error of syntax.

    Args:
        db: the index.
        search: what a person typed.
        kind: the type of the records that are searched; all if None.

    Raises:
        UsageError: if SQLite has no full-text search here.
    """
    if not is_searchable(db):
        raise UsageError("search needs SQLite with FTS5; this Python has SQLite without it")
    terms = parse(search)
    telling = [term for term in terms.wanted if _tells(db, term)] or terms.wanted
    wanted = {" ".join(term.words): _expression(db, term) for term in telling}
    found, left_out = _together(db, wanted, kind)
    return Expressions(found, _said(map(_quoted, terms.unwanted)), left_out)


def _tells(db: sqlite3.Connection, term: Term) -> bool:
    """Whether a term carries sense: it is not a word of grammar, or an actor is so called."""
    if not term.forms or not is_grammar(word := fold(term.words[0])):
        return True
    return db.execute("SELECT 1 FROM name WHERE folded = ?", [word]).fetchone() is not None


def _expression(db: sqlite3.Connection, term: Term) -> str:
    ways = [_quoted(term.words) + ("*" if term.unfinished else "")]
    if term.forms:
        ways += [_quoted((form,)) for form in forms(db, term.words[0])]
    said = _said(dict.fromkeys(ways))
    sql = (
        "SELECT record.id FROM words CROSS JOIN record ON record.n = words.rowid"
        " WHERE words MATCH ? AND type IN ('actor', 'source') ORDER BY type, rank LIMIT ?"
    )
    speakers = db.execute(sql, ["{id text} : (" + " OR ".join(ways) + ")", _MAX_NAMED])
    named = [f'names : "{speaker.replace("-", " ")}"' for (speaker,) in speakers]
    return "(" + " OR ".join([said, *named]) + ")"


def _together(
    db: sqlite3.Connection, wanted: dict[str, str], kind: RecordType | None
) -> tuple[str, list[str]]:
    """Return an expression for all terms; if no record has them all, for half of them or more.

    With the latter come the terms that are missing in the records that have the most of them.
    """
    every = " AND ".join(wanted.values())
    join = (
        "CROSS JOIN record ON record.n = words.rowid"
        " WHERE words MATCH ? AND (? IS NULL OR type = ?)"
    )
    exists = f"SELECT 1 FROM words {join} LIMIT 1"
    if not wanted or db.execute(exists, [every, kind, kind]).fetchone():
        return every, []
    each = " UNION ALL ".join(
        f"SELECT words.rowid AS hit, {1 << n} AS bit FROM words {join}" for n in range(len(wanted))
    )
    sql = (
        "SELECT bits, terms FROM (SELECT sum(bit) AS bits, count(*) AS terms"
        f" FROM ({each}) GROUP BY hit) WHERE 2 * terms >= ? GROUP BY bits"
        " ORDER BY terms DESC, count(*) DESC, bits LIMIT ?"
    )
    values = [value for term in wanted.values() for value in (term, kind, kind)]
    had = db.execute(sql, [*values, len(wanted), _MAX_WAYS]).fetchall()
    if not had:
        return every, []

    def has(bits: int) -> dict[str, str]:
        return {term: way for n, (term, way) in enumerate(wanted.items()) if bits >> n & 1}

    best = [has(bits) for bits, terms in had if terms == had[0][1]]
    ways = ["(" + " AND ".join(has(bits).values()) + ")" for bits, _ in had]
    return " OR ".join(ways), [term for term in wanted if any(term not in way for way in best)]


def _said(ways: Iterable[str]) -> str:
    """Return an expression for any of some phrases in what records say themselves."""
    either = " OR ".join(ways)
    return f"{{id text notes}} : ({either})" if either else ""


def _quoted(words: tuple[str, ...]) -> str:
    return '"' + " ".join(words) + '"'


def forms(db: sqlite3.Connection, word: str) -> list[str]:
    """Return the words of the corpus that are forms of a word.

    These have the same stem (Porter's, as SQLite has it), or stems of which one adds `-en`; and
    those of its other spelling, British or American.
    """
    word = fold(word)
    stems = {stem for way in (word, *other_spellings(word)) for stem in _stems(db, way)}
    wanted = sorted({form for stem in stems for form in (stem, *_with_en(stem))})
    run(db, _STEMS)
    alike = "INSERT INTO stemmed SELECT term FROM vocabulary WHERE term >= ? AND term < ?"
    for start in {_start(stem) for stem in stems}:
        db.execute(alike, [start, start + "\U0010ffff"])
    found = (
        "SELECT DISTINCT word FROM stem CROSS JOIN stemmed ON stemmed.rowid = stem.doc"
        f" WHERE stem.term IN ({','.join('?' * len(wanted))}) ORDER BY word LIMIT ?"
    )
    return [row[0] for row in db.execute(found, [*wanted, _MAX_FORMS])]


def _stems(db: sqlite3.Connection, word: str) -> list[str]:
    """Return the stem of a word; none if it is more than one."""
    run(db, _STEMS)
    db.execute("INSERT INTO stemmed VALUES (?)", [word])
    stems = [row[0] for row in db.execute("SELECT term FROM stem")]
    return stems if len(stems) == 1 else []


def _start(stem: str) -> str:
    """Return how forms begin: as their stem, except for its last letter: countries (countri)."""
    short = min(stem, *_with_en(stem), key=len)
    return short[:-1] if len(short) > _MIN_STEM else short


def _with_en(stem: str) -> list[str]:
    """Return the stems that differ from one by `-en`: threat and threaten, wide and widen."""
    shorter = [stem[:-2], stem[:-1]] if stem.endswith("en") and stem not in _NO_FORMS else []
    longer = [stem + "en", *([stem + "n"] if stem.endswith("e") else [])]
    return [
        *(base for base in shorter if len(base) >= _MIN_BASE),
        *(form for form in longer if len(stem) >= _MIN_BASE and form not in _NO_FORMS),
    ]


def similar_words(db: sqlite3.Connection, search: str, limit: int = 3) -> dict[str, list[str]]:
    """Return similar words of the corpus for each word typed that no record has."""
    found: dict[str, list[str]] = {}
    for term in parse(search).wanted:
        for word in term.words:
            known = "SELECT 1 FROM words WHERE words MATCH ? LIMIT 1"
            wanted = expressions(db, word).wanted
            if wanted and not db.execute(known, [wanted]).fetchone():
                start = word[:1].lower()
                sql = (
                    "SELECT term FROM vocabulary WHERE term >= ? AND term < ?"
                    " AND length(term) BETWEEN ? AND ?"
                )
                ends = [start, start + "\U0010ffff", len(word) - 2, len(word) + 2]
                terms = [row[0] for row in db.execute(sql, ends)]
                terms = [term for term in terms if not is_grammar(term)]
                near = nearest(word, terms, limit)
                least = min((mistakes(fold(word), fold(other)) for other in near), default=0)
                found[word] = [o for o in near if mistakes(fold(word), fold(o)) == least]
    return found


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text begin and end; a character without spaces is a word."""
    for match in re.finditer(_WORD, text):
        start, end = match.span()
        if not match[0].isascii():
            for at, char in enumerate(match[0], start):
                if _is_unspaced(ord(char)):
                    if start < at:
                        yield start, at
                    yield at, at + 1
                    start = at + 1
        if start < end:
            yield start, end


def spaced(text: str) -> str:
    """Return a text with spaces around each character of a script without them."""
    if text.isascii() or max(text) < _FIRST_UNSPACED:
        return text
    return "".join(f" {char} " if _is_unspaced(ord(char)) else char for char in text)


def _is_unspaced(code: int) -> bool:
    return any(first <= code <= last for first, last in _UNSPACED)
