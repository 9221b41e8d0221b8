"""Many ask and edit one corpus at once: nobody waits for a reader, and nobody works twice."""

import fcntl
import os
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CLAIMS, Run, Write

from explore.errors import CorpusError
from explore.index import broken, lock, publish
from explore.index import freshness as fresh
from explore.index.cache import cache_path
from explore.index.store import open_index

if TYPE_CHECKING:
    from collections.abc import Callable

EXPLORE = [sys.executable, "-m", "explore"]
LOAD = Path(__file__).parent.parent / "tools" / "ask_while_editing.py"
# A hundred times what an answer takes.
LONG = 60


def texts(folder: Path) -> list[str]:
    """Ask for the texts of all claims, in this process."""
    db = open_index(folder)
    found = [
        row[0] for row in db.execute("SELECT json ->> 'text' FROM record WHERE type = 'claim'")
    ]
    db.close()
    return found


def edit(folder: Path, word: str) -> None:
    """Change the text of the first claim."""
    (folder / "claims.yaml").write_text(CLAIMS.replace("First", word), encoding="utf-8")


def test_a_reader_that_is_blocked_keeps_nobody_waiting(write: Write) -> None:
    """While an answer sits in a full pipe, and others hold the index open, an edit is answered."""
    many = "".join(
        f"- {{id: c{n}, text: T{n}., kind: fact, by: [nato], source: paper}}\n"
        for n in range(3_000)
    )
    folder = write(claims=many)
    command = [*EXPLORE, "--corpus", str(folder), "claims", "--format", "jsonl"]
    subprocess.run([*command, "--limit", "1"], check=True, capture_output=True)
    reader = sqlite3.connect(cache_path(folder), isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM record").fetchone()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as blocked:
        assert blocked.stdout is not None
        assert blocked.stdout.read(1) == b"{"
        (folder / "claims.yaml").write_text(many.replace("T7.", "Edited."), encoding="utf-8")
        asked = [
            subprocess.Popen([*command, "c7", "--limit", "1"], stdout=subprocess.PIPE)
            for _ in range(3)
        ]
        for process in asked:
            assert b"Edited." in process.communicate(timeout=LONG)[0]
        rest = blocked.stdout.read()
    # It is answered from before the edit, all of it.
    assert rest.count(b"\n") == 3_000
    assert b"T7." in rest
    reader.close()


@pytest.mark.parametrize("how", ["BEGIN", "BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_whoever_holds_the_index_keeps_nobody_waiting(
    write: Write, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    """No lock that SQLite knows is waited for."""
    folder = write()
    texts(folder)
    holder = sqlite3.connect(cache_path(folder), isolation_level=None)
    holder.execute(how)
    holder.execute("SELECT count(*) FROM record").fetchone()
    edit(folder, "Edited")
    monkeypatch.delattr(lock.Turn, "wait")
    assert texts(folder)[0] == "Edited claim."
    assert texts(folder)[0] == "Edited claim."
    holder.close()


@pytest.mark.parametrize("there", [True, False])
def test_nobody_builds_what_another_has_just_built(
    write: Write, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    """Of many who ask at once after an edit, or for the first time, one builds."""
    folder = write()
    if there:
        texts(folder)
        edit(folder, "Edited")
    asking = 8
    waiting: set[int] = set()
    built: list[Path] = []
    real_wait, realput = lock.Turn.wait, publish.put

    def wait(turn: lock.Turn) -> None:
        waiting.add(threading.get_ident())
        real_wait(turn)

    def published(part: Path, path: Path) -> None:
        # Not before all the others wait for it.
        while len(waiting) < asking - 1:
            time.sleep(0.001)
        built.append(part)
        realput(part, path)

    monkeypatch.setattr(lock.Turn, "wait", wait)
    monkeypatch.setattr(publish, "put", published)
    with ThreadPoolExecutor(asking) as pool:
        found = list(pool.map(texts, [folder] * asking, timeout=LONG))
    assert len(built) == 1
    assert found == [["Edited claim." if there else "First claim.", "Second claim."]] * asking


def test_who_waits_is_not_overtaken_by_ever_new_edits(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was made after the question began answers it, whatever was edited since."""
    folder = write()
    texts(folder)
    edit(folder, "Before")
    real = lock.Turn.wait
    updates: list[str] = []

    def wait(turn: lock.Turn) -> None:
        # Another process brings the index up to date, and the file is edited again.
        updates.append("Between")
        assert len(updates) < 5
        edit(folder, "Between")
        publish.updated(cache_path(folder), folder)
        edit(folder, "After")
        real(turn)

    monkeypatch.setattr(lock.Turn, "wait", wait)
    holder = os.open(cache_path(folder).with_suffix(".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(holder, fcntl.LOCK_EX)
    assert texts(folder)[0] == "Between claim."
    os.close(holder)
    assert texts(folder)[0] == "After claim."


def test_an_index_from_the_future_is_no_excuse(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index made while the clock was ahead is compared with the files like any other."""
    folder = write()
    ahead = time.time_ns() + 3_600 * 10**9
    with monkeypatch.context() as patched:
        patched.setattr(time, "time_ns", lambda: ahead)
        texts(folder)
    edit(folder, "Edited")
    assert texts(folder)[0] == "Edited claim."


def test_a_builder_that_is_stopped_keeps_nobody_waiting(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lock whose holder does nothing is taken away after a while, and the wait is told."""
    folder = write()
    texts(folder)
    edit(folder, "Edited")
    path = cache_path(folder).with_suffix(".lock")
    holder = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(holder, fcntl.LOCK_EX)
    monkeypatch.setattr(lock, "_QUIET", 0.2)
    monkeypatch.setattr(lock, "_LOOK_EVERY", 0.01)
    monkeypatch.setattr(lock, "_PATIENCE", 0.05)
    said: list[str] = []
    db = open_index(folder, say=said.append)
    assert db.execute("SELECT json ->> 'text' FROM record WHERE id = 'one'").fetchone() == (
        "Edited claim.",
    )
    assert said == ["waiting for another process that is building the index of this corpus"]
    # It is kept, so the next question waits for nobody.
    assert texts(folder)[0] == "Edited claim."
    os.close(holder)


@pytest.mark.parametrize("what", ["fifo", "link", "folder", "dangling"])
def test_a_lock_that_is_none(run: Run, write: Write, tmp_path: Path, what: str) -> None:
    """Whatever stands in place of the lock is left alone, and the answer is right."""
    folder = write()
    path = cache_path(folder).with_suffix(".lock")
    path.parent.mkdir(parents=True)
    victim = tmp_path / "victim"
    make: dict[str, Callable[[], object]] = {
        "fifo": lambda: os.mkfifo(path),
        "link": lambda: path.symlink_to(victim),
        "folder": path.mkdir,
        "dangling": lambda: path.symlink_to(tmp_path / "nowhere"),
    }
    victim.write_text("mine", encoding="utf-8")
    make[what]()
    for _ in range(2):
        result = run("--corpus", str(folder), "claims", "--format", "csv")
        assert (result.status, result.out.count("\n")) == (0, 3)
    assert victim.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "nowhere").exists()


def test_a_file_that_is_being_written_is_waited_for(write: Write) -> None:
    """Who asks between the emptying of a file and its text gets the text, and no error."""
    folder = write()
    texts(folder)
    path = folder / "claims.yaml"
    with ThreadPoolExecutor(1) as pool, path.open("w", encoding="utf-8") as file:
        asked = pool.submit(texts, folder)
        time.sleep(0.2)
        file.write(CLAIMS.replace("First", "Edited"))
        file.close()
        assert asked.result(LONG)[0] == "Edited claim."


def test_an_empty_file_that_stays_empty_is_told(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for ever for a file that is empty."""
    folder = write()
    texts(folder)
    monkeypatch.setattr(broken, "_FOLLOWS", 0.1)
    (folder / "claims.yaml").write_text("", encoding="utf-8")
    with pytest.raises(CorpusError):
        open_index(folder)


@pytest.mark.parametrize("there", [True, False])
def test_a_file_that_changes_while_it_is_read_is_read_again(
    write: Write, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    """What was hashed, what was read and what is noted are of one state of the file."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(write().parent / "cache"))
    folder = write()
    if there:
        texts(folder)
    edit(folder, "Alpha")
    real = fresh.digest
    words = iter(["Beta", "Gamma"])

    def digest(path: str) -> str:
        found = real(path)
        if path.endswith("claims.yaml") and (word := next(words, None)):
            edit(folder, word)
        return found

    # In this process, so that what happens in between can be chosen.
    monkeypatch.setattr("explore.second_process.is_useful", lambda: False)
    monkeypatch.setattr("explore.index.ahead.is_useful", lambda: False)
    monkeypatch.setattr(fresh, "digest", digest)
    assert texts(folder)[0] == "Gamma claim."
    monkeypatch.setattr(fresh, "digest", real)
    # Back to what was hashed first: that is another text than what was read.
    edit(folder, "Alpha")
    assert texts(folder)[0] == "Alpha claim."


def test_a_file_that_goes_while_it_is_looked_at(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that an editor puts there for a moment is no error."""
    folder = write()
    (folder / "claims").mkdir()
    passing = folder / "claims" / "passing.yaml"
    passing.write_text("[]\n", encoding="utf-8")
    real = fresh.stamp_of

    def stamp(kind: fresh.Kind, name: str, where: str) -> fresh.Stamp | None:
        passing.unlink(missing_ok=True)
        return real(kind, name, where)

    monkeypatch.setattr(fresh, "stamp_of", stamp)
    assert texts(folder) == ["First claim.", "Second claim."]


def test_an_index_is_durable_before_it_is_there(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new file and then its folder are on the disk: before it takes its place, and after."""
    folder = write()
    seen: list[str] = []
    real_sync, real_replace = os.fsync, Path.replace

    def sync(number: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(number).st_mode) else "file")
        real_sync(number)

    def replace(part: Path, target: Path) -> Path:
        seen.append("replace")
        return real_replace(part, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    texts(folder)
    edit(folder, "Edited")
    texts(folder)
    assert seen == ["file", "replace", "folder"] * 2


@pytest.mark.slow
def test_asking_while_editing() -> None:
    """Askers and editors of one corpus at once: no answer is wrong; the script has twenty."""
    numbers = ["--askers", "4", "--editors", "3", "--seconds", "4", "--shared"]
    found = subprocess.run(
        [sys.executable, LOAD, *numbers],
        capture_output=True,
        text=True,
        check=False,
        timeout=100 * LONG,
    )
    assert found.returncode == 0, found.stderr
    assert ", 0 wrong" in found.stdout
