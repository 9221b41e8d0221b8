"""Where the program starts: `explore` and `python -m explore`."""

# `signal` without what that loads; Python has loaded the others already, or has them in itself.
import _signal  # type: ignore[import-not-found]  # it has no stubs
import atexit
import contextlib
import gc
import io
import os
import sys

# Exit status after Ctrl-C.
_INTERRUPTED = 130


def _interrupt(number: int, frame: object) -> None:
    """End the program at Ctrl-C, whatever it is loading or doing; files are cleaned up."""
    del number, frame
    raise SystemExit(_INTERRUPTED)


def _unraisable(found: "sys.UnraisableHookArgs") -> None:
    """Interrupt again where Python drops an interrupt, as in a destructor."""
    if found.exc_type is SystemExit:
        _signal.raise_signal(_signal.SIGINT)
    else:
        sys.__unraisablehook__(found)


# Where a shell has a job ignore Ctrl-C, it stays ignored.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _interrupt)
    sys.unraisablehook = _unraisable

# A short run never earns back what collecting garbage costs it, and ends before it has made as
# many objects; a long one, as an import or a build, collects each time that it has.
gc.set_threshold(100_000)
# Python would collect several times at its end, over all modules, for nothing.
atexit.register(gc.freeze)


def main() -> int:
    """Run the program and return its exit status."""
    # A stream that the caller closed is None.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    status = _status()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError as error:
            # A reader that closed the pipe is no error, not even for the last flush.
            status = status if isinstance(error, BrokenPipeError) else status or 1
            # What is still buffered must not raise again when Python closes the stream.
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    # All is said; what is left is Python's own end.
    if _signal.getsignal(_signal.SIGINT) is _interrupt:
        _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    return status


def _nowhere() -> io.TextIOWrapper:
    """Return a stream for what has no reader."""
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _status() -> int:
    try:
        from explore.cli.app import app

        app(prog_name="explore")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except BrokenPipeError:
        return 0
    except OSError as error:
        # Help and version are written before any command catches this.
        sys.stderr.write(f"explore: {error.strerror}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
