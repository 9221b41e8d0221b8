"""What stands in place of a file of a corpus, or beside it, is told; nothing is passed over."""

import ctypes
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ACTORS, CLAIMS, SOURCES, Run, Write
from running import LIMIT, Result

Put = Callable[[Path], object]

# From linux/prctl.h and linux/capability.h.
PR_CAPBSET_DROP = 24
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 1, 2


def _loop(path: Path) -> None:
    other = path.with_name("other")
    other.symlink_to(path.name)
    path.symlink_to(other.name)


def _socket(path: Path) -> None:
    # The path of a socket is short.
    with socket.socket(socket.AF_UNIX) as bound:
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            bound.bind(path.name)
        finally:
            os.chdir(here)


PLACES: dict[str, tuple[Put, str]] = {
    "dangling link": (lambda path: path.symlink_to("nowhere.yaml"), "'nowhere.yaml', which does"),
    "loop": (_loop, "leads back to itself"),
    "link to itself": (lambda path: path.symlink_to(path.name), "leads back to itself"),
    "pipe": (os.mkfifo, "a named pipe"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "a device"),
    "link to another": (lambda path: path.symlink_to("/dev/stdin"), "put a regular file"),
    "socket": (_socket, "a socket"),
    "folder": (Path.mkdir, "a folder, not a file"),
    "link to a folder": (lambda path: path.symlink_to(path.parent), "a folder, not a file"),
}


def ask(*words: str) -> Result:
    """Run the program in a process of its own; one that opens a pipe would never end."""
    command = [sys.executable, "-m", "explore", *words]
    # Standard input is a pipe that stays open, for what reads from it.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin
        try:
            process.wait(LIMIT)
        finally:
            process.kill()
        assert process.stdout
        assert process.stderr
        return Result(process.returncode, process.stdout.read(), process.stderr.read())


@pytest.mark.parametrize("name", ["claims", "actors", "sources", "corpus"])
@pytest.mark.parametrize(("put", "said"), PLACES.values(), ids=PLACES)
def test_in_place_of_a_file(write: Write, name: str, put: Put, said: str) -> None:
    """`check` and a query tell it, with the path and what to do, and exit with 1."""
    path = write() / f"{name}.yaml"
    path.unlink(missing_ok=True)
    put(path)
    for result, told in (
        (checked := ask("check", str(path.parent)), checked.out),
        (asked := ask("--corpus", str(path.parent), "claims"), asked.err),
    ):
        assert result.status == 1
        (line,) = [line for line in told.splitlines() if str(path) in line]
        assert said in line
        # What names records of that file is not told as wrong.
        assert "unknown" not in told
    assert checked.out.startswith(f"{path}:1:1: error: ")
    assert asked.out == ""
    assert len(asked.err.splitlines()) == 1


@pytest.mark.parametrize("put", [put for put, _ in PLACES.values()], ids=PLACES)
def test_in_a_folder_of_files(run: Run, write: Write, put: Put) -> None:
    """The same of a file in `claims/`; every query says so, also where an index is there."""
    folder = write()
    (folder / "claims").mkdir()
    assert run("--corpus", str(folder), "actors").status == 0
    put(folder / "claims" / "more.yaml")
    for words in (["actors"], ["sources"], ["show", "one"], ["search", "claim"], ["stats"]):
        result = run("--corpus", str(folder), *words)
        assert (result.status, result.out) == (1, "")
        assert f"{folder}/claims/more.yaml: " in result.err
    assert f"{folder}/claims/more.yaml:1:1: error: " in run("check", str(folder)).out


@pytest.mark.parametrize(
    ("put", "said"),
    [
        (lambda path: path.symlink_to("nowhere"), "'nowhere', which does not exist"),
        (lambda path: path.symlink_to(path.name), "leads back to itself"),
    ],
)
def test_in_place_of_the_folder(run: Run, write: Write, put: Put, said: str) -> None:
    """A folder `claims/` that cannot be looked into is told too."""
    folder = write()
    put(folder / "claims")
    assert said in run("check", str(folder)).out
    asked = run("--corpus", str(folder), "claims")
    assert (asked.status, asked.out) == (1, "")
    assert said in asked.err


def _as_anybody() -> None:
    """Take from root the right to read what its mode forbids."""
    if os.geteuid() == 0:
        system = ctypes.CDLL(None)
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            system.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)


