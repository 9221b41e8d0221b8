"""Whatever happens to the index, the answer is right: faults of every sort, one by one."""

import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from conftest import CLAIMS, Run, Write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import LIMIT, wait_until

from explore.index import compile as compiler
from explore.index import freshness as fresh
from explore.index.cache import cache_path
from explore.index.tables import COLUMNS, NUMBERED
from explore.index.update import refresh

EXPLORE = [sys.executable, "-m", "explore"]
KILL = Path(__file__).parent.parent / "tools" / "kill_builds.py"


def answer(folder: Path, **more: Any) -> "subprocess.CompletedProcess[str]":
    """Ask for the claims of a corpus in a process of its own."""
    command = [*EXPLORE, "--corpus", str(folder), "claims", "--format", "csv"]
    return subprocess.run(command, capture_output=True, text=True, check=False, **more)


def names(run: Run, folder: Path) -> list[str]:
    """Ask for the ids of all claims."""
    result = run("--corpus", str(folder), "claims", "--format", "csv")
    assert result.status == 0
    return [line.partition(",")[0] for line in result.out.splitlines()[1:]]


def test_fifty_cold_starts(write: Write) -> None:
    """Fifty processes that start at once all answer rightly, and few of them build."""
    many = "".join(
        f"- {{id: c{n}, text: T{n}., kind: fact, by: [nato], source: paper}}\n"
        for n in range(2_000)
    )
    folder = write(claims=many)
    parts: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            if cache_path(folder).parent.is_dir():
                parts.update(path.name for path in cache_path(folder).parent.iterdir())
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    command = [*EXPLORE, "--corpus", str(folder), "claims", "c1999", "--format", "csv"]
    pipe = subprocess.PIPE
    started = [subprocess.Popen(command, stdout=pipe, stderr=pipe) for _ in range(50)]
    told = [process.communicate()[0] for process in started]
    done.set()
    watcher.join()
    assert all(b"T1999." in out for out in told)
    assert len({part for part in parts if part.endswith(".part")}) <= 3


