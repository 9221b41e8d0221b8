"""An answer is held back until it is complete, so that the command can be run again instead.

What reads an index may find it damaged at the last record. Only an answer that is too long to be
held begins before it is complete.
"""

from collections.abc import Iterable, Iterator

# In characters: some thousand claims, which take no longer than a person waits for the first.
_MAX_HELD = 4_000_000


class Held:
    """Whether anything of an answer has been written."""

    begun = False


def held(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the chunks of an answer, the first only when all are there, or very many."""
    size = 0
    waiting = []
    rest = iter(chunks)
    for chunk in rest:
        waiting.append(chunk)
        size += len(chunk)
        if size > _MAX_HELD:
            break
    Held.begun = Held.begun or bool(size)
    yield from waiting
    yield from rest