@pytest.mark.parametrize("name", ["claims.yaml", "claims", "claims/more.yaml"])
def test_without_permission(write: Write, name: str) -> None:
    """A file or folder that may not be read is told."""
    folder = write()
    (folder / "claims").mkdir()
    (folder / "claims" / "more.yaml").write_text("[]")
    (folder / name).chmod(0)
    try:
        checked, asked = [
            subprocess.run(
                [sys.executable, "-m", "explore", *words],
                capture_output=True,
                text=True,
                check=False,
                timeout=LIMIT,
                preexec_fn=_as_anybody,
            )
            for words in (["check", str(folder)], ["--corpus", str(folder), "claims"])
        ]
    finally:
        (folder / name).chmod(0o755)
    assert (checked.returncode, asked.returncode, asked.stdout) == (1, 1, "")
    assert f"{folder / name}:1:1: error: cannot be read: permission denied" in checked.stdout
    assert f"{folder / name}: cannot be read: permission denied" in asked.stderr
    assert len(asked.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    "name",
    ["claims.yml", "Claims.yaml", "CLAIMS.YAML", "claim.yaml", "claims.yaml.txt", "claims.json"],
)
def test_nearly_the_name(run: Run, write: Write, name: str) -> None:
    """A file with nearly the name is an error where it is all there is, else a warning."""
    folder = write()
    (folder / "claims.yaml").rename(folder / name)
    checked = run("check", str(folder))
    assert checked.status == 1
    assert f"{folder / name}:1:1: error: not read; " in checked.out
    asked = run("--corpus", str(folder), "claims")
    assert (asked.status, asked.out) == (1, "")
    assert f"{folder / name}: not read; " in asked.err
    assert "claims.yaml" in asked.err
    (folder / "claims.yaml").write_text(CLAIMS)
    checked = run("check", str(folder))
    assert checked.status == 0
    assert f"{folder / name}:1:1: warning: not read; " in checked.out
    assert run("--corpus", str(folder), "claims").status == 0


@pytest.mark.parametrize("name", ["a.YAML", "a.yaml.txt", "a.json", ".a.yaml", "deep/a.yaml"])
def test_in_the_folder_but_not_read(run: Run, write: Write, name: str) -> None:
    """What in `claims/` is not read is told."""
    folder = write()
    (folder / "claims" / name).parent.mkdir(parents=True)
    (folder / "claims" / name).write_text("[]")
    told = run("check", str(folder)).out
    assert f"{folder}/claims/{name.partition('/')[0]}:1:1: warning: not read; " in told
    (folder / "claims.yaml").unlink()
    assert ": error: not read; " in run("check", str(folder)).out


def test_what_editors_leave(run: Run, write: Write) -> None:
    """An editor's locks, backups and swap files are nobody's mistake."""
    folder = write()
    (folder / "claims").mkdir()
    for place in (folder, folder / "claims"):
        (place / ".#claims.yaml").symlink_to("somebody@somewhere.123:456")
        for name in (".claims.yaml.swp", "claims.yaml~", "#claims.yaml#", "claims.yaml.bak"):
            (place / name).write_text("x")
    checked = run("check", str(folder))
    assert checked.status == 0
    assert "not read" not in checked.out
    assert run("--corpus", str(folder), "claims").status == 0


def test_no_claims(run: Run, tmp_path: Path) -> None:
    """A corpus without a file of claims is allowed, and `check` says so."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "actors.yaml").write_text(ACTORS)
    (folder / "sources.yaml").write_text(SOURCES)
    checked = run("check", str(folder))
    assert checked.status == 0
    assert "warning: no claims: claims.yaml is missing" in checked.out
    assert run("--corpus", str(folder), "actors").status == 0


def test_links_to_files(run: Run, write: Write, tmp_path: Path) -> None:
    """A link to a regular file is read as the file, and so is one to a folder of files."""
    folder = write()
    (folder / "claims.yaml").rename(tmp_path / "elsewhere.yaml")
    (folder / "claims.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "a.yaml").write_text(
        "- {id: three, text: Third claim., kind: fact, by: [nato], source: paper}\n"
    )
    (folder / "claims").symlink_to(tmp_path / "more")
    assert run("check", str(folder)).status == 0
    assert "3 claims" in run("--corpus", str(folder), "claims").err


def test_a_corpus_that_is_no_folder(run: Run, tmp_path: Path) -> None:
    """A link to nowhere, a file or a pipe named as the corpus is told in one line."""
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (tmp_path / "file").write_text("[]")
    os.mkfifo(tmp_path / "pipe")
    for name in ("link", "loop", "file", "pipe", "missing"):
        for words in (
            ["check", str(tmp_path / name)],
            ["--corpus", str(tmp_path / name), "claims"],
        ):
            result = run(*words)
            assert result.status == 2
            assert result.err.startswith(f"explore: {tmp_path / name} is not a folder")
            assert len(result.err.splitlines()) == 1
