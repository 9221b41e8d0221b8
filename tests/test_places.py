"""Exports never touch what they did not write, wherever they are sent."""

import errno
import hashlib
import itertools
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, Write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from running import invoke

from explore.exporting import FORMATS, file_names, manifest

FOLDERS = [name for name, form in FORMATS.items() if form.shape == "folder"]
CORPUS = {
    "actors.yaml": "- {id: nato, name: NATO, kind: alliance}\n",
    "claims.yaml": "- {id: one, text: First., kind: fact, by: [nato], source: paper}\n",
    "sources.yaml": "- {id: paper, type: book, title: A book}\n",
}


def tree(folder: Path) -> dict[str, str]:
    """Return everything under a folder: what it is, and what is in it."""
    found = {}
    for path in sorted(folder.rglob("*")):
        mode = path.lstat().st_mode
        told = oct(stat.S_IFMT(mode))
        if path.is_symlink():
            told += f" {path.readlink()}"
        elif stat.S_ISREG(mode):
            told += f" {hashlib.sha256(path.read_bytes()).hexdigest()}"
        found[str(path.relative_to(folder))] = told
    return found


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a home, in it a project, the working folder, and there a corpus."""
    work = tmp_path / "scratch"
    project = work / "home" / "project"
    (project / "my-corpus" / ".git").mkdir(parents=True)
    for name, text in CORPUS.items():
        (project / "my-corpus" / name).write_text(text)
    (project / "my-corpus" / "notes.md").write_text("Notes.")
    (project / "my-corpus" / ".git" / "HEAD").write_text("ref: refs/heads/main")
    (project / "sub").mkdir()
    (project / "notes.txt").write_text("Mine.")
    (work / "home" / "letter.txt").write_text("Dear")
    monkeypatch.setenv("HOME", str(work / "home"))
    monkeypatch.chdir(project)
    return work


def export(form: str, where: str, *words: str) -> tuple[int, str]:
    """Export the scratch corpus; return the exit status, and what is said."""
    result = invoke("--corpus", "my-corpus", "export", form, "-o", where, *words)
    assert result.out == ""
    return result.status, result.err


REFUSED = [
    "..",
    ".",
    "",
    "/",
    "sub/..",
    "sub/../..",
    "my-corpus",
    "my-corpus/",
    "my-corpus/.",
    "../project/my-corpus",
    "../../home",
    "../..",
    "my-corpus/claims.yaml",
    "my-corpus/corpus.yaml",
    "my-corpus/Sources.yml",
    "my-corpus/claims",
    "my-corpus/actors/new",
    "link-to-file",
    "link-to-folder",
    "link-to-corpus",
    "link-to-corpus/claims.yaml",
    "dangling",
    "loop",
    "pipe",
    "socket",
    "hard-claims.yaml",
    "linked/..",
    "~root",
    "notes.txt/new",
    "sub/..//../project/",
]


@pytest.mark.parametrize("where", REFUSED)
@pytest.mark.parametrize("form", ["html", "sqlite", "csv", "yaml"])
def test_never_replaced(scratch: Path, form: str, where: str) -> None:
    """Such places are refused in one line, with --force too, and nothing changes."""
    project = Path.cwd()
    Path("link-to-file").symlink_to("notes.txt")
    Path("link-to-folder").symlink_to("sub")
    Path("link-to-corpus").symlink_to("my-corpus")
    Path("dangling").symlink_to("nowhere")
    Path("loop").symlink_to("loop")
    Path("linked").symlink_to("../../home/project/sub")
    os.mkfifo("pipe")
    os.link("my-corpus/claims.yaml", "hard-claims.yaml")
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket")
    before = tree(scratch)
    for words in ((), ("--force",)):
        status, said = export(form, str(Path(where).expanduser()) if where else where, *words)
        assert (status, len(said.splitlines())) == (2, 1), said
        assert tree(scratch) == before
    server.close()
    assert Path.cwd() == project


@pytest.mark.parametrize("form", ["html", "csv"])
def test_why_the_folder_above_is_refused(scratch: Path, form: str) -> None:
    """`explore export html -o .. --force` says why, and what to do."""
    status, said = export(form, "..", "--force")
    assert status == 2
    assert "contains the working folder" in said
    assert "name a new file or folder" in said


def test_not_through_the_program(scratch: Path) -> None:
    """Nothing is written inside the program, and nothing over the cache."""
    program = Path(sys.modules["explore"].__file__ or "").parent
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "explore"
    for where in (program / "errors.py", program / "new", cache, cache / "x", cache.parent):
        before = tree(program)
        status, said = export("html", str(where), "--force")
        assert (status, len(said.splitlines())) == (2, 1), said
        assert tree(program) == before


@pytest.mark.parametrize("form", FOLDERS)
def test_folder_of_others_stays(scratch: Path, form: str) -> None:
    """A folder of others is refused; in one of an export their files stay, and only ours go."""
    if form == "parquet":
        pytest.importorskip("pyarrow")
    out = Path("out")
    (out / ".git").mkdir(parents=True)
    (out / ".git" / "HEAD").write_text("ref")
    (out / "notes.txt").write_text("Mine.")
    (out / "static").mkdir()
    (out / "static" / "own.css").write_text("p {}")
    (out / "link").symlink_to("../notes.txt")
    theirs = tree(out)
    for words in ((), ("--force",)):
        status, said = export(form, "out", *words)
        assert (status, len(said.splitlines())) == (2, 1)
        assert tree(out) == theirs
    out.rename("theirs")
    assert export("yaml" if form != "yaml" else "csv", "out")[0] == 0
    for path in Path("theirs").iterdir():
        path.rename(out / path.name)
    for _ in range(2):
        status, said = export(form, "out", "--force")
        assert status == 0, said
        now = tree(out)
        assert theirs.items() <= now.items()
        ours = set(now) - set(theirs)
        assert manifest.NAME in ours
        assert ours <= {*file_names(form), manifest.NAME}
    assert export("csv" if form != "csv" else "yaml", "out", "--force")[0] == 0
    now = tree(out)
    assert theirs.items() <= now.items()
    assert not (set(file_names(form)) - {"corpus.yaml"}) & set(now)
    assert [path.name for path in Path.cwd().glob(".*")] == []


def test_edited_file_stays(scratch: Path) -> None:
    """What was edited since is refused by name where the export must write, and else stays."""
    assert export("csv", "out")[0] == 0
    edited = Path("out/claims.csv")
    edited.write_text("mine")
    before = tree(Path("out"))
    status, said = export("csv", "out", "--force")
    assert (status, len(said.splitlines())) == (2, 1)
    assert "claims.csv" in said
    assert tree(Path("out")) == before
    assert export("yaml", "out", "--force")[0] == 0
    assert edited.read_text() == "mine"
    assert not Path("out/actors.csv").exists()


@pytest.mark.parametrize("obstacle", ["folder", "link", "pipe", "link on the way"])
def test_obstacle_inside(scratch: Path, obstacle: str) -> None:
    """A folder, link or pipe where the export must write is named, and stays."""
    assert export("yaml", "out")[0] == 0
    form, name = "csv", "claims.csv"
    if obstacle == "folder":
        Path("out/claims.csv").mkdir()
    elif obstacle == "link":
        Path("out/claims.csv").symlink_to("../notes.txt")
    elif obstacle == "pipe":
        os.mkfifo("out/claims.csv")
    else:
        form, name = "datasette", "static"
        Path("out/static").symlink_to("../sub")
    before = tree(scratch)
    status, said = export(form, "out", "--force")
    assert (status, len(said.splitlines())) == (2, 1)
    assert name in said
    assert tree(scratch) == before


@pytest.mark.parametrize(
    "name", ["../notes.txt", "/etc/passwd", "a/../../notes.txt", "./x", "in/notes.txt", ""]
)
def test_forged_manifest(scratch: Path, name: str) -> None:
    """A manifest that names what no export can have written counts for nothing."""
    assert export("csv", "out")[0] == 0
    Path("out/in").symlink_to("..")
    path = Path("out", manifest.NAME)
    found = json.loads(path.read_text())
    found["files"][name] = hashlib.sha256(b"Mine.").hexdigest()
    path.write_text(json.dumps(found))
    before = tree(scratch)
    status, said = export("csv", "out", "--force")
    assert (status, len(said.splitlines())) == (2, 1)
    assert tree(scratch) == before


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"explore-export": 1}', "\xff"])
def test_damaged_manifest(scratch: Path, text: str) -> None:
    """A manifest that is none makes the folder somebody else's."""
    assert export("csv", "out")[0] == 0
    Path("out", manifest.NAME).write_bytes(text.encode("latin-1"))
    before = tree(scratch)
    assert export("csv", "out", "--force")[0] == 2
    assert tree(scratch) == before


