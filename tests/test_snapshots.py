"""The main screens, as they should look; look at each before accepting a new one."""

import pytest
from conftest import Run
from syrupy.assertion import SnapshotAssertion


@pytest.mark.parametrize("width", ["80", "120"])
@pytest.mark.parametrize(
    "words",
    [
        "",
        "actors --kind state",
        "actors new-zealand",
        "claims --about asean --limit 6",
        "responses --limit 4",
        "show pivot-threatens-centrality",
        "sources",
        "summary",
        "topics --limit 5",
    ],
)
def test_screen(
    run: Run,
    words: str,
    width: str,
    snapshot: SnapshotAssertion,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A screen looks as it did when it was last looked at."""
    monkeypatch.setenv("COLUMNS", width)
    assert run(*words.split()).out == snapshot
