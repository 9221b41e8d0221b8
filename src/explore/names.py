"""How names compare: as people type them, without case, accents or punctuation."""

import re
import unicodedata

_GAPS = re.compile(r"[\W_]+")
# Voicing marks tell kana apart (カ from ガ), so they are no accents.
_VOICING = "\u3099\u309a"


def fold(name: str) -> str:
    """Give the form in which two spellings of a name are equal.

    `South Korea`, `south-korea` and `SOUTH  KOREA` fold to one; so do `Türkiye` and `turkiye`.
    """
    if name.isascii():
        return _GAPS.sub(" ", name.lower()).strip()
    spread = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    plain = "".join(c for c in spread if not unicodedata.combining(c) or c in _VOICING)
    return _GAPS.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def nearest(name: str, candidates: list[str], most: int = 3) -> list[str]:
    """Give the candidates that look most like `name`, best first, however unlike."""
    from difflib import get_close_matches

    wanted = fold(name)
    folded: dict[str, str] = {}
    for candidate in candidates:
        folded.setdefault(fold(candidate), candidate)
    close = get_close_matches(wanted, list(folded), n=most, cutoff=0.6)
    close = close or get_close_matches(wanted, list(folded), n=most, cutoff=0.0)
    return [folded[key] for key in close]
