"""Text with its words apart, as the full-text search takes it."""

# Scripts written without spaces: each character is a word, a run of them a phrase.
_UNSPACED = (
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xAC00, 0xD7AF),
    (0xF900, 0xFAFF),
)


def is_unspaced(code: int) -> bool:
    """Tell whether a character is of a script that is written without spaces."""
    return any(first <= code <= last for first, last in _UNSPACED)


class _Spaced(dict[int, str]):
    """What each character becomes; a pattern of so many takes longer to compile than to use."""

    def __missing__(self, code: int) -> str:
        self[code] = f" {chr(code)} " if is_unspaced(code) else chr(code)
        return self[code]


_SPACED = _Spaced()
_FIRST_UNSPACED = chr(_UNSPACED[0][0])


def indexed(text: str) -> str:
    """Space out text so that every word in it can be found."""
    if text.isascii() or max(text) < _FIRST_UNSPACED:
        return text
    return text.translate(_SPACED)
