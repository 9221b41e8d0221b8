"""The commands of the documentation do what they say, as they stand."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def test_your_own_corpus(tmp_path: Path) -> None:
    """From an empty folder to a checked, searched and exported corpus, command by command."""
    shutil.copy(DOCS / "fifty-claims.csv", tmp_path)
    text = (DOCS / "your-own-corpus.md").read_text("utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    assert len(lines) > 20
    said = {}
    for line in lines:
        start, *words = shlex.split(line.removeprefix("$ "))
        assert start == "explore"
        command = [sys.executable, "-m", "explore", *words]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (line, done.stderr)
        said[line] = done.stdout + done.stderr
    imported = next(told for line, told in said.items() if "--map" in line and "--dry" not in line)
    assert "claims/fifty-claims.yaml: 50 new, 0 changed" in imported
    assert "0 errors" in said["$ explore check my-corpus"]
    made = {path.name for path in (tmp_path / "out").iterdir()}
    assert len(made) == sum(" export " in line for line in lines)