def test_plain_file(scratch: Path) -> None:
    """A plain file is replaced with --force alone, by rename, and keeps who may read it."""
    path = Path("brief.html")
    path.write_text("old")
    path.chmod(0o600)
    other = Path("other-name")
    os.link(path, other)
    assert export("html", "brief.html")[0] == 2
    assert path.read_text() == "old"
    assert export("html", "brief.html", "--force")[0] == 0
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert other.read_text() == "old"


def test_places_that_are_fine(scratch: Path) -> None:
    """New places are made, in new folders, through links to folders, in the corpus's folder."""
    Path("link").symlink_to("sub")
    for form, where in (
        ("html", "a/b/brief.html"),
        ("csv", "a/c"),
        ("html", "link/brief.html"),
        ("html", "my-corpus/brief.html"),
        ("csv", "my-corpus/public"),
        ("csv", "my-corpus/public/../other"),
        ("html", "-"),
        ("html", "sub/../brief.html"),
    ):
        for words in ((), ("--force",)):
            status, said = export(form, where, *words)
            assert status == 0, said
    assert Path("sub/brief.html").is_file()
    assert invoke("check", "my-corpus").status == 0


@pytest.fixture
def earlier(scratch: Path) -> Path:
    """Add a folder with an export and files of others, one with an export alone, and a page."""
    for name in ("mixed", "alone"):
        assert export("datasette", name)[0] == 0
    Path("mixed/notes.txt").write_text("Mine.")
    Path("mixed/.git").mkdir()
    Path("mixed/.git/HEAD").write_text("ref")
    assert export("html", "brief.html")[0] == 0
    return scratch


