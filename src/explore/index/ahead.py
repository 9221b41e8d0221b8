"""A corpus read in a second process, while this one loads the program and writes the index.

The two share the work about evenly. Where a second process is of no use, or not safe to start,
this one reads as well.
"""

import marshal
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

from explore.corpus.problem import UnreadableError
from explore.index.feed import Feed, Piece, feed

# A piece is sent as its length and its bytes; no piece is empty, so this length ends them.
_SIZE = 8
_END = bytes(_SIZE)
_ROOM = 1 << 20

_begun: dict[Path, "tuple[Feed, _Reader]"] = {}


class _Reader:
    """The process that reads, and the pipe that it writes to."""

    def __init__(self, pieces: Iterator[Piece]) -> None:
        back, out = os.pipe()
        _widen(out)
        self.child = os.fork()
        if not self.child:
            os.close(back)
            _serve(pieces, out)
        os.close(out)
        self.pipe = os.fdopen(back, "rb")

    def pieces(self) -> Iterator[Piece]:
        while (size := self.pipe.read(_SIZE)) != _END:
            length = int.from_bytes(size, "little")
            data = self.pipe.read(length)
            # It ended before its work did: what it met, this process will meet and tell.
            if not length or len(data) < length:
                raise UnreadableError
            yield Piece(*marshal.loads(data))  # noqa: S302 - what our own fork wrote

    def close(self) -> None:
        """End the process, if it has not ended."""
        self.pipe.close()
        os.waitpid(self.child, 0)


def begin(folder: Path) -> None:
    """Begin to read a corpus that will be asked for; what is never asked for ends by itself."""
    # Without a process more, or files to look at, this process does it and tells what is wrong.
    with suppress(OSError):
        if _is_useful():
            found = feed(folder)
            _begun[folder] = found, _Reader(found.pieces)


@contextmanager
def read(folder: Path) -> Iterator[Feed]:
    """Read a corpus, from where it was begun if it was; errors as `feed`."""
    if folder not in _begun:
        begin(folder)
    if folder not in _begun:
        yield feed(folder)
        return
    found, reader = _begun.pop(folder)
    try:
        yield found._replace(pieces=reader.pieces())
    finally:
        reader.close()


def _is_useful() -> bool:
    """Tell whether a second process can be forked safely, and has a processor of its own."""
    # On macOS what a fork may do without `exec` is not sure.
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) == 1:
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _widen(pipe: int) -> None:
    """Let as much wait in a pipe as a small corpus has, so that reading need not wait."""
    # Linux alone can, and where there are many pipes it may not.
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)


def _serve(pieces: Iterator[Piece], out: int) -> NoReturn:
    """Write pieces to a pipe and end, whatever happens; this process does nothing else."""
    try:
        # Who waits for the end of what the program writes shall not wait for this process.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in {0, 1, 2} - {out}:
            os.dup2(nowhere, stream)
        with os.fdopen(out, "wb") as pipe:
            for piece in pieces:
                data = marshal.dumps(tuple(piece), 2)
                pipe.write(len(data).to_bytes(_SIZE, "little") + data)
                pipe.flush()
            pipe.write(_END)
    finally:
        os._exit(0)
