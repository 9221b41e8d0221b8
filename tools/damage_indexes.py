"""Damage indexes in every way, and ask after each whether the answer is right.

    python tools/damage_indexes.py [HOW MANY] [SEED]

Half of the damage is done as a program does it, and must always be noticed: the answer is that of
a new index. The other half leaves the times of the file as they were, as a failing disk does.
There a wrong letter inside what is stored cannot be noticed, and is counted; but no question may
end in a traceback, a signal or nothing, and none may hang. Ends with status 1 otherwise.
"""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from explore import __main__ as program
from explore.cli import app, session  # noqa: F401 - what each question would load
from explore.corpus.files import shipped
from explore.index import queries as ask  # noqa: F401 - the same
from explore.index import store

# The rotation of questions; a word in capitals is a place to write to.
QUESTIONS = [
    "claims --limit 0",
    "claims --about asean --format json",
    "claims --format csv",
    "show pivot-threatens-centrality",
    "show nato --format json",
    "search asean centrality",
    "search threaten --format jsonl",
    "claims --search security --format jsonl",
    "stats",
    "tree --format json",
    "timeline",
    "compare nato asean",
    "sources --format csv",
    "topics",
    "actors --format json",
    "responses",
    "summary",
    "summary --format md",
    "export jsonl",
    "export sqlite -o OUT",
    "export html",
    "",
    "COMPLETE explore show pivot-th",
    "COMPLETE explore claims --about as",
]
_LONGEST = 60.0


class Answer(NamedTuple):
    """What a question came to."""

    status: int
    out: bytes
    err: bytes


def ask_once(question: str, corpus: Path, work: Path) -> Answer:
    """Ask in a process of its own, forked from this one."""
    target = work / "out"
    target.unlink(missing_ok=True)
    words = question.replace("OUT", str(target)).split()
    out, err = work / "stdout", work / "stderr"
    child = os.fork()
    if not child:
        for number, path in ((1, out), (2, err)):
            os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), number)
        os.environ["EXPLORE_CORPUS"] = str(corpus)
        if words and words[0] == "COMPLETE":
            os.environ["_EXPLORE_COMPLETE"] = "complete_zsh"
            os.environ["_TYPER_COMPLETE_ARGS"] = " ".join(words[1:])
            words = []
        sys.argv = ["explore", *words]
        try:
            program.main()
        except BaseException as error:  # noqa: BLE001 - the interpreter would print it so
            sys.excepthook(type(error), error, error.__traceback__)
        finally:
            sys.stderr.flush()
            os._exit(1)
    deadline = time.monotonic() + _LONGEST
    while not (ended := os.waitpid(child, os.WNOHANG))[0]:
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return Answer(-1, b"", b"hangs")
        time.sleep(0.001)
    told = out.read_bytes() + _contents(target)
    return Answer(os.waitstatus_to_exitcode(ended[1]), told, err.read_bytes())


def _contents(path: Path) -> bytes:
    """Return what an export wrote; of a database only what is in it counts."""
    found = path.read_bytes() if path.is_file() else b""
    if not found.startswith(b"SQLite format 3"):
        return found
    with contextlib.closing(sqlite3.connect(path)) as db:
        return "\n".join(db.iterdump()).encode()


def flips(rng: random.Random, path: Path) -> None:
    """Change up to 64 bytes anywhere."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 2, 8, 64])):
        data[rng.randrange(len(data))] ^= rng.randrange(1, 256)
    path.write_bytes(data)


def header(rng: random.Random, path: Path) -> None:
    """Change bytes of the header or the schema."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 4])):
        data[rng.randrange(rng.choice([100, 8192]))] = rng.randrange(256)
    path.write_bytes(data)


