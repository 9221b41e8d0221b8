"""A second process beside this one, for the first run of the program.

It is forked as early as can be, and this module loads nothing for that: what two processes share
is copied when either touches it, and the less there is the better.
"""

import os
import sys
from collections.abc import Callable

# As much as a small corpus has may wait to be taken, so that reading it waits for nobody.
_ROOM = 1 << 20


class SecondProcess:
    """A process that does one thing, and writes what comes of it to a pipe.

    Attributes:
        process: its number.
        pipe: what it writes.
    """

    def __init__(self, work: Callable[[int], None]) -> None:
        """Start it.

        Args:
            work: called in the new process with the descriptor to write to; where it fails, what
                is written ends.

        Raises:
            OSError: if there can be no more processes or files.
        """
        back, out = os.pipe()
        _widen(out)
        try:
            self.process = os.fork()
        except OSError:
            os.close(back)
            raise
        else:
            if not self.process:
                os.close(back)
                _do(work, out)
        finally:
            os.close(out)
        self.pipe = os.fdopen(back, "rb")

    def close(self) -> None:
        """Wait until it has ended, which it does at the next thing that it would write."""
        self.pipe.close()
        os.waitpid(self.process, 0)


# What was started early, by the folder of the corpus that it reads.
begun: dict[str, SecondProcess] = {}


def is_useful() -> bool:
    """Tell whether a second process can be forked safely, and has a processor of its own."""
    # On macOS what a fork may do without `exec` is not sure.
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) == 1:
        return False
    threading = sys.modules.get("threading")
    return threading is None or threading.active_count() == 1


def _do(work: Callable[[int], None], out: int) -> None:
    """Do the one thing and end, whatever happens."""
    try:
        # Who waits for the end of what the program writes shall not wait for this process.
        nowhere = os.open(os.devnull, os.O_RDWR)
        for stream in {0, 1, 2} - {out}:
            os.dup2(nowhere, stream)
        work(out)
    finally:
        os._exit(0)


def _widen(pipe: int) -> None:
    # Linux alone can, and where there are many pipes it may not.
    try:
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)
    except (ImportError, AttributeError, OSError):
        pass