def test_killed_builds() -> None:
    """Builds killed at random moments leave the old index or none; the script does 500."""
    found = subprocess.run(
        [sys.executable, KILL, "12"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    assert "every answer right" in found.stdout


@pytest.mark.parametrize("mode", [0o666, 0o620])
def test_index_that_others_may_write(run: Run, write: Write, mode: int) -> None:
    """An index that somebody else could have planted is not read but made anew."""
    folder = write()
    names(run, folder)
    path = cache_path(folder)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE record SET json = replace(json, 'First', 'Planted')")
    # Whatever is written to an index shows by its time.
    assert "Planted" not in answer(folder).stdout
    times = path.stat()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE record SET json = replace(json, 'First', 'Planted')")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert "Planted" in answer(folder).stdout
    path.chmod(mode)
    assert "Planted" not in answer(folder).stdout
    assert path.stat().st_mode & 0o777 == 0o600


def test_cache_that_others_may_write(run: Run, write: Write) -> None:
    """In a folder that others may write to nothing is read and nothing kept."""
    folder = write()
    names(run, folder)
    path = cache_path(folder)
    path.unlink()
    path.parent.chmod(0o777)
    assert names(run, folder) == ["one", "two"]
    assert not path.exists()


def test_link_in_place_of_an_index(run: Run, write: Write, tmp_path: Path) -> None:
    """A symbolic link is no index."""
    folder = write()
    names(run, folder)
    path = cache_path(folder)
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    assert names(run, folder) == ["one", "two"]
    assert not path.is_symlink()


def test_index_of_another_version(run: Run, write: Write) -> None:
    """An index of a newer program is made anew."""
    folder = write()
    names(run, folder)
    with sqlite3.connect(cache_path(folder)) as db:
        db.execute("UPDATE meta SET value = '[\"9.9\", 99]' WHERE key = 'version'")
        db.execute("DELETE FROM record WHERE id = 'one'")
    assert names(run, folder) == ["one", "two"]


def test_truncated_index(run: Run, write: Write) -> None:
    """An index that lost its end is made anew."""
    folder = write()
    names(run, folder)
    path = cache_path(folder)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert names(run, folder) == ["one", "two"]


def test_locked_index(run: Run, write: Write) -> None:
    """While another process holds the index, an edit is answered all the same."""
    folder = write()
    names(run, folder)
    holder = sqlite3.connect(cache_path(folder))
    holder.execute("BEGIN EXCLUSIVE")
    try:
        (folder / "claims.yaml").write_text(CLAIMS.replace("First", "Edited"), encoding="utf-8")
        assert "Edited" in answer(folder).stdout
    finally:
        holder.close()


def test_full_disk(write: Write) -> None:
    """Where the disk is full, the index is kept in memory."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    folder = write()
    found = answer(folder, preexec_fn=limit)
    assert found.returncode == 0
    assert "First claim." in found.stdout
    assert not cache_path(folder).exists()


def test_cache_command(run: Run, write: Write) -> None:
    """`explore cache` tells where the index is and how fresh, and clears it."""
    folder = str(write())
    assert "none yet" in run("--corpus", folder, "cache").out
    names(run, Path(folder))
    assert "state    fresh" in run("--corpus", folder, "cache").out
    with (Path(folder) / "claims.yaml").open("a", encoding="utf-8") as file:
        file.write("# a remark\n")
    assert "out of date: 1 file changed" in run("--corpus", folder, "cache").out
    assert run("--corpus", folder, "cache", "--clear").out == "1 index deleted\n"
    assert not cache_path(Path(folder)).exists()
    assert list(cache_path(Path(folder)).parent.iterdir()) == []


def test_progress_of_a_long_build(write: Write) -> None:
    """A build that takes a while shows records and rate on the terminal's standard error."""
    many = "".join(
        f"- {{id: c{n}, text: T{n} and some more words to read., kind: fact, by: [nato],"
        f" about: [nato, asean], source: paper}}\n"
        for n in range(5_000)
    )
    folder = write(claims=many)
    # However fast the machine is, this build takes a while.
    code = "from explore.cli import session; session._PATIENCE = 0; import explore.__main__ as m"
    start = f"{sys.executable} -c '{code}; m.main()'"
    command = f"{start} --corpus {folder} topics"
    found = subprocess.run(
        ["script", "-qc", command, "/dev/null"], capture_output=True, check=True
    )
    assert b"indexing" in found.stdout
    assert b"a second" in found.stdout


def test_interrupted_build_leaves_nothing(write: Write) -> None:
    """Ctrl-C, which a terminal sends to every process, ends a build with 130 and nothing left."""
    many = "".join(
        f"- {{id: c{n}, text: T{n}, kind: fact, by: [nato], source: paper}}\n"
        for n in range(60_000)
    )
    folder = write(claims=many)
    cache = cache_path(folder).parent
    command = [*EXPLORE, "--corpus", str(folder), "topics"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        wait_until(lambda: bool(list(cache.glob("*.part"))) or process.poll() is not None)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(LIMIT) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert {path.suffix for path in cache.iterdir()} == {".lock"}
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "topics": st.lists(st.sampled_from(["x", "y"]), max_size=2, unique=True),
        "about": st.lists(st.sampled_from(["nato", "asean"]), max_size=2, unique=True),
        "subject": st.sampled_from(["nato", "asean"]),
        "date": st.sampled_from(["2022", "2023-05", "2024-07-11"]),
        "role": st.sampled_from(["threat", "contrast"]),
        "note": st.sampled_from(
            ["alpha beta", "gamma_delta v2.0", "threatening words", "Türkiye 东盟", "x" * 70]
        ),
    },
)


def claims_file(prefix: str, fields: list[dict[str, Any]], link: str | None) -> str:
    """Write claims as YAML that is JSON."""
    lines = []
    for n, more in enumerate(fields):
        claim = {"id": f"{prefix}{n}", "text": f"{prefix} {n}.", "kind": "fact", "by": ["nato"]}
        full: dict[str, Any] = {**claim, "source": "paper", **more}
        if link and n == 0:
            full["disputes"] = [link]
        written = ", ".join(
            f"{key}: {str(value).replace(chr(39), '')}" for key, value in full.items()
        )
        lines.append(f"- {{{written}}}\n")
    return "".join(lines) or "[]\n"


def contents(path: Path) -> dict[str, list[Any]]:
    """Read all that an index answers from, in an order of its own."""
    db = sqlite3.connect(path)
    found = {
        table: sorted(map(repr, db.execute(f"SELECT * FROM {table}")))
        for table in ("tally", *NUMBERED, *COLUMNS)
    }
    found["checksums"] = db.execute("SELECT rank, checksums FROM file ORDER BY rank").fetchall()
    for word in ("alpha", "threaten*", "first", "b0", "two"):
        sql = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid"
        found[f"words {word}"] = db.execute(sql, [word]).fetchall()
    return found


def terms(path: Path) -> set[str]:
    """Read the words that an index knows; those that are gone may stay."""
    db = sqlite3.connect(path)
    return {row[0] for row in db.execute("SELECT word FROM term")}


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(FIELDS, max_size=4), st.lists(FIELDS, max_size=4), st.booleans())
def test_refresh_equals_a_full_build(
    write: Write,
    tmp_path: Path,
    before: list[dict[str, Any]],
    after: list[dict[str, Any]],
    linked: bool,
) -> None:
    """An index brought up to date after an edit of one file equals one made anew."""
    folder = write()
    (folder / "claims").mkdir(exist_ok=True)
    for name in ("b", "c", "d"):
        text = claims_file(name, before, "one" if linked else None)
        (folder / "claims" / f"{name}.yaml").write_text(text, encoding="utf-8")
    old, new = tmp_path / "old.sqlite", tmp_path / "new.sqlite"
    compiler.anew(old, folder)
    edited = folder / "claims" / "c.yaml"
    edited.write_text(claims_file("c", after, None) + "# edited\n", encoding="utf-8")
    db = sqlite3.connect(old, isolation_level=None)
    refresh(db, folder, fresh.look(folder))
    assert fresh.difference(db, fresh.look(folder)).ranks == []
    db.close()
    compiler.anew(new, folder)
    assert contents(old) == contents(new)
    assert terms(old) >= terms(new)


