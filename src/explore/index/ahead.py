"""A corpus read in a second process, while this one loads the program and writes the index.

The two share the work about evenly. Where a second process is of no use, or not safe to start,
this one reads as well.
"""

import marshal
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from explore.corpus.journal import View
from explore.corpus.problems import UnreadableError
from explore.index.feed import Feed, Piece, feed
from explore.index.freshness import Look, Stamp
from explore.second_process import SecondProcess, begun, is_useful

# A value is sent as its length and its bytes; none is empty, so this length ends them.
_SIZE = 8
_END = bytes(_SIZE)


@contextmanager
def read(folder: Path) -> Iterator[Feed]:
    """Read a corpus, from where it was begun if it was.

    Asking for pieces raises as `feed`, and `UnreadableError` too where the process that reads has
    ended before its work: what it met, this one will meet.
    """
    reader = begun.pop(str(folder), None) or _begun_now(folder)
    if not reader:
        yield feed(folder)
        return
    try:
        sent = _received(reader.pipe)
        since, stamps, view = next(sent)
        look = Look(since, [Stamp(*seen) for seen in stamps], View(*view))
        yield Feed(look, (Piece(*piece) for piece in sent))
    finally:
        reader.close()


def serve(folder: str, out: int) -> None:
    """Read a corpus and write what `read` takes; errors as `feed`."""
    with os.fdopen(out, "wb") as pipe:
        found = feed(Path(folder))
        look = found.look
        _send(pipe, (look.since, [tuple(seen) for seen in look.stamps], tuple(look.view)))
        for piece in found.pieces:
            _send(pipe, tuple(piece))
        pipe.write(_END)


def _begun_now(folder: Path) -> SecondProcess | None:
    # Without a process more this one does all of it.
    with suppress(OSError):
        if is_useful():
            return SecondProcess(lambda out: serve(str(folder), out))
    return None


def _send(pipe: BinaryIO, value: Any) -> None:
    data = marshal.dumps(value, 2)
    pipe.write(len(data).to_bytes(_SIZE, "little") + data)
    pipe.flush()


def _received(pipe: BinaryIO) -> Iterator[Any]:
    while (size := pipe.read(_SIZE)) != _END:
        length = int.from_bytes(size, "little")
        data = pipe.read(length)
        if not length or len(data) < length:
            raise UnreadableError
        yield marshal.loads(data)  # noqa: S302 - what our own fork wrote
