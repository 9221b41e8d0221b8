"""Whatever is wrong with an index, the question is answered, and the next one too."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CLAIMS, Run, Write

from explore.index import store
from explore.index.cache import cache_path
from explore.index.queries import Index
from explore.terminal import held

EXPLORE = [sys.executable, "-m", "explore"]
TOOL = Path(__file__).parent.parent / "tools" / "damage_indexes.py"


def damage(path: Path, statement: str) -> None:
    """Change an index, and leave its times as they were: as a disk does that fails."""
    times = path.stat()
    with sqlite3.connect(path) as db:
        db.execute(statement)
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.slow
def test_damaged_indexes() -> None:
    """Indexes damaged in every way: no traceback, and the right answer; the script does 1,000."""
    found = subprocess.run(
        [sys.executable, TOOL, "42"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert "failed" not in found.stdout


# What ends a question in an error in its midst, each another one.
WRONG = [
    "UPDATE record SET json = 'null'",
    "UPDATE record SET json = substr(json, 1, 20)",
    "UPDATE record SET json = CAST(x'ff' AS TEXT)",
    "UPDATE record SET json = 7",
    "UPDATE meta SET value = 'x' WHERE key = 'info'",
    "DROP TABLE link",
    "DROP TABLE mention",
    "DELETE FROM words_data WHERE id > 1",
]
QUESTIONS = [
    *("claims", "claims --format json", "claims --format csv", "show one", "search claim"),
    *(
        "stats",
        "tree",
        "summary",
        "topics",
        "responses",
        "actors",
        "export jsonl",
        "compare nato asean",
    ),
]


@pytest.mark.parametrize("statement", WRONG)
def test_damage_that_shows_while_a_question_is_asked(
    run: Run, write: Write, statement: str
) -> None:
    """The index is made from nothing, and the whole answer is that of the new one."""
    folder = write()
    words = ["--corpus", str(folder)]
    right = {question: run(*words, *question.split()) for question in QUESTIONS}
    assert not any(answer.status for answer in right.values())
    path = cache_path(folder)
    whole, times = path.read_bytes(), path.stat()
    noticed = 0
    for question, answer in right.items():
        path.write_bytes(whole)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        damage(path, statement)
        given = run(*words, *question.split())
        if path.stat().st_mtime_ns != times.st_mtime_ns or path.read_bytes() != whole:
            noticed += 1
        # Not every question reads what is damaged; what it reads is right.
        assert given.status == answer.status
        assert given.out == answer.out
    assert noticed


def test_an_index_that_was_written_to_is_not_read(run: Run, write: Write) -> None:
    """A letter that a program changed inside a stored text is noticed too."""
    folder = write()
    words = ["--corpus", str(folder), "claims", "--format", "csv"]
    right = run(*words)
    path = cache_path(folder)
    path.write_bytes(path.read_bytes().replace(b"First claim.", b"Worst claim."))
    assert "damaged" in run("--corpus", str(folder), "cache").out
    assert run(*words).out == right.out
    assert "fresh" in run("--corpus", str(folder), "cache").out


def test_damage_behind_the_beginning_of_a_long_answer(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer too long to be held back ends with one line and 1, and the next one is right."""
    many = "".join(
        f"- {{id: c{n}, text: T{n}., kind: fact, by: [nato], source: paper}}\n"
        for n in range(1_500)
    )
    folder = write(claims=many)
    words = ["--corpus", str(folder), "claims", "--format", "jsonl"]
    right = run(*words)
    monkeypatch.setattr(held, "_MAX_HELD", 1_000)
    assert run(*words).out == right.out
    damage(cache_path(folder), "UPDATE record SET json = 'null' WHERE id = 'c1400'")
    result = run(*words)
    assert result.status == 1
    assert result.err == "explore: the index was damaged and is deleted; run the command again\n"
    assert right.out.startswith(result.out)
    assert run(*words) == right


