"""What writes a corpus writes all of one act or nothing, one writer at a time."""

import csv
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, Write

from explore.corpus import journal, lock

HEAD = ["id", "text", "by", "kind", "source"]
IMPORT = [sys.executable, "-m", "explore", "import"]


def table(path: Path, prefix: str, rows: int, words: str = "says") -> Path:
    """Write a table of claims."""
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = [
            [
                f"{prefix}-{n}",
                f"{prefix} {words} {n}.",
                f"{words} {n % 9}",
                "fact",
                f"{words} paper",
            ]
            for n in range(rows)
        ]
        csv.writer(file).writerows([HEAD, *lines])
    return path


def ids(run: Run, folder: Path) -> list[str]:
    """Return the texts of all claims of a corpus; nothing if there is no corpus."""
    found = run("--corpus", str(folder), "claims", "--format", "jsonl", "--limit", "0")
    assert found.status == 0 or "corpus" in found.err, found.err
    return [json.loads(line)["text"] for line in found.out.splitlines()]


def started(path: Path, folder: Path, **options: Any) -> "subprocess.Popen[str]":
    """Begin an import in a process of its own."""
    return subprocess.Popen(
        [*IMPORT, str(path), "--into", str(folder)],
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


@pytest.mark.parametrize("writers", [2, pytest.param(8, marks=pytest.mark.slow)])
def test_imports_at_once(run: Run, tmp_path: Path, writers: int) -> None:
    """No row of any is lost, and who asks meanwhile sees all rows of an import or none."""
    folder = tmp_path / "corpus"
    tables = [table(tmp_path / f"t{n}.csv", f"t{n}", 200) for n in range(writers)]
    imports = [started(path, folder) for path in tables]
    while any(process.poll() is None for process in imports):
        assert len(ids(run, folder)) % 200 == 0
    assert [process.communicate()[1].count("Traceback") for process in imports] == [0] * writers
    assert [process.returncode for process in imports] == [0] * writers
    assert len(ids(run, folder)) == 200 * writers
    assert run("check", str(folder)).status == 0


def test_one_name_at_once(run: Run, tmp_path: Path) -> None:
    """Tables of one name from two folders share a file, and lose no row either."""
    folder = tmp_path / "corpus"
    imports = []
    for prefix in ("a", "b"):
        (tmp_path / prefix).mkdir()
        imports.append(started(table(tmp_path / prefix / "t.csv", prefix, 200), folder))
    assert [process.wait() for process in imports] == [0, 0]
    assert len(ids(run, folder)) == 400
    assert run("check", str(folder)).status == 0


def test_interrupted(run: Run, corpus: tuple[Path, Path]) -> None:
    """Ctrl-C between two files takes back the first."""
    folder, path = corpus
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    process = os.fork()
    if not process:
        interrupt_after(2)
        status = 1
        try:
            run("import", str(path), "--into", str(folder))
        except KeyboardInterrupt:
            status = 130
        finally:
            os._exit(status)
    assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) in {1, 130}
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    assert journal.read(folder).entries == ()
    assert run("import", str(path), "--into", str(folder)).status == 0


def interrupt_after(call: int) -> None:
    """Let a call of `os.replace` be followed by Ctrl-C."""
    real, count = os.replace, 0

    def replace(*words: Any) -> None:
        nonlocal count
        count += 1
        real(*words)
        if count == call:
            raise KeyboardInterrupt

    os.replace = replace  # type: ignore[assignment] # for this process alone, which is thrown away


