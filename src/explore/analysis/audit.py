"""Whether each quote is at its place in a reader's own copy of its source."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from explore.analysis.source_copy import plain
from explore.model.records import Record

# Headline and standfirst: what a copy usually has before paragraph 1.
USUAL_HEAD = 2
_MAX_HEAD = 12

FIELDS = ("claim", "source", "finding", "paragraph", "found", "quote", "nearest", "likeness")


class Copy(NamedTuple):
    """A reader's copy, and how its blocks were counted.

    Attributes:
        head: how many blocks come before paragraph 1; together they are paragraph 0.
        blocks: all blocks, in order.
    """

    head: int
    blocks: list[str]

    def paragraph(self, number: int) -> str:
        """Return the text of a paragraph; empty if the copy does not reach so far."""
        if number == 0:
            return " ".join(self.blocks[: self.head])
        position = self.head + number - 1
        return self.blocks[position] if number > 0 and position < len(self.blocks) else ""

    def among(self, numbers: range) -> list[str]:
        """Return the text of each paragraph of a range that the copy has."""
        last = len(self.blocks) - self.head
        return [self.paragraph(n) for n in range(numbers.start, min(numbers.stop, last + 1))]

    def paragraphs_with(self, quote: str) -> list[int]:
        """Return the numbers of the paragraphs that contain a quote."""
        last = len(self.blocks) - self.head
        return [number for number in range(last + 1) if quote in self.paragraph(number)]


def numbered(blocks: list[str], claims: list[Record]) -> Copy:
    """Return a copy whose blocks are numbered so that the most quotes are in their paragraph.

    A copy without a standfirst, or with a byline of its own, is off by one throughout; of
    equally good counts the one nearest to the usual head is taken.
    """
    heads = sorted(range(min(_MAX_HEAD, len(blocks)) + 1), key=lambda n: abs(n - USUAL_HEAD))
    copies = [Copy(head, blocks) for head in heads]
    return max(copies, key=lambda copy: sum(_at_place(copy, claim) for claim in claims))


def audit(copy: Copy, claims: Iterable[Record]) -> Iterator[dict[str, Any]]:
    """Yield a finding for each claim: `at its place`, `elsewhere`, `nowhere`, or `no quote`."""
    for claim in claims:
        quote = plain(claim["quote"] or "")
        numbers = _numbers(claim)
        found = copy.paragraphs_with(quote) if quote else []
        finding = {
            "claim": claim["id"],
            "source": claim["source"],
            "finding": _finding(copy, claim, found),
            "paragraph": (claim["locator"] or {}).get("paragraph"),
            "found": found,
            "quote": claim["quote"],
            "nearest": None,
            "likeness": None,
        }
        if finding["finding"] == "nowhere":
            nearest, likeness = _nearest(copy, quote, numbers)
            finding |= {"nearest": nearest, "likeness": likeness}
        yield finding


def _finding(copy: Copy, claim: Record, found: list[int]) -> str:
    if not claim["quote"]:
        return "no quote"
    if _at_place(copy, claim):
        return "at its place"
    if not found:
        return "nowhere"
    # Without a paragraph, anywhere in the text is its place.
    return "elsewhere" if _numbers(claim) else "at its place"


def _numbers(claim: Record) -> range:
    """Return the numbers of the paragraphs in which a quote should be; none if not said."""
    first, _, last = str((claim["locator"] or {}).get("paragraph", "")).partition("-")
    return range(int(first), int(last or first) + 1) if first else range(0)


def _at_place(copy: Copy, claim: Record) -> bool:
    numbers = _numbers(claim)
    if not numbers or not claim["quote"]:
        return False
    quote = plain(claim["quote"])
    # A quote may run from one paragraph of a range into the next.
    paragraphs = copy.among(numbers)
    return quote in " ".join(paragraphs)


def _nearest(copy: Copy, quote: str, numbers: range) -> tuple[str, float]:
    """Return the words most like a quote, its own paragraph first, and their likeness, 0 to 1."""
    length = len(quote.split())
    best = ("", 0.0)
    for block in [*copy.among(numbers), *copy.blocks]:
        words = block.split()
        for start in range(max(1, len(words) - length + 1)):
            window = " ".join(words[start : start + length])
            matcher = SequenceMatcher(None, window, quote, autojunk=False)
            if matcher.quick_ratio() > best[1]:
                best = max(best, (window, matcher.ratio()), key=lambda pair: pair[1])
    return best[0], round(best[1], 2)