def zeros(rng: random.Random, path: Path) -> None:
    """Empty some pages."""
    data = bytearray(path.read_bytes())
    for _ in range(rng.choice([1, 3])):
        at = rng.randrange(len(data) // 4096) * 4096
        data[at : at + 4096] = bytes(4096)
    path.write_bytes(data)


def cut(rng: random.Random, path: Path) -> None:
    """Cut the file, at a page or anywhere."""
    size = path.stat().st_size
    at = rng.randrange(size)
    os.truncate(path, rng.choice([at, at // 8192 * 8192, 0, 99, 100]))


def swapped(rng: random.Random, path: Path) -> None:
    """Let two pages change places."""
    data = bytearray(path.read_bytes())
    one, two = (rng.randrange(len(data) // 8192) * 8192 for _ in range(2))
    page = data[one : one + 8192]
    data[one : one + 8192] = data[two : two + 8192]
    data[two : two + 8192] = page
    path.write_bytes(data)


def longer(rng: random.Random, path: Path) -> None:
    """Append garbage."""
    with path.open("ab") as file:
        file.write(rng.randbytes(rng.choice([1, 100, 8192, 100_000])))


def foreign(rng: random.Random, path: Path) -> None:
    """Put another database in its place."""
    path.unlink()
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        if rng.random() < 0.5:
            db.execute("PRAGMA journal_mode = WAL")
        db.execute(rng.choice(["CREATE TABLE meta (key, value)", "CREATE TABLE other (x)"]))
    path.chmod(0o600)


def rows(rng: random.Random, path: Path) -> None:
    """Change rows into what they should not be, with SQLite itself."""
    statements = [
        "UPDATE record SET json = substr(json, 1, length(json) / 2)",
        "UPDATE record SET json = 'null'",
        "UPDATE record SET json = '[1, {}]'",
        "UPDATE record SET json = CAST(x'fffe22' AS TEXT)",
        "UPDATE record SET json = replace(json, '\"id\"', '\"ID\"')",
        "UPDATE record SET type = NULL, id = NULL WHERE n % 3 = 0",
        "UPDATE meta SET value = 'x' WHERE key = 'info'",
        "UPDATE meta SET value = NULL",
        "UPDATE file SET kind = NULL, path = NULL, digest = 7",
        "UPDATE actor SET short = NULL, kind = 5",
        "UPDATE claim SET source = x'00ff', n = n + 1000000",
        "UPDATE tally SET claims = 'many'",
        "DELETE FROM record WHERE n % 2 = 0",
        "DELETE FROM words_data WHERE id > 10",
        "UPDATE words_data SET block = x'00'",
        "UPDATE words_config SET v = 99",
        "DROP TABLE link",
    ]
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute(rng.choice(statements))


def beside(rng: random.Random, path: Path) -> None:
    """Leave a file of SQLite's beside it, and with it a journal that would undo what is there."""
    name = path.with_name(path.name + rng.choice(["-journal", "-wal", "-shm"]))
    name.write_bytes(rng.randbytes(9_000))
    if rng.random() < 0.5:
        copy = path.with_suffix(".copy")
        shutil.copyfile(path, copy)
        with contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as db:
            db.execute("PRAGMA cache_size = 1")
            db.execute("BEGIN")
            db.execute("UPDATE record SET json = 'planted'")
            shutil.copyfile(f"{copy}-journal", f"{path}-journal")
            db.execute("ROLLBACK")
        copy.unlink()


def gone(rng: random.Random, path: Path) -> None:
    """Remove it, or put something else in its place."""
    path.unlink()
    what = rng.randrange(4)
    if what == 0:
        path.write_text("this is no database, but some text\n" * 300)
    elif what == 1:
        path.symlink_to("/etc/hostname")
    elif what == 2:
        os.mkfifo(path)


DAMAGES: list[Callable[[random.Random, Path], None]] = [
    *(flips, flips, flips, header, zeros, zeros, cut, swapped),
    *(longer, foreign, rows, rows, beside, gone),
]


def main(times: int, seed: int) -> int:
    """Damage so many indexes; return the exit status."""
    rng = random.Random(seed)
    failures = 0
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        os.environ.update(XDG_CACHE_HOME=str(work / "cache"), COLUMNS="100")
        corpus = work / "corpus"
        shutil.copytree(shipped(), corpus)
        ask_once("", corpus, work)
        path = store.cache_path(corpus)
        # Times that are settled, so that the index is not written again for them.
        time.sleep(0.2)
        right = {question: ask_once(question, corpus, work) for question in QUESTIONS}
        whole, seen = path.read_bytes(), path.stat()
        for n in range(times):
            damage = DAMAGES[n % len(DAMAGES)]
            written = n // len(DAMAGES) % 2 == 0
            question = rng.choice(QUESTIONS)
            for left in path.parent.iterdir():
                left.unlink()
            path.write_bytes(whole)
            path.chmod(0o600)
            os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
            damage(rng, path)
            if path.is_file() and not path.is_symlink() and not written:
                os.utime(path, ns=(seen.st_atime_ns, seen.st_mtime_ns))
            given = ask_once(question, corpus, work)
            after = ask_once(question, corpus, work)
            what = _judged(right[question], given, after, written=written)
            counts[what] += 1
            if what.startswith("failed"):
                failures += 1
                sys.stderr.write(
                    f"round {n}, {damage.__name__}, '{question}': {what}\n"
                    f"{given.err.decode(errors='replace')[-2000:]}\n"
                )
    told = ", ".join(f"{what}: {count}" for what, count in sorted(counts.items()))
    sys.stdout.write(f"{times} indexes damaged (seed {seed}); {told}\n")
    return 1 if failures else 0


def _judged(right: Answer, given: Answer, after: Answer, *, written: bool) -> str:
    for answer in (given, after):
        if answer.status not in {0, 1, 2} or b"Traceback" in answer.err or b"hangs" in answer.err:
            return "failed: not answered"
    if given[:2] == after[:2] == right[:2]:
        return "right"
    if written:
        return "failed: wrong though it was written to"
    if given.status == right.status:
        return "not noticed, another text"
    return "not noticed, a name not found"


if __name__ == "__main__":
    sys.exit(
        main(
            int(sys.argv[1]) if len(sys.argv) > 1 else 1000,
            int(sys.argv[2]) if len(sys.argv) > 2 else 6,
        )
    )
