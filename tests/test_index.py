"""The index is made once, never stale, and never in the way."""

import os
from pathlib import Path

import pytest
from conftest import ACTORS, CLAIMS, Run, Write

from explore.index import freshness as fresh
from explore.index import publish
from explore.index.cache import cache_path
from explore.index.store import open_index

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


def test_files_that_only_look_different(
    write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """After a checkout files are read once to see that they hold the same, and not again."""
    folder = write()
    monkeypatch.setattr(fresh, "_FINE_NS", 0)
    monkeypatch.setattr(fresh, "_COARSE_NS", 1)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    open_index(folder).close()
    hashed: list[str] = []

    def digest(path: str) -> str:
        hashed.append(path)
        return real(path)

    def refused(path: Path, look: fresh.Look) -> None:
        raise PermissionError

    real = fresh.digest
    monkeypatch.setattr(fresh, "digest", digest)
    for path in folder.iterdir():
        text = path.read_bytes()
        path.unlink()
        path.write_bytes(text)
    open_index(folder).close()
    # Once to see it, and once under the lock to write it down.
    assert len(hashed) == 2 * len(list(folder.iterdir()))
    settled = cache_path(folder).stat().st_ino
    hashed.clear()
    open_index(folder).close()
    assert hashed == []
    assert cache_path(folder).stat().st_ino == settled
    # Where it cannot be written down, files are read each time, and the answer is the same.
    (folder / "claims.yaml").touch()
    monkeypatch.setattr(publish, "settled", refused)
    for times in (1, 2):
        open_index(folder).close()
        assert len(hashed) == times
    assert cache_path(folder).stat().st_ino == settled


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


# A name that nothing has, and two that nothing can have.
ODD_NAMES = ["nobody", "Safety First", '"safety\\n"']
NAMING = {
    "by": "by: [{}]",
    "about": "by: [nato], about: [{}]",
    "subject": "by: [nato], subject: {}",
    "via": "by: [nato], via: {}",
    "supports": "by: [nato], supports: [{}]",
    "topics": "by: [nato], topics: [{}]",
}


@pytest.mark.parametrize("name", ODD_NAMES)
@pytest.mark.parametrize("field", NAMING)
def test_odd_names(run: Run, write: Write, field: str, name: str) -> None:
    """A name that leads nowhere stops every question, built anew or after an edit, and is told."""
    if (field, name) == ("topics", "nobody"):
        name = '""'
    claim = f"- {{id: odd, text: Odd., kind: fact, {NAMING[field].format(name)}, source: paper}}\n"
    folder = write()
    claims = folder / "claims"
    claims.mkdir()
    for part in "abcd":
        (claims / f"{part}.yaml").write_text(THIRD.replace("three", part), encoding="utf-8")
    assert ids(run, folder) == ["one", "two", *"abcd"]
    (claims / "c.yaml").write_text(claim, encoding="utf-8")
    for _ in range(2):
        result = run("--corpus", str(folder), "claims")
        assert (result.status, result.out) == (1, "")
        assert "1 problem keeps this corpus from answering" in result.err
        told = run("--corpus", str(folder), "check")
        assert told.status == 1
        assert "claims/c.yaml:1:" in told.out
        assert field in told.out
        # Once as an edit of one file, once from nothing.
        cache_path(folder).unlink(missing_ok=True)
    (claims / "c.yaml").write_text(THIRD, encoding="utf-8")
    assert ids(run, folder) == ["one", "two", "a", "b", "three", "d"]


ACTOR_TIES = "- {id: asean, name: ASEAN, kind: organization, member_of: [%s]}\n"


@pytest.mark.parametrize("name", [*ODD_NAMES, "asean"])
def test_odd_ties(run: Run, write: Write, name: str) -> None:
    """The same for what an actor belongs to, which can't be itself."""
    actors = ACTOR_TIES % name + ACTORS.splitlines()[1] + "\n"
    folder = write()
    ids(run, folder)
    (folder / "actors.yaml").write_text(actors, encoding="utf-8")
    for _ in range(2):
        result = run("--corpus", str(folder), "claims")
        assert (result.status, result.out) == (1, "")
        cache_path(folder).unlink(missing_ok=True)
    assert "actors.yaml:1:" in run("--corpus", str(folder), "check").out
