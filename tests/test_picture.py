"""The picture in the README shows what the program prints."""

import re
from html import unescape
from pathlib import Path

import pytest
from conftest import Run

PICTURE = Path(__file__).parent.parent / "docs" / "claims.svg"


def test_picture_is_true(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line of the picture is a line of the answer to the command in it."""
    rows: dict[str, str] = {}
    pattern = r'<text class="explore-r\d+" x="[^"]*" y="([\d.]+)"[^>]*>([^<]*)</text>'
    for place, text in re.findall(pattern, PICTURE.read_text(encoding="utf-8")):
        rows[place] = rows.get(place, "") + unescape(text).replace("\xa0", " ")
    lines = ["".join(line.split()) for line in rows.values()]
    shown = next(iter(rows.values()))
    command = shown.removeprefix("$ explore ").split()
    monkeypatch.setenv("COLUMNS", "92")
    assert lines[1:] == ["".join(line.split()) for line in run(*command).out.splitlines()]
