"""What the tests share: a clean environment, the program under a runner, small corpora."""

import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from running import Result, invoke

# A shell starts what runs in the background with Ctrl-C ignored, and its children inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)

Run = Callable[..., Result]
Write = Callable[..., Path]

ACTORS = """\
- {id: asean, name: Association of Southeast Asian Nations, short: ASEAN, kind: organization}
- {id: nato, name: North Atlantic Treaty Organization, short: NATO, kind: alliance}
"""
SOURCES = "- {id: paper, type: article-newspaper, title: A paper}\n"
CLAIMS = """\
- {id: one, text: First claim., kind: fact, by: [nato], source: paper}
- {id: two, text: Second claim., kind: value, by: [asean], source: paper, supports: [one]}
"""


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Run each test with a cache of its own and no say from outside."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for name in [
        "COLUMNS",
        "NO_COLOR",
        "FORCE_COLOR",
        "TERM",
        "PAGER",
        "EXPLORE_CORPUS",
        "GITHUB_ACTIONS",
        "PY_COLORS",
    ]:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def run() -> Run:
    """Return a function that runs a command line in this process."""
    return invoke


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a corpus and returns its folder."""

    def write_corpus(
        actors: str = ACTORS, claims: str = CLAIMS, sources: str = SOURCES, info: str = ""
    ) -> Path:
        folder = tmp_path / "corpus"
        folder.mkdir(exist_ok=True)
        files = {"actors": actors, "claims": claims, "sources": sources, "corpus": info}
        for stem, text in files.items():
            if text:
                (folder / f"{stem}.yaml").write_text(text, encoding="utf-8")
        return folder

    return write_corpus


@pytest.fixture(scope="session")
def node() -> Path:
    """Return a folder in which the programs of `tests/node/package.json` are installed."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("npm is missing")
    folder = Path(__file__).with_name("node")
    done = folder / "node_modules" / ".package-lock.json"
    if not done.is_file() or done.stat().st_mtime < (folder / "package.json").stat().st_mtime:
        quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        subprocess.run([npm, "install", *quiet], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is skipped where nothing may be missing."""
    del item, call
    report = yield
    if report.skipped and os.environ.get("EXPLORE_NO_SKIPS"):
        report.outcome = "failed"
        report.longrepr = f"skipped, though nothing may be missing here: {report.longrepr}"
    return report
