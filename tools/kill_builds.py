"""Kill builds of an index at random moments, and ask after each whether the answer is right.

    python tools/kill_builds.py [HOW MANY]

A build that dies must leave the old index or none, never a wrong one. Ends with status 1 and the
moment if an answer is ever wrong, or if anything but an index and its lock is left for good.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_CLAIMS = 3_000
_EXPLORE = [sys.executable, "-m", "explore"]


def _write(folder: Path, words: str) -> None:
    claims = "".join(
        f"- {{id: claim-{n}, text: {words} {n}., kind: fact, by: [a], source: s}}\n"
        for n in range(_CLAIMS)
    )
    (folder / "claims.yaml").write_text(claims)


def _ask(folder: Path, cache: str) -> str:
    command = [*_EXPLORE, "--corpus", str(folder), "claims", "claim-7", "--format", "csv"]
    environment = {**os.environ, "XDG_CACHE_HOME": cache}
    found = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
    return found.stdout


def main(times: int) -> int:
    """Kill so many builds; give the exit status."""
    rng = random.Random(11)
    with tempfile.TemporaryDirectory() as work:
        folder, cache = Path(work, "corpus"), str(Path(work, "cache"))
        folder.mkdir()
        (folder / "actors.yaml").write_text("- {id: a, name: A, kind: state}\n")
        (folder / "sources.yaml").write_text("- {id: s, type: book, title: S}\n")
        _write(folder, "Claim")
        started = time.monotonic()
        _ask(folder, cache)
        longest = time.monotonic() - started
        for n in range(times):
            words = f"Version{n}"
            _write(folder, words)
            if n % 3 == 0:
                for path in Path(cache, "explore").glob("*.sqlite"):
                    path.unlink()
            moment = rng.random() * longest * 1.1
            command = [*_EXPLORE, "--corpus", str(folder), "topics"]
            environment = {**os.environ, "XDG_CACHE_HOME": cache}
            quiet = subprocess.DEVNULL
            with subprocess.Popen(command, stdout=quiet, stderr=quiet, env=environment) as process:
                time.sleep(moment)
                process.send_signal(signal.SIGKILL)
            if n % 5 == 4:
                continue
            if f"{words} 7." not in _ask(folder, cache):
                sys.stderr.write(f"wrong after a kill at {moment:.3f} s, round {n}\n")
                return 1
        _ask(folder, cache)
        left = {path.suffix for path in Path(cache, "explore").iterdir()}
    sys.stdout.write(f"{times} builds killed, every answer right; left: {sorted(left)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