@pytest.mark.slow
def test_killed_at_every_call() -> None:
    """An import that is killed, or whose disk is full, at whichever call leaves all or nothing."""
    tool = Path(__file__).parents[1] / "tools" / "kill_imports.py"
    found = subprocess.run(
        [sys.executable, tool, "8"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    for way in ("killed at each call: before", "killed at each call: after", "fails: before"):
        assert way in found.stdout


@contextmanager
def stopped(path: Path, folder: Path, call: int, deed: str) -> Iterator[int]:
    """Import in another process that does something to itself at a call of `os.replace`."""
    process = os.fork()
    if not process:
        # What the other process says is nobody's.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 2)
        real, count = os.replace, 0

        def replace(*words: Any, **options: Any) -> None:
            nonlocal count
            count += 1
            real(*words, **options)
            if count == call:
                os.kill(os.getpid(), getattr(signal, deed))

        os.replace = replace
        status = 1
        try:
            from explore.cli.app import app

            app(["import", str(path), "--into", str(folder)], prog_name="explore")
        except SystemExit as ended:
            status = int(ended.code or 0)
        finally:
            os._exit(status)
    _, how = os.waitpid(process, os.WUNTRACED)
    assert os.WIFSTOPPED(how) or os.WIFSIGNALED(how)
    try:
        yield process
    finally:
        if os.WIFSTOPPED(how):
            os.kill(process, signal.SIGCONT)
            assert os.waitpid(process, 0)[1] == 0


@pytest.fixture
def corpus(run: Run, tmp_path: Path) -> tuple[Path, Path]:
    """Return a corpus with an imported table, and the table with other words in it."""
    path, folder = tmp_path / "t.csv", tmp_path / "corpus"
    run("import", str(table(path, "t", 5)), "--into", str(folder))
    return folder, table(path, "t", 6, "denies")


@pytest.mark.parametrize("call", [1, 2, 3])
def test_answers_from_before(
    run: Run, tmp_path: Path, corpus: tuple[Path, Path], call: int
) -> None:
    """While an import is between two files, everything that reads tells what was before."""
    folder, path = corpus
    before = ids(run, folder)
    dry = run("import", str(path), "--into", str(folder), "--dry-run")
    checked = run("check", str(folder))
    with stopped(path, folder, call, "SIGSTOP"):
        assert ids(run, folder) == before
        # Without an index as well.
        run("cache", "--clear", "--corpus", str(folder))
        assert ids(run, folder) == before
        assert run("check", str(folder)) == checked
        assert run("import", str(path), "--into", str(folder), "--dry-run") == dry
        out = tmp_path / "out"
        assert run("--corpus", str(folder), "export", "yaml", "-o", str(out)).status == 0
        assert ids(run, out) == before
    assert len(ids(run, folder)) == 6
    assert run("import", str(path), "--into", str(folder)).err == "nothing to import\n"


@pytest.mark.parametrize("call", [1, 2, 4])
@pytest.mark.parametrize("next_", ["import", "init"])
def test_next_writer_takes_back(
    run: Run, tmp_path: Path, corpus: tuple[Path, Path], call: int, next_: str
) -> None:
    """What a killed import left is taken back by whoever writes next."""
    folder, path = corpus
    before = ids(run, folder)
    with stopped(path, folder, call, "SIGKILL"):
        assert ids(run, folder) == before
    other = table(tmp_path / "u.csv", "u", 3)
    words = (
        ["import", str(other), "--into", str(folder)]
        if next_ == "import"
        else ["init", str(folder)]
    )
    assert run(*words).status == 0
    assert journal.read(folder).entries == ()
    assert not (folder / ".explore" / "journal").exists()
    found = ids(run, folder)
    assert [text for text in found if text in before] == before
    assert not any("denies" in text for text in found)
    assert run("check", str(folder)).status == 0


def test_first_import_killed(run: Run, tmp_path: Path) -> None:
    """Before the first import there was no corpus, and there is none until it has ended."""
    path, folder = table(tmp_path / "t.csv", "t", 5), tmp_path / "corpus"
    with stopped(path, folder, 3, "SIGKILL"):
        assert (folder / "claims" / "t.yaml").exists() or (folder / "sources" / "t.yaml").exists()
        assert run("--corpus", str(folder), "claims").status == 2
        assert run("check", str(folder)).status == 2
    assert run("import", str(path), "--into", str(folder)).status == 0
    assert len(ids(run, folder)) == 5


def test_edit_of_a_half_written_file_stays(run: Run, corpus: tuple[Path, Path]) -> None:
    """What a person writes into a file that a killed import left is shown, and is not undone."""
    folder, path = corpus
    with stopped(path, folder, 3, "SIGKILL"):
        claims = folder / "claims" / "t.yaml"
        claims.write_text(claims.read_text().replace("t says 0.", "A person was here."))
        assert "A person was here." in ids(run, folder)
    table(path.with_name("u.csv"), "u", 1)
    assert run("import", str(path.with_name("u.csv")), "--into", str(folder)).status == 0
    assert "A person was here." in ids(run, folder)


def test_waits_and_gives_up(
    run: Run, corpus: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second writer says that it waits, and after a while that it does not any more."""
    folder, path = corpus
    other = table(path.with_name("u.csv"), "u", 1)
    monkeypatch.setattr(lock, "TIMEOUT_S", 0.2)
    with stopped(path, folder, 2, "SIGSTOP"):
        result = run("import", str(other), "--into", str(folder))
        assert result.status == 1
        assert [line.partition(" ")[0] for line in result.err.splitlines()] == [
            "waiting",
            "explore:",
        ]
    assert run("import", str(other), "--into", str(folder)).status == 0


@pytest.mark.parametrize("size", [0, 40, 200, 400])
def test_no_space(run: Run, corpus: tuple[Path, Path], size: int) -> None:
    """Where files cannot become long enough, nothing is written, and one line says why."""
    folder, path = corpus
    before = {path: path.read_bytes() for path in folder.rglob("*.yaml")}
    texts = ids(run, folder)

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    process = started(path, folder, preexec_fn=limit)
    error = process.communicate()[1]
    assert (process.returncode, len(error.splitlines())) == (1, 1), error
    assert {path: path.read_bytes() for path in folder.rglob("*.yaml")} == before
    assert ids(run, folder) == texts
    assert run("import", str(path), "--into", str(folder)).status == 0


def test_nothing_is_left_of_an_import_that_fails(run: Run, tmp_path: Path) -> None:
    """A folder that was made for an import goes with it, if it writes nothing."""
    path = table(tmp_path / "t.csv", "t", 3)
    path.write_text(path.read_text().replace("fact", "guess", 1))
    folder = tmp_path / "deep" / "corpus"
    assert run("import", str(path), "--into", str(folder), "--strict").status == 1
    assert not (tmp_path / "deep").exists()


@pytest.mark.parametrize("name", ["claims/t.yaml", "claims.yaml"])
def test_edit_meanwhile(
    run: Run, corpus: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Who edits a file while an import is at work keeps the edit, and the import stops."""
    from explore.importing import into

    folder, path = corpus
    real = into.plan

    def plan(*words: Any) -> Any:
        found = real(*words)
        with (folder / name).open("a") as file:
            file.write("# a person\n" if "/" in name else "[]\n")
        return found

    monkeypatch.setattr(into, "plan", plan)
    result = run("import", str(path), "--into", str(folder))
    assert (result.status, len(result.err.splitlines())) == (1, 1)
    assert "edited meanwhile" in result.err
    assert "a person" in (folder / name).read_text() or "[]" in (folder / name).read_text()
    assert all("says" in text for text in ids(run, folder))


def test_edit_at_the_last_moment(
    run: Run, corpus: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit between two renames is seen too, and what was renamed is put back."""
    folder, path = corpus
    claims = folder / "claims" / "t.yaml"
    real, count = os.replace, 0

    def replace(*words: Any) -> None:
        nonlocal count
        count += 1
        real(*words)
        if count == 2:
            with claims.open("a") as file:
                file.write("# a person\n")

    before = ids(run, folder)
    monkeypatch.setattr(os, "replace", replace)
    result = run("import", str(path), "--into", str(folder))
    monkeypatch.undo()
    assert (result.status, len(result.err.splitlines())) == (1, 1)
    assert claims.read_text().endswith("# a person\n")
    assert ids(run, folder) == before
    assert not (folder / "actors" / "t.yaml").read_text().count("denies")


def hostile(folder: Path, files: list[dict[str, Any]], copies: dict[str, bytes]) -> None:
    """Put a journal into a corpus, as if an import had not ended."""
    room = folder / ".explore"
    (room / "journal").mkdir(parents=True, exist_ok=True)
    state = {"act": 1, "folders": [], "files": files}
    (room / "journal.json").write_text(json.dumps(state).ljust(100))
    for name, data in copies.items():
        (room / "journal" / name).write_bytes(data)


def sha(data: bytes) -> str:
    """Return the hash that a journal has of a file."""
    import hashlib

    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yaml",
        "claims/../../outside.yaml",
        "/etc/hostname",
        "notes.txt",
        "claims/../claims.yaml",
        ".explore/lock",
        "claims/x/y.yaml",
        "claims/a\n.yaml/../../../outside.yaml",
        "link/outside.yaml",
        "sources/outside.yaml",
        "corpus.yaml",
    ],
)
def test_hostile_journals(run: Run, write: Write, tmp_path: Path, path: str) -> None:
    """A journal that names what is not a plain file of the corpus counts for nothing."""
    folder = write()
    outside = tmp_path / "outside.yaml"
    outside.write_text("mine")
    (folder / "link").symlink_to(tmp_path)
    (folder / "sources").symlink_to(tmp_path)
    (folder / "corpus.yaml").symlink_to(outside)
    (folder / "sources").unlink() if path != "sources/outside.yaml" else None
    (folder / "corpus.yaml").unlink() if path != "corpus.yaml" else None
    entry = {"path": path, "old": sha(b"theirs"), "new": sha(b"mine")}
    hostile(folder, [entry], {"0.old": b"theirs"})
    assert journal.view(folder).instead == {}
    result = run("import", str(table(tmp_path / "t.csv", "t", 1)), "--into", str(folder))
    assert outside.read_text() == "mine"
    assert (result.status, len(result.err.splitlines())) == (1, 1)
    assert "damaged" in result.err


@pytest.mark.parametrize("copy", ["link", "other", "folder", "missing"])
def test_hostile_copies(run: Run, write: Write, tmp_path: Path, copy: str) -> None:
    """A copy that is a link, or not what the journal says, is never read."""
    folder = write()
    secret = tmp_path / "secret"
    secret.write_bytes(b"[]\n")
    data = (folder / "claims.yaml").read_bytes()
    hostile(folder, [{"path": "claims.yaml", "old": sha(b"[]\n"), "new": sha(data)}], {})
    place = folder / ".explore" / "journal" / "0.old"
    if copy == "link":
        place.symlink_to(secret)
    elif copy == "other":
        place.write_bytes(b"- {id: other}\n")
    elif copy == "folder":
        place.parent.rmdir()
        (tmp_path / "journal").mkdir()
        (tmp_path / "journal" / "0.old").write_bytes(b"[]\n")
        place.parent.symlink_to(tmp_path / "journal")
    assert ids(run, folder) == ["First claim.", "Second claim."]
    result = run("import", str(table(tmp_path / "t.csv", "t", 1)), "--into", str(folder))
    assert (result.status, len(result.err.splitlines())) == (1, 1)
    assert (folder / "claims.yaml").read_bytes() == data
    assert secret.read_bytes() == b"[]\n"
    assert (tmp_path / "journal" / "0.old").exists() == (copy == "folder")


@pytest.mark.parametrize(
    "state", [b"", b"{", b"[" * 70_000, b"null" * 30, b'{"act": "1"}' + b" " * 99]
)
def test_damaged_journals(run: Run, write: Write, tmp_path: Path, state: bytes) -> None:
    """A journal that nobody understands keeps no question from an answer; a writer says so."""
    folder = write()
    (folder / ".explore").mkdir()
    (folder / ".explore" / "journal.json").write_bytes(state)
    assert len(ids(run, folder)) == 2
    result = run("import", str(table(tmp_path / "t.csv", "t", 1)), "--into", str(folder))
    assert (result.status, len(result.err.splitlines())) == (1, 1)


@pytest.mark.parametrize("what", ["lock", "room", "file", "pipe", "journal", "claims", "memory"])
def test_links_are_not_followed(run: Run, write: Write, tmp_path: Path, what: str) -> None:
    """Nothing outside a corpus is written or emptied through what lies in it."""
    folder = write()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "0.old").write_text("mine")
    (outside / "t.yaml").write_text("[]\n")
    room = folder / ".explore"
    if what != "room":
        room.mkdir()
    if what == "lock":
        (room / "lock").symlink_to(outside / "new")
    elif what == "room":
        room.symlink_to(outside)
    elif what == "file":
        (room / "lock").mkdir()
    elif what == "pipe":
        os.mkfifo(room / "lock")
    elif what == "journal":
        (room / "journal").symlink_to(outside)
    elif what == "claims":
        (folder / "claims").symlink_to(outside)
    else:
        (room / "imports").symlink_to(outside)
    before = sorted((path.name, path.read_text()) for path in outside.iterdir())
    result = run("import", str(table(tmp_path / "t.csv", "t", 1)), "--into", str(folder))
    assert (result.status, len(result.err.splitlines())) == (1, 1), result.err
    assert sorted((path.name, path.read_text()) for path in outside.iterdir()) == before
    assert not (folder / "sources").exists()


def test_what_git_keeps(run: Run, corpus: tuple[Path, Path], tmp_path: Path) -> None:
    """Of the folder beside the records, git keeps what a next import needs."""
    folder, _ = corpus
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    found = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.split()
    assert [name for name in found if name.startswith(".explore")] == [
        ".explore/.gitignore",
        ".explore/imports/t.jsonl",
    ]


def test_modes_and_line_ends_stay(run: Run, corpus: tuple[Path, Path]) -> None:
    """A file that is changed keeps its permissions, its line ends and its mark."""
    folder, path = corpus
    claims = folder / "claims" / "t.yaml"
    data = b"\xef\xbb\xbf" + claims.read_bytes().replace(b"\n", b"\r\n")
    claims.write_bytes(data)
    claims.chmod(0o640)
    run("import", str(path), "--into", str(folder))
    assert claims.stat().st_mode & 0o777 == 0o640
    lines = claims.read_bytes()
    assert lines.startswith(b"\xef\xbb\xbf- id")
    assert lines.count(b"\n") == lines.count(b"\r\n") > data.count(b"\n")


def test_an_unfinished_import_costs_no_time(run: Run, corpus: tuple[Path, Path]) -> None:
    """The index of before is still the one that answers."""
    folder, path = corpus
    ids(run, folder)
    (index,) = Path(os.environ["XDG_CACHE_HOME"], "explore").glob("*.sqlite")
    made = index.stat().st_ino
    with stopped(path, folder, 3, "SIGKILL"):
        ids(run, folder)
    assert index.stat().st_ino == made
