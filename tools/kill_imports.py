"""Kill imports, fail their writes, run many at once, and ask after each what the corpus says.

    python tools/kill_imports.py [HOW MANY]

Whatever happens to an import, the corpus says what it said before or all of what it says after;
the next import takes back what is left, and no row is lost. Ends with status 1 and what was done
if any answer is ever another one.
"""

import csv
import errno
import mmap
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

_EXPLORE = [sys.executable, "-m", "explore"]
_HEAD = ["id", "text", "by", "kind", "source", "topics", "supports"]
# What an import does to the disk, by the names of the system's calls.
_CALLS = ("replace", "rename", "fsync", "unlink", "mkdir", "rmdir")
_ROWS = 200
_KILLED = 9


class Wrong(Exception):  # noqa: N818 - it is no error of the program's
    """An answer that is neither that of before nor that of after."""


def _table(path: Path, prefix: str, rows: int, words: str = "says") -> Path:
    """Write a table of claims, each of which another supports."""
    with path.open("w", newline="") as file:
        out = csv.writer(file)
        out.writerow(_HEAD)
        for n in range(rows):
            supported = f"{prefix}-{n - 1}" if n and words == "says" else ""
            out.writerow(
                [
                    f"{prefix}-{n}",
                    f"{prefix} {words} {n}",
                    f"{words} {n % 7}",
                    "fact",
                    f"Paper {words} {n % 5}",
                    f"topic-{n % 3}" if n % 2 else "",
                    supported,
                ]
            )
    return path