def test_an_error_of_our_own_is_raised_as_it_is(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails with a new index as well is no damage; it is tried twice, and then shown."""
    folder = write()
    times = []

    def frequencies(_: Index, field: str) -> None:
        del field
        times.append(1)
        raise RuntimeError("ours")

    monkeypatch.setattr(Index, "frequencies", frequencies)
    with pytest.raises(RuntimeError, match="ours"):
        run("--corpus", str(folder), "topics")
    assert len(times) == 2


def test_a_damaged_index_that_cannot_be_replaced(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cache cannot be written, the answer comes from memory."""
    folder = write()
    words = ["--corpus", str(folder), "claims", "--format", "csv"]
    right = run(*words)
    path = cache_path(folder)
    damage(path, "UPDATE record SET json = 'null'")
    monkeypatch.setattr(store, "prepared", lambda _: False)
    monkeypatch.setattr(Path, "unlink", _refuse)
    for _ in range(2):
        # As another process would.
        monkeypatch.setattr(store, "_damaged", set())
        assert run(*words) == right


def _refuse(path: Path, missing_ok: bool = False) -> None:
    raise PermissionError(path)


def test_clear_removes_what_is_beside_an_index(run: Run, write: Write, tmp_path: Path) -> None:
    """A journal that is left is not rolled back into the next index; what is not ours stays."""
    folder = write()
    words = ["--corpus", str(folder), "claims", "--format", "csv"]
    right = run(*words)
    path = cache_path(folder)
    # A process that changes the index in its place, as programs of before did, is killed.
    hot = path.with_name("hot")
    shutil.copyfile(path, hot)
    with sqlite3.connect(hot, isolation_level=None) as db:
        db.execute("PRAGMA cache_size = 1")
        db.execute("BEGIN")
        db.execute("UPDATE record SET json = 'planted'")
        journal = Path(f"{hot}-journal").read_bytes()
        db.execute("ROLLBACK")
    db.close()
    hot.unlink()
    Path(f"{path}-journal").write_bytes(journal)
    part = path.with_suffix(".123.part")
    for name in (f"{path}-wal", f"{path}-shm", f"{part}", f"{part}-journal"):
        Path(name).write_bytes(b"left")
    others = [path.with_name("notes.txt"), path.with_name(f"{path.stem}.sqlite.bak")]
    for other in others:
        other.write_text("mine")
    inside = path.with_name("0123456789abcdef.sqlite")
    inside.mkdir()
    (inside / "kept").write_text("mine")
    victim = tmp_path / "victim"
    victim.write_text("mine")
    link = path.with_name("fedcba9876543210.sqlite")
    link.symlink_to(victim)
    # What is beside an index is not looked at.
    assert run(*words) == right
    assert run("--corpus", str(folder), "cache", "--clear").out == "1 index deleted\n"
    left = {found.name for found in path.parent.iterdir()}
    assert left == {*(name.name for name in others), inside.name, link.name}
    assert run(*words) == right
    assert run("--corpus", str(folder), "cache", "--clear", "--all").out == "2 indexes deleted\n"
    assert victim.read_text() == "mine"
    assert (inside / "kept").read_text() == "mine"
    left = {found.name for found in path.parent.iterdir()}
    assert left == {*(name.name for name in others), inside.name}


def test_clear_while_others_ask(write: Write) -> None:
    """Whoever asks while the cache is cleared again and again gets the right answer."""
    folder = write(claims=CLAIMS)
    asking = [*EXPLORE, "--corpus", str(folder), "claims", "--format", "csv"]
    clearing = [*EXPLORE, "--corpus", str(folder), "cache", "--clear", "--all"]
    pipe = subprocess.PIPE
    right = subprocess.run(asking, check=True, capture_output=True).stdout
    for _ in range(3):
        started = [
            subprocess.Popen(command, stdout=pipe, stderr=pipe)
            for command in (asking, clearing, asking, clearing, asking)
        ]
        told = [(*process.communicate(), process.returncode) for process in started]
        assert [status for *_, status in told] == [0] * 5
        assert [out for out, *_ in told[::2]] == [right] * 3
        assert not any(err for _, err, _ in told[1::2])
