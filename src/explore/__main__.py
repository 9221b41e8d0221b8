"""Where the program starts: `explore` and `python -m explore`."""

import contextlib
import gc
import io
import os
import sys

# Options and commands that have no use for the index of the shipped corpus.
_ELSEWHERE = {"--help", "-h", "--version", "cache", "check", "import", "init", "schema"}

# A short run never earns back what collecting garbage costs it.
gc.disable()


def main() -> None:
    """Run the program and end the process with its exit status."""
    # A stream that the caller closed is None.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    status = _status()
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
    with contextlib.suppress(OSError):
        if second_process.is_useful():
            second_process.begun[folder] = second_process.SecondProcess(work)


def _is_elsewhere(word: str) -> bool:
    """Tell whether a word of the command line asks nothing of the shipped corpus."""
    return word.startswith("--corpus") or word in _ELSEWHERE


def _nowhere() -> io.TextIOWrapper:
    """Give a stream for what has no reader."""
    return os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")


def _status() -> int:
    try:
        _begin()
        from explore.cli.app import app

        app(prog_name="explore")
    except KeyboardInterrupt:
        return 130
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
