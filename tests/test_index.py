"""The index is made once, never stale, and never in the way."""

import os
from pathlib import Path

import pytest
from conftest import CLAIMS, Run, Write

from explore.index.place import cache_path

THIRD = "- {id: three, text: Third claim., kind: fact, by: [nato], source: paper}\n"


def ids(run: Run, folder: Path) -> list[str]:
    """Ask for the ids of all claims."""
    lines = run("--corpus", str(folder), "claims", "--format", "csv").out.splitlines()
    return [line.partition(",")[0] for line in lines[1:]]


def test_made_once(run: Run, write: Write) -> None:
    """The second question opens what the first one made."""
    folder = write()
    assert ids(run, folder) == ["one", "two"]
    made = cache_path(folder).stat()
    assert ids(run, folder) == ["one", "two"]
    assert cache_path(folder).stat().st_ino == made.st_ino
    left = {path.suffix for path in cache_path(folder).parent.iterdir()}
    assert left == {".sqlite", ".lock"}


def test_edit_within_the_second(run: Run, write: Write) -> None:
    """An edit that leaves size and time as they were is seen."""
    folder = write()
    path = folder / "claims.yaml"
    ids(run, folder)
    before = path.stat()
    with path.open("r+", encoding="utf-8") as file:
        file.write(CLAIMS.replace("id: one", "id: uno").replace("[one]", "[uno]"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    assert ids(run, folder) == ["uno", "two"]


def test_files_come_and_go(run: Run, write: Write) -> None:
    """A file that is added, renamed or removed is seen."""
    folder = write()
    ids(run, folder)
    (folder / "claims").mkdir()
    added = folder / "claims" / "more.yaml"
    added.write_text(THIRD, encoding="utf-8")
    assert ids(run, folder) == ["one", "two", "three"]
    moved = added.rename(added.with_suffix(".txt"))
    assert ids(run, folder) == ["one", "two"]
    moved.rename(added)
    assert ids(run, folder) == ["one", "two", "three"]


@pytest.mark.parametrize("damage", [b"", b"no database", b"SQLite format 3\0" + b"\0" * 4096])
def test_damaged(run: Run, write: Write, damage: bytes) -> None:
    """A damaged index is made anew."""
    folder = write()
    ids(run, folder)
    cache_path(folder).write_bytes(damage)
    assert ids(run, folder) == ["one", "two"]
    assert cache_path(folder).stat().st_size > len(damage)


def test_no_cache(run: Run, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no cache can be kept, the answer is the same."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert ids(run, write()) == ["one", "two"]


def test_broken_after_a_good_answer(run: Run, write: Write) -> None:
    """A corpus that was broken since is not answered from the old index."""
    folder = write()
    ids(run, folder)
    (folder / "claims.yaml").write_text("- {id: one}\n", encoding="utf-8")
    result = run("--corpus", str(folder), "claims")
    assert (result.status, result.out) == (1, "")
    assert "4 problems keep this corpus from answering" in result.err


def test_corpus_from_the_environment(
    run: Run, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`EXPLORE_CORPUS` names the corpus, and `--corpus` comes before it."""
    folder = write()
    monkeypatch.setenv("EXPLORE_CORPUS", str(folder))
    assert run("claims", "--format", "csv").out.count("\n") == 3
    monkeypatch.setenv("EXPLORE_CORPUS", "nowhere")
    assert run("claims", "--corpus", str(folder)).status == 0
    assert run("claims").status == 2
