"""Where the program starts: `explore` and `python -m explore`."""

# `signal` without what that loads; the others Python has loaded already, or has in itself.
import _signal  # type: ignore[import-not-found]  # it has no stubs
import gc
import io
import os
import sys

# Options and commands that have no use for the index of the shipped corpus.
_ELSEWHERE = {"--help", "-h", "--version", "cache", "check", "import", "init", "schema"}
# Exit status after Ctrl-C.
_INTERRUPTED = 130
# Whether Ctrl-C is raised, for what is under way to be cleaned up. Before and after that there is
# nothing to clean up, and nobody to catch it.
_is_raised = False


def _interrupt(number: int, frame: object) -> None:
    """End the program at Ctrl-C, whatever it is about to load; see `_is_raised`."""
    global _is_raised  # noqa: PLW0603 - a handler of signals has no other memory
    del number, frame
    if not _is_raised:
        os._exit(_INTERRUPTED)
    # Whoever presses it twice does not wait for the cleaning up.
    _is_raised = False
    raise KeyboardInterrupt


def _unraisable(found: "sys.UnraisableHookArgs") -> None:
    """End the program where Python drops an interrupt with a traceback, as in a destructor."""
    if found.exc_type is KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(found)


# Where a shell has a job ignore Ctrl-C, it stays ignored.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _interrupt)
    sys.unraisablehook = _unraisable

# A short run never earns back what collecting garbage costs it, and ends before it has made as
# many objects; a long one, as an import or a build, collects each time that it has.
gc.set_threshold(100_000)


def main() -> None:
    """Run the program and end the process with its exit status."""
    global _is_raised  # noqa: PLW0603 - as above
    # A stream that the caller closed is None.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    try:
        _is_raised = True
        status = _status()
        _is_raised = False
    except KeyboardInterrupt:
        status = _INTERRUPTED
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        # A reader that closed the pipe is no error, not even for the last flush.
        except BrokenPipeError:
            pass
        except OSError:
            status = status or 1
    # Every file is closed by now. Taking a thousand modules apart one by one takes longer than
    # many an answer; the system takes them back at once.
    os._exit(status)


def _begin() -> None:
    """Begin to read the shipped corpus while the program loads, if it has no index yet.

    At worst the question is another one, and it was read for nothing.
    """
    if "EXPLORE_CORPUS" in os.environ or any(map(_is_elsewhere, sys.argv[1:])):
        return
    from explore import locations

    folder = locations.shipped()
    if locations.has_index(folder):
        return
    from explore import second_process

    def work(out: int) -> None:
        from explore.index.ahead import serve

        serve(folder, out)

    # Where there can be no second process, this one reads when it has loaded.
    try:
        if second_process.is_useful():
            second_process.begun[folder] = second_process.SecondProcess(work)
    except OSError:
        pass


def _is_elsewhere(word: str) -> bool:
    """Whether a word of the command line asks nothing of the shipped corpus."""
    return word.startswith("--corpus") or word in _ELSEWHERE


def _nowhere() -> io.TextIOWrapper:
    """Return a stream for what has no reader."""
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _status() -> int:
    try:
        _begin()
        from explore.cli.app import app

        app(prog_name="explore")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0
    except BrokenPipeError:
        return 0
    except OSError as error:
        # Help and version are written before any command catches this.
        sys.stderr.write(f"explore: the system: {error.strerror}\n")
        return 1
    return 0


if __name__ == "__main__":
    main()
