"""An answer is held back until it is whole, so that it can be asked for again instead.

What reads an index may find it damaged at the last record. Only an answer that is too long to be
held begins before it is whole.
"""

from collections.abc import Iterable, Iterator

# In characters: some thousand claims, which take no longer than a person waits for the first.
_MOST = 4_000_000


class Held:
    """Whether anything of an answer has been let go."""

    begun = False


def held(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the pieces of an answer, the first only when all are there, or very many."""
    size = 0
    waiting = []
    rest = iter(chunks)
    for chunk in rest:
        waiting.append(chunk)
        size += len(chunk)
        if size > _MOST:
            break
    Held.begun = Held.begun or bool(size)
    yield from waiting
    yield from rest
