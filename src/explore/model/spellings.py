"""British and American spellings of one word, and words that carry no sense in a search."""

from functools import cache
from pathlib import Path

# Words of grammar: the English list of Snowball, https://snowballstem.org/algorithms/english/stop.txt
_ENGLISH = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself
she her hers herself it its itself they them their theirs themselves what which who whom
this that these those am is are was were be been being have has had having do does did
doing would should could ought a an the and but if or because as until while of at by for
with about against between into through during before after above below to from up down in
out on off over under again further then once here there when where why how all any both
each few more most other some such no nor not only own same so than too very us
"""
_GRAMMAR = frozenset(_ENGLISH.split())


def is_grammar(word: str) -> bool:
    """Whether a word, in small letters, carries no sense of its own."""
    return word in _GRAMMAR


def other_spellings(word: str) -> list[str]:
    """Return how a word, in small letters, is spelled on the other side of the Atlantic."""
    return _pairs().get(word, [])


@cache
def _pairs() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    text = Path(__file__).with_name("spellings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            british, american = line.split()
            found.setdefault(british, []).append(american)
            found.setdefault(american, []).append(british)
    return found
