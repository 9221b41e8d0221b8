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
