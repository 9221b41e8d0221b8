"""Draw command lines and file names at random, run each, and print those that end in a traceback.

    python tools/fuzz_commands.py [HOW MANY]

So many command lines and a tenth as many corpora with drawn names, seven commands for each; and
the program is interrupted as often, at each moment of its start. Everything is written below a
temporary folder, which is home as well. Ends with status 1 if anything went wrong.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

# The longest that the program takes to answer, in seconds.
_RUN = 0.4


def interrupted(times: int, seed: int) -> Counter[str]:
    """Interrupt the program so often, each time at another moment; count how it ended."""
    rng = random.Random(seed)
    found: Counter[str] = Counter()
    for _ in range(times):
        with subprocess.Popen(
            [sys.executable, "-m", "explore", "claims"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(rng.uniform(0, _RUN))
            process.send_signal(signal.SIGINT)
            told = process.stderr.read() if process.stderr else b""
            found[_end(process.wait(), told)] += 1
    return found


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _end(status: int, told: bytes) -> str:
    if b"Traceback" in told or b"Error" in told:
        ours = b"/explore/" in told
        return "a traceback of the program" if ours else "a traceback of Python's own start"
    return f"exit status {status}"


def main(times: int) -> int:
    """Run them all; return the exit status."""
    import fuzzing

    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        os.environ |= {"HOME": work, "XDG_CACHE_HOME": f"{work}/cache"}
        for name in ("EXPLORE_CORPUS", "PAGER"):
            os.environ.pop(name, None)
        for what, number in (("command_lines", times), ("file_names", times // 10)):
            folder = Path(work) / what
            folder.mkdir()
            found = 0
            for fault in getattr(fuzzing, what)(7, number, folder):
                _say(fault)
                found += 1
            _say(f"{number} {what.replace('_', ' ')}: {found} went wrong")
            wrong += found
        os.chdir(work)
        ends = interrupted(times // 4, 7)
        _say(f"{times // 4} interrupts: {dict(ends)}")
        wrong += ends["a traceback of the program"]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if sys.argv[1:] else 2_000))