@pytest.mark.parametrize("failing", ["fsync", "rename", "write"])
def test_out_of_space(earlier: Path, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    """Whatever fails, what was there is as before, and nothing is left beside it."""
    left = 0

    def fail() -> None:
        nonlocal left
        left -= 1
        if left == -1:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def failing_first(real: Any) -> Any:
        def call(*values: Any, **named: Any) -> Any:
            fail()
            return real(*values, **named)

        return call

    monkeypatch.setattr(
        *{
            "fsync": (os, "fsync", failing_first(os.fsync)),
            "rename": (Path, "rename", failing_first(Path.rename)),
            "write": (Path, "write_text", failing_first(Path.write_text)),
        }[failing]
    )
    failures = 0
    for form, where in (
        ("csv", "mixed"),
        ("csv", "alone"),
        ("html", "brief.html"),
        ("csv", "n/o"),
    ):
        for start in range(100):
            before = tree(earlier)
            left = start
            status, said = export(form, where, "--force")
            if status == 0:
                break
            failures += 1
            assert (status, len(said.splitlines())) == (1, 1), said
            assert tree(earlier) == before
        left = 1_000_000
        assert {path.name for path in Path.cwd().glob(".*")} == set()
    assert failures > 3


KILLED = """
import itertools, os, sys
from pathlib import Path
where, form, left = sys.argv[1], sys.argv[2], int(sys.argv[3])
def killing(real):
    def call(*values, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), 9)
        return real(*values, **named)
    return call
for name in ("fsync", "link"):
    setattr(os, name, killing(getattr(os, name)))
for name in ("rename", "replace", "unlink", "rmdir", "mkdir", "open"):
    setattr(Path, name, killing(getattr(Path, name)))
from explore.cli.app import app
app(["--corpus", "my-corpus", "export", form, "-o", where, "--force"], prog_name="explore")
"""


def whole_copies(place: Path) -> list[str]:
    """Return the places at which a whole export is, with the files that its manifest names."""
    box = place.with_name(f".{place.name}.explore-export")
    found = []
    for path in (place, box / "old", box / "new"):
        text = manifest.loaded(path / manifest.NAME)
        if text and len(manifest.written(path)) == len(text["files"]) + 1:
            found.append(str(path))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("where", ["mixed", "alone", "new"])
def test_killed_at_every_step(earlier: Path, where: str) -> None:
    """Killed between any two steps, a whole copy exists, and the next run ends the work."""
    theirs = {"notes.txt", ".git", ".git/HEAD"} if where == "mixed" else set()
    forms = itertools.cycle(["csv", "yaml", "datasette"])
    for left in range(1_000):
        form = next(forms)
        if where == "new":
            shutil.rmtree(where, ignore_errors=True)
        before = tree(Path(where))
        words = [sys.executable, "-c", KILLED, where, form, str(left)]
        done = subprocess.run(words, check=False, capture_output=True)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        assert where == "new" or whole_copies(Path(where).absolute())
        now = tree(Path(where))
        assert all(now.get(name) == before[name] for name in theirs)
        status, said = export(form, where, "--force")
        assert status == 0, said
        assert whole_copies(Path(where).absolute()) == [str(Path(where).absolute())]
        assert set(tree(Path(where))) - theirs - {"static"} <= {*file_names(form), manifest.NAME}
        assert {path.name for path in Path.cwd().glob(".*")} == set()
    assert 10 < left < 999


def test_two_at_once(scratch: Path) -> None:
    """Exports into one folder at once are whole, one after the other, and files of others stay."""
    assert export("yaml", "out")[0] == 0
    Path("out/notes.txt").write_text("Mine.")
    program = [sys.executable, "-m", "explore", "--corpus", "my-corpus", "export"]
    for _ in range(3):
        running = [
            subprocess.Popen([*program, form, "-o", "out", "--force"], stderr=subprocess.PIPE)
            for form in ("csv", "yaml", "datasette", "csv")
        ]
        assert [process.wait(timeout=600) for process in running] == [0] * 4
        for process in running:
            if process.stderr:
                process.stderr.close()
        assert whole_copies(Path("out").absolute()) == [str(Path("out").absolute())]
        assert Path("out/notes.txt").read_text() == "Mine."
        assert [path.name for path in Path.cwd().glob(".*")] == []


def test_boxes_of_others(scratch: Path) -> None:
    """A folder or file that is only called as a box of ours is refused by name, and stays."""
    box = Path(".out.explore-export")
    journal = '{"explore-export-journal": 1, "files": {"new/../../notes.txt": null}, '
    journal += '"new": ["../notes.txt"], "old": ["../notes.txt"]}'
    for name, text in (
        ("notes.txt", "x"),
        ("journal.json", "{}"),
        ("journal.json", "x"),
        ("journal.json", journal),
        ("journal.json", '{"explore-export-journal": 1, "files": {}, "new": [1], "old": {}}'),
        ("journal.json.part", "mine"),
    ):
        box.mkdir()
        (box / name).write_text(text)
        before = tree(scratch)
        status, said = export("csv", "out", "--force")
        assert (status, len(said.splitlines())) == (2, 1)
        assert str(box) in said
        assert tree(scratch) == before
        shutil.rmtree(box)
    box.write_text("mine")
    assert export("csv", "out", "--force")[0] == 2
    assert box.read_text() == "mine"


NAMES = st.sampled_from(
    ["a", "out", "static", "claims.csv", "corpus.db", "notes.txt", ".git", manifest.NAME]
)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
STEPS = st.lists(NAMES | st.sampled_from(["..", ".", "my-corpus"]), max_size=4).map("/".join)


@pytest.mark.slow
@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(PATHS, st.sampled_from(["file", "link", "folder"]), max_size=8), STEPS)
def test_files_of_others_stay(scratch: Path, others: dict[str, str], where: str) -> None:
    """Whatever is there and wherever an export is sent, all of it is there afterwards."""
    top = Path("many")
    shutil.rmtree(top, ignore_errors=True)
    assert export("csv", "many")[0] == 0
    for path, kind in others.items():
        place = top / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            if kind == "file":
                # Over a file of the export, too: it is edited then.
                place.write_text(path)
            elif kind == "link":
                place.symlink_to(["..", "a", "nowhere", "notes.txt"][len(path) % 4])
            else:
                place.mkdir()
        except OSError:
            continue
    before = tree(scratch)
    # What the export wrote, and is as it left it, may go.
    ours = {f"home/project/many/{name}" for name in manifest.written(top)}
    for form in ("csv", "datasette", "yaml", "csv"):
        export(form, f"many/{where}", "--force")
    # A plain file may be replaced where it is named itself.
    named = os.path.relpath(os.path.realpath(f"many/{where}"), scratch)
    now = tree(scratch)
    lost = {name for name, told in before.items() if now.get(name) != told}
    assert lost <= {named} | ours
    if named in lost - ours:
        assert before[named].startswith(oct(stat.S_IFREG))


@pytest.mark.parametrize("name", FORMATS)
def test_any_name(run: Run, write: Write, tmp_path: Path, name: str) -> None:
    """Every format is written to a path that is not UTF-8."""
    target = tmp_path / "a\udcff\udc80"
    done = run("--corpus", str(write()), "export", name, "-o", str(target))
    assert (done.status, done.err.count("Traceback")) == (0, 0)
    assert target.exists()
