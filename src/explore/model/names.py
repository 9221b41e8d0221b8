"""How names compare: as people type them, without case, accents or punctuation."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from itertools import islice, pairwise

_GAPS = re.compile(r"[\W_]+")
# Voicing marks distinguish kana (カ from ガ), so they are not accents.
_VOICING = "\u3099\u309a"


def fold(name: str) -> str:
    """Return the form in which two spellings of a name are equal.

    `South Korea`, `south-korea` and `SOUTH  KOREA` fold to one; so do `Türkiye` and `turkiye`.
    """
    if name.isascii():
        return _GAPS.sub(" ", name.lower()).strip()
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(c for c in spread if not unicodedata.combining(c) or c in _VOICING)
    return _GAPS.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return the candidates that are a typing mistake away from `name`, the nearest first."""
    return Suggestions(candidates).near(name, limit)


class Suggestions:
    """Names that may have been meant by others, which are a typing mistake away.

    One letter may be wrong, missing, too many or swapped with its neighbor; in a name of eight
    letters or more, two.
    """

    def __init__(self, candidates: Iterable[str]) -> None:
        """Take the existing names; nothing is computed until a suggestion is asked for."""
        self._candidates = candidates
        self._found: dict[str, str | None] = {}

    def of(self, name: str) -> str | None:
        """Return the name that was most likely meant.

        Each name is looked up once; after many different ones, no more are.
        """
        if name not in self._found and len(self._found) < _MAX_LOOKUPS:
            self._found[name] = next(iter(self.near(name, 1)), None)
        return self._found.get(name)

    def near(self, name: str, limit: int) -> list[str]:
        """Return at most `limit` names that may have been meant, the likeliest first."""
        wanted = fold(name) if len(name) <= _MAX_LENGTH else ""
        allowed = (len(wanted) >= _SHORT) + (len(wanted) >= _LONG)
        if not allowed:
            return []
        # A mistake touches two neighboring parts at most, so one of these is as it should be.
        count = 2 * allowed + 1
        cuts = [len(wanted) * n // count for n in range(count + 1)]
        parts = [wanted[begin:end] for begin, end in pairwise(cuts)]
        letters = frozenset(wanted)
        alike = (
            folded
            for length in range(len(wanted) - allowed, len(wanted) + allowed + 1)
            for folded in self._by_length.get(length, ())
            if self._by_length[length][folded] != name
            and any(part in folded for part in parts)
            and len(letters.symmetric_difference(folded)) <= 2 * allowed
        )
        found = [
            (distance, folded)
            for folded in islice(alike, _MAX_COMPARED)
            if (distance := mistakes(wanted, folded)) <= allowed
        ]
        found.sort(key=lambda pair: pair[0])
        return [self._by_length[len(folded)][folded] for _, folded in found[:limit]]

    @cached_property
    def _by_length(self) -> dict[int, dict[str, str]]:
        """The candidates by the length of their folded form, and by that form."""
        groups: dict[int, dict[str, str]] = {}
        for candidate in self._candidates:
            if len(candidate) <= _MAX_LENGTH:
                folded = fold(candidate)
                groups.setdefault(len(folded), {}).setdefault(folded, candidate)
        return groups


# Below the first length there is no suggestion; from the second on, two mistakes are allowed.
_SHORT, _LONG = 3, 8
# Anything longer is not a mistyped name.
_MAX_LENGTH = 200
_MAX_LOOKUPS = 20
# Names that differ only in their numbers are all alike; at most this many are compared.
_MAX_COMPARED = 20_000


def mistakes(one: str, other: str) -> int:
    """Return how many letters are wrong, missing, too many or swapped between two words.

    Optimal string alignment: Damerau's distance, where no letter is touched twice.
    """
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for n, letter in enumerate(one, 1):
        last, before, row = before, row, [n]
        for m, there in enumerate(other, 1):
            best = min(before[m] + 1, row[m - 1] + 1, before[m - 1] + (letter != there))
            if n > 1 and m > 1 and letter == other[m - 2] and one[n - 2] == there:
                best = min(best, last[m - 2] + 1)
            row.append(best)
    return row[-1]
