"""Damaged tables end in a sentence; `tools/fuzz_imports.py` tries more of them."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOL = Path(__file__).parents[1] / "tools" / "fuzz_imports.py"


@pytest.mark.slow
def test_damaged_tables(tmp_path: Path) -> None:
    """No spreadsheet and no other table, however damaged, ends in a traceback."""
    result = subprocess.run(
        [sys.executable, str(TOOL), "150"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        timeout=3_000,
    )
    assert result.returncode == 0, result.stdout[-2_000:] + result.stderr[-2_000:]
    assert "0 wrong" in result.stdout
