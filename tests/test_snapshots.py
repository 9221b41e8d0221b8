"""The screens over a small corpus made for that; look at each before accepting a new one."""

from pathlib import Path

import pytest
from conftest import Run
from syrupy.assertion import SnapshotAssertion

SMALL = str(Path(__file__).with_name("small"))
SCREENS = [
    "",
    "summary",
    "actors",
    "actors mill-traders",
    "claims",
    "responses",
    "responses --unanswered",
    "show trade-will-fall",
    "show town-council gazette-count",
    "search customers",
    "topics",
    "sources",
    "tree",
    "compare town-council mill-traders",
    "timeline",
    "stats",
]


def screen(run: Run, words: str) -> str:
    """Return what a command writes to standard output."""
    return run("--corpus", SMALL, *words.split()).out


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize("words", SCREENS)
def test_screen(
    run: Run,
    words: str,
    width: str,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A screen looks as it did when it was last looked at."""
    monkeypatch.setenv("COLUMNS", width)
    assert screen(run, words) == snapshot


@pytest.mark.parametrize("words", ["show trade-will-fall", "claims --limit 6", "tree"])
def test_color(
    run: Run, words: str, snapshot: SnapshotAssertion, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Color tells the links apart, and nothing else."""
    monkeypatch.setenv("COLUMNS", "80")
    assert screen(run, f"{words} --color always") == snapshot
