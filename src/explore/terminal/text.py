"""Text with styles, the stuff that every view is made of.

Texts of Rich can do far more; loading them takes a tenth of the time of a whole question. A style
is written as in Rich's documentation ("bold red", "link https://…"), and Rich turns it into
control codes, but only where colour is shown.
"""

from collections.abc import Sequence

# Start, end and style of a stretch of a text; of two on one character, the later is above.
Span = tuple[int, int, str]


class Text:
    """Characters, and which of them have a style; not to be changed once made.

    Attributes:
        plain: the characters.
        spans: the stretches that have a style.
    """

    __slots__ = ("plain", "spans")

    def __init__(self, plain: str = "", style: str = "") -> None:
        """Give all of `plain` one style, or none."""
        self.plain = plain
        self.spans: list[Span] = [(0, len(plain), style)] if style else []

    def on(self, style: str) -> "Text":
        """Give the same text with a style beneath those it has."""
        text = Text(self.plain, style)
        text.spans += self.spans
        return text


def assembled(*parts: Text | str) -> Text:
    """Put parts after each other."""
    return joined("", _texts(parts))


def lines(*parts: Text | str) -> Text:
    """Set parts under each other, leaving out the empty ones."""
    return joined("\n", [text for text in _texts(parts) if text.plain])


def _texts(parts: Sequence[Text | str]) -> list[Text]:
    return [Text(part) if isinstance(part, str) else part for part in parts]


def joined(separator: str, texts: Sequence[Text]) -> Text:
    """Put texts after each other, with a separator between them that has no style."""
    if len(texts) == 1:
        return texts[0]
    whole = Text(separator.join([text.plain for text in texts]))
    at = 0
    for text in texts:
        whole.spans += [(start + at, end + at, style) for start, end, style in text.spans]
        at += len(text.plain) + len(separator)
    return whole
