"""Find comments that cut off a sentence: `We are #1` without quotes ends before its `#`."""

import re
from collections.abc import Iterator

from explore.corpus.located import Comment, LocatedValue
from explore.corpus.problems import Position

CUT = "a comment begins here, inside what looks like a sentence; put the text in quotes"

# Fields that hold sentences, and those that hold names and titles.
_SENTENCES = {"text", "note", "description", "quote", "abstract", "annote"}
_TITLE = re.compile(r"name|short|aliases|.*title.*|literal|family|given|publisher|event|genre")
_ENDED = re.compile(r"[.!?…。！？][\"'”’»)\]]*")


def cuts(item: LocatedValue) -> Iterator[Position]:
    """Yield where a comment begins that is more likely a part of the text before it."""
    if not item.comments:
        return
    names = dict(_names(item.value, ""))
    for comment in item.comments:
        if _is_cut(comment, *names.get((comment.owner, comment.key), ("", ""))):
            yield comment.position


def _names(value: object, name: str) -> Iterator[tuple[tuple[int, str | int], tuple[str, str]]]:
    """Yield the place of each text in a value, with its field and the text."""
    parts: list[tuple[str | int, object]] = []
    if isinstance(value, dict):
        parts = list(value.items())
    elif isinstance(value, list):
        parts = list(enumerate(value))
    for key, part in parts:
        field = key if isinstance(key, str) else name
        if isinstance(part, str):
            yield (id(value), key), (field, part)
        else:
            yield from _names(part, field)


def _is_cut(comment: Comment, field: str, text: str) -> bool:
    """Whether a comment looks like a part of a text.

    Curators write comments with more than one space before the `#` and one after it.
    """
    sentence = field in _SENTENCES
    if not sentence and not _TITLE.fullmatch(field):
        return False
    apart = len(comment.gap) > 1 or "\t" in comment.gap
    joined = comment.said[:1].isalnum()
    if not sentence or _ENDED.search(text[-3:]):
        return joined and not apart
    if joined:
        return True
    # A text that ends in the middle of a sentence, whose end is in the comment.
    goes_on = comment.said.lstrip()[:1].isdigit() or _ENDED.search(comment.said.rstrip()[-3:])
    return bool(goes_on) and not apart