@pytest.mark.parametrize("records", [1, 2_000, 5_000])
def test_a_second_process_reads_the_same(write: Write, records: int) -> None:
    """What a forked process reads is, piece by piece, what this one would have read."""
    many = "".join(
        f"- {{id: c{n}, text: T\u00eate {n}, kind: fact, by: [nato], source: paper}}\n"
        for n in range(records)
    )
    folder = write(claims=many)
    asked = (
        "import sys; from pathlib import Path; from explore import second_process\n"
        "from explore.index import ahead, feed\n"
        "folder = Path(sys.argv[1])\n"
        "here = feed.feed(folder)\n"
        "assert ahead._begun_now(folder) or not second_process.is_useful()\n"
        "with ahead.read(folder) as there:\n"
        "    assert there.look.stamps == here.look.stamps\n"
        "    pieces = list(there.pieces)\n"
        "assert pieces == list(here.pieces)\n"
        "print(sum(piece.records for piece in pieces if piece.rank == 1))"
    )
    command = [sys.executable, "-c", asked, str(folder)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == (f"{records}\n", "")


@pytest.mark.parametrize("after", [0, 0.05, 0.2])
def test_a_reader_that_is_killed_costs_no_answer(write: Write, after: float) -> None:
    """A second process that dies leaves the work to the first."""
    many = "".join(
        f"- {{id: c{n}, text: T., kind: fact, by: [nato], source: paper}}\n" for n in range(8_000)
    )
    folder = write(claims=many)
    asked = (
        "import os, signal, sys, time; from pathlib import Path\n"
        "from explore import second_process\n"
        "from explore.index import ahead\n"
        "from explore.index.store import open_index\n"
        "folder = Path(sys.argv[1])\n"
        "if reader := ahead._begun_now(folder):\n"
        "    second_process.begun[str(folder)] = reader\n"
        "    time.sleep(float(sys.argv[2])); os.kill(reader.process, signal.SIGKILL)\n"
        "print(open_index(folder).execute('SELECT count(*) FROM claim').fetchone()[0])"
    )
    command = [sys.executable, "-c", asked, str(folder), str(after)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (found.stdout, found.stderr) == ("8000\n", "")


def test_what_was_read_for_nothing_keeps_nobody_waiting(tmp_path: Path) -> None:
    """A question that reads no corpus after all leaves no process behind, nor waits for it."""
    command = [*EXPLORE, "claims", "--kind", "none"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        assert process.stderr is not None
        assert b"'none'" in process.stderr.read()
    assert process.returncode == 2
    assert not list(tmp_path.glob("cache/explore/*.sqlite"))

    def is_gone() -> bool:
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        return False

    wait_until(is_gone)


def test_refresh_sees_what_it_breaks(run: Run, write: Write) -> None:
    """An edit that takes away what other files name keeps from answering, as in a full build."""
    folder = write()
    (folder / "claims").mkdir()
    three = "- {id: three, text: T., kind: fact, by: [nato], source: paper, supports: [two]}\n"
    (folder / "claims" / "more.yaml").write_text(three, encoding="utf-8")
    assert names(run, folder) == ["one", "two", "three"]
    (folder / "claims.yaml").write_text(CLAIMS.split("\n")[0] + "\n", encoding="utf-8")
    result = run("--corpus", str(folder), "claims")
    assert result.status == 1
    told = run("check", str(folder)).out
    assert "more.yaml:1:" in told
    assert "unknown claim 'two'" in told
    circle = CLAIMS.replace(
        "source: paper}\n- {id: two", "source: paper, supports: [three]}\n- {id: two"
    )
    (folder / "claims.yaml").write_text(circle, encoding="utf-8")
    assert run("--corpus", str(folder), "claims").status == 1
    assert "circular support" in run("check", str(folder)).out


def test_touched_file_is_not_read_again(run: Run, write: Write) -> None:
    """A file that only looks different, as after a checkout, costs a hash and no compiling."""
    folder = write()
    names(run, folder)
    made = cache_path(folder).stat().st_mtime_ns
    long_ago = time.time_ns() - 10**12
    os.utime(folder / "claims.yaml", ns=(long_ago, long_ago))
    assert names(run, folder) == ["one", "two"]
    assert cache_path(folder).stat().st_mtime_ns == made
