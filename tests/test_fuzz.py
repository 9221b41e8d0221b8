"""Command lines and file names drawn at random end without a traceback.

`python tools/fuzz_commands.py` runs larger numbers.
"""

from pathlib import Path

import fuzzing
import pytest


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what is drawn write only below the test's own folder."""
    (tmp_path / "home").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_command_lines(seed: int, tmp_path: Path) -> None:
    """Each option of each command takes hostile values: a status, a line, never a traceback."""
    assert list(fuzzing.command_lines(seed, 1_000, tmp_path / "work")) == []


@pytest.mark.slow
def test_file_names(tmp_path: Path) -> None:
    """Corpora, tables and exports may be called anything that a file can be called."""
    (tmp_path / "work").mkdir()
    assert list(fuzzing.file_names(3, 40, tmp_path / "work")) == []