def _child(words: list[str], out: Path, before: Callable[[], None] = lambda: None) -> int:
    """Run a command line in a fork, which is quicker than a new process; return its status."""
    process = os.fork()
    if not process:
        status = 1
        try:
            to = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(to, 1)
            os.dup2(os.open(f"{out}.err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
            before()
            from explore.cli.app import app

            app(words, prog_name="explore")
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 0
        finally:
            sys.stdout.flush()
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


class _Corpus:
    """A corpus in a scratch folder, and what is asked of it."""

    def __init__(self, work: Path) -> None:
        self.folder = work / "corpus"
        self.saved = work / "saved"
        self.out = work / "out"
        self.first = _table(work / "t.csv", "t", 20)
        self.other = _table(work / "u.csv", "u", 10)
        second = work / "second"
        second.mkdir()
        self.second = _table(second / "t.csv", "t", 25, "denies")

    def bring(self, table: Path, before: Callable[[], None] = lambda: None) -> int:
        """Import a table; return the exit status."""
        return _child(["import", str(table), "--into", str(self.folder)], self.out, before)

    def answer(self) -> str:
        """Return all claims, and whether `check` finds an error."""
        form = ["--format", "jsonl", "--limit", "0"]
        status = _child(["--corpus", str(self.folder), "claims", *form], self.out)
        found = f"{status} {self.out.read_text()}"
        status = _child(["check", str(self.folder), "--format", "json"], self.out)
        if "Traceback" in Path(f"{self.out}.err").read_text():
            raise Wrong(Path(f"{self.out}.err").read_text())
        return f"{found}{status}"

    def save(self) -> None:
        """Keep the corpus as it is."""
        shutil.rmtree(self.saved, ignore_errors=True)
        if self.folder.exists():
            shutil.copytree(self.folder, self.saved)

    def restore(self) -> None:
        """Put the corpus back as it was kept."""
        shutil.rmtree(self.folder, ignore_errors=True)
        if self.saved.exists():
            shutil.copytree(self.saved, self.folder)


def _warm(work: Path) -> None:
    """Load here, once, what every fork needs."""
    from explore.cli.app import app

    table, folder = str(_table(work / "w.csv", "w", 2)), str(work / "warm")
    back = [os.dup(1), os.dup(2)]
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    for words in (["import", table, "--into", folder], ["--corpus", folder, "claims"]):
        with suppress(SystemExit):
            app(words, prog_name="explore")
    _table(work / "w.csv", "w", 2, "denies")
    for words in (["import", table, "--into", folder], ["check", folder]):
        with suppress(SystemExit):
            app(words, prog_name="explore")
    for stream, real in enumerate(back, 1):
        os.dup2(real, stream)


# How many calls an import has made, whatever became of it.
_MADE = mmap.mmap(-1, 8)


def _at(n: int, act: Callable[[], None]) -> Callable[[], None]:
    """Return what makes the nth call of the system that writes do something else."""

    def patch() -> None:
        count = 0

        def wrapped(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(*words: Any, **options: Any) -> Any:
                nonlocal count
                count += 1
                _MADE[:] = count.to_bytes(8, "little")
                if count == n:
                    act()
                return real(*words, **options)

            return call

        for name in _CALLS:
            setattr(os, name, wrapped(getattr(os, name)))

    return patch


def _die() -> None:
    os._exit(_KILLED)


def _fill() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "the disk")


def _steps(corpus: _Corpus, act: Callable[[], None], told: Counter[str], what: str) -> None:
    """Let an import fail at each of its calls in turn, and see what is there then."""
    corpus.restore()
    before = corpus.answer()
    if corpus.bring(corpus.second):
        raise Wrong("the import itself fails")
    after = corpus.answer()
    step = 0
    while True:
        step += 1
        corpus.restore()
        status = corpus.bring(corpus.second, _at(step, act))
        found = corpus.answer()
        if found not in (before, after) or (status == 0 and found != after):
            raise Wrong(f"{what} at call {step}: {found[:300]}")
        told[f"{what}: before" if found == before else f"{what}: after"] += 1
        if corpus.bring(corpus.other) or corpus.bring(corpus.second):
            raise Wrong(f"{what} at call {step}: the next import fails")
        then = corpus.answer()
        if '"u-9"' not in then or '"t-24"' not in then:
            raise Wrong(f"{what} at call {step}: rows are missing after the next import")
        if step > int.from_bytes(_MADE[:], "little"):
            return


def _kills(corpus: _Corpus, times: int, told: Counter[str]) -> None:
    """Kill imports at random moments, as the system does."""
    rng = random.Random(13)
    corpus.restore()
    before = corpus.answer()
    started = time.monotonic()
    command = [*_EXPLORE, "import", str(corpus.second), "--into", str(corpus.folder)]
    subprocess.run(command, check=True, capture_output=True)
    longest = time.monotonic() - started
    after = corpus.answer()
    for n in range(times):
        corpus.restore()
        # Most of the time of an import goes by before it writes; three of four are killed then.
        staged = corpus.folder / ".explore" / "journal"
        moment = rng.random() * (longest if n % 4 == 0 else longest / 20)
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
            while n % 4 and process.poll() is None and not staged.exists():
                time.sleep(0.0005)
            time.sleep(moment)
            process.send_signal(signal.SIGKILL)
        found = corpus.answer()
        if found not in (before, after):
            raise Wrong(f"killed after {moment:.3f} s: {found[:300]}")
        told["killed: before" if found == before else "killed: after"] += 1
        if n % 5 == 0 and (corpus.bring(corpus.second) or corpus.answer() != after):
            raise Wrong(f"killed after {moment:.3f} s: the next import")


def _at_once(work: Path, writers: int, rounds: int, told: Counter[str]) -> None:
    """Import tables at once, ask all the while, and count the rows."""
    for n in range(rounds):
        folder = work / f"at-once-{writers}-{n}"
        tables = [_table(work / f"w{k}.csv", f"w{k}", _ROWS, "says") for k in range(writers)]
        imports = [
            subprocess.Popen(
                [*_EXPLORE, "import", str(table), "--into", str(folder)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
            for table in tables
        ]
        while any(one.poll() is None for one in imports):
            count = _count(folder, work / "out")
            told["questions during imports"] += 1
            if count % _ROWS:
                raise Wrong(f"{writers} at once, round {n}: {count} rows during the imports")
        errors = [one.stderr.read() for one in imports if one.stderr]
        if any(one.returncode for one in imports):
            raise Wrong(f"{writers} at once, round {n}: {errors}")
        count = _count(folder, work / "out")
        checked = _child(["check", str(folder)], work / "out")
        if count != writers * _ROWS or checked:
            raise Wrong(f"{writers} at once, round {n}: {count} rows, check {checked}")
        told[f"{writers} at once: all {count} rows"] += 1
        shutil.rmtree(folder)


def _count(folder: Path, out: Path) -> int:
    """Return how many claims a corpus has; none where there is none yet."""
    words = ["--corpus", str(folder), "claims", "--format", "jsonl", "--limit", "0"]
    status = _child(words, out)
    error = Path(f"{out}.err").read_text()
    if status not in (0, 2) or "Traceback" in error or (status and "corpus" not in error):
        raise Wrong(f"a question during imports: status {status}: {error}")
    return out.read_text().count("\n")


def _try(work: Path, times: int, told: Counter[str]) -> None:
    """Try all of it in a scratch folder."""
    for first in (True, False):
        corpus = _Corpus(Path(tempfile.mkdtemp(dir=work)))
        if not first and corpus.bring(corpus.first):
            raise Wrong("the first import fails")
        corpus.save()
        what = "first import" if first else "second import"
        _steps(corpus, _die, told, f"{what} killed at each call")
        _steps(corpus, _fill, told, f"{what}, each call fails")
    _kills(corpus, times, told)
    rounds = max(1, times * 30 // 500)
    _at_once(work, 2, rounds, told)
    _at_once(work, 8, max(1, rounds // 3), told)


def main(times: int) -> int:
    """Try it so often; return the exit status."""
    told: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        _warm(work)
        try:
            _try(work, times, told)
        except Wrong as wrong:
            sys.stderr.write(f"wrong: {wrong}\n")
            return 1
    for what, count in told.items():
        sys.stdout.write(f"{count:>6}  {what}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
