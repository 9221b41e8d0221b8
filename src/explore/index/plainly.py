"""Search where SQLite has no FTS5: the same words, read through one by one."""

import sqlite3
import unicodedata

from explore.index.search_terms import Found, understood

# English endings that a word may have and still be the same word.
_ENDINGS = ("ings", "ing", "ies", "ied", "edly", "ed", "es", "ly", "s", "e", "y")
_SHORTEST = 4


def claims(db: sqlite3.Connection, search: str) -> Found | None:
    """Give the conditions of a search, in terms of a function that reads each record."""
    asked = understood(search)
    if not asked.wanted and not asked.unwanted:
        return None

    def weighed(name: str, text: str, notes: str) -> int | None:
        columns = [tokens(column) for column in (name, text, notes)]
        everything = [token for column in columns for token in column]
        if any(_holds(everything, tuple(map(plain, parts))) for parts in asked.unwanted):
            return None
        score = 0
        for parts, forms, open_end in asked.wanted:
            wanted = tuple(map(plain, parts))
            weights = [
                weight
                for weight, column in zip((10, 5, 1), columns, strict=True)
                if _holds(column, wanted, forms=forms, open_end=open_end)
            ]
            if not weights:
                return None
            score += max(weights)
        return score

    db.create_function("weighed", 3, weighed)
    scored = "(SELECT weighed(words.id, words.text, words.notes) FROM words WHERE rowid = claim.n)"
    return Found([f"{scored} IS NOT NULL"], [], f"-{scored}", [])


def tokens(text: str) -> list[str]:
    """Give the words of a text, without case and accents."""
    import re

    return re.findall(r"\w+", plain(text))


def plain(text: str) -> str:
    """Give a text without case and accents."""
    spread = unicodedata.normalize("NFKD", text.lower())
    return "".join(char for char in spread if not unicodedata.combining(char))


def _holds(
    column: list[str], parts: tuple[str, ...], *, forms: bool = False, open_end: bool = False
) -> bool:
    if forms:
        stem = _stem(parts[0])
        if any(_stem(token) == stem for token in column):
            return True
    for at in range(len(column) - len(parts) + 1):
        run = column[at : at + len(parts)]
        if tuple(run) == parts:
            return True
        if open_end and tuple(run[:-1]) == parts[:-1] and run[-1].startswith(parts[-1]):
            return True
    return False


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            word = word[: -len(ending)]
            break
    return word[:-2] if word.endswith("en") and len(word) - 2 >= _SHORTEST else word
