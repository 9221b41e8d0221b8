"""Where the program starts: `explore` and `python -m explore`."""

import atexit
import gc

# A short run never earns back what collecting garbage costs it, least of all at exit.
gc.disable()
atexit.register(gc.freeze)


def main() -> None:
    """Run the program and end the process with its exit status."""
    import os
    import sys

    # A stream that the caller closed is None; what is written to it has no reader.
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    try:
        from explore.cli.app import app

        app(prog_name="explore")
    except KeyboardInterrupt:
        sys.exit(130)
    finally:
        # A reader that closed the pipe is no error, not even for the last flush.
        try:
            sys.stdout.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
