"""`explore audit` finds each quote in a reader's own copy, or says what is there instead."""

import json
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, Write
from hypothesis import given
from hypothesis import strategies as st

from explore.analysis.source_copy import plain

TEXT = """\
A headline of its own
A standfirst below it
First paragraph has it's “own words” in place.
Second paragraph: nothing to see — move along.
Third paragraph says one thing more.
"""
CLAIM = (
    "- {{id: c{0}, text: T, kind: fact, by: [nato], source: paper,"
    " locator: {{paragraph: {0}}}, quote: {1}}}\n"
)
QUOTES = ["A standfirst below", '"it\'s \\"own words\\""', '"see - move along"', "says one thing"]


@pytest.fixture
def corpus(write: Write) -> str:
    """Give a corpus that quotes each paragraph of the text."""
    return str(write(claims="".join(CLAIM.format(n, quote) for n, quote in enumerate(QUOTES))))


def found(run: Run, corpus: str, path: Path, status: int = 0) -> list[dict[str, Any]]:
    """Audit a copy of the text."""
    words = ("audit", "--text", f"paper={path}", "--format", "json")
    result = run("--corpus", corpus, *words)
    assert result.status == status
    findings: list[dict[str, Any]] = json.loads(result.out)
    return findings


def page(text: str) -> str:
    """Set a text as a web page, with what pages have around it."""
    body = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    return (
        f"<html><head><title>x</title><script>one thing</script></head><body>{body}</body></html>"
    )


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lines.txt", TEXT),
        ("blocks.txt", TEXT.replace("\n", "\n\n").replace("move along", "move\nalong")),
        ("blanks.txt", TEXT.replace(" words", "\u00a0words").replace("—", "–")),
        ("page.html", page(TEXT)),
        ("no-head.txt", TEXT.partition("\n")[2]),
        ("longer-head.txt", "By a byline\nAnd a date\n" + TEXT),
    ],
)
def test_every_quote_at_its_place(
    run: Run, corpus: str, tmp_path: Path, name: str, text: str
) -> None:
    """Line breaks, blanks, quotes, dashes, markup and another head do not matter."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    findings = found(run, corpus, tmp_path / name)
    assert [finding["finding"] for finding in findings] == ["at its place"] * 4


def test_another_head_is_said(run: Run, corpus: str, tmp_path: Path) -> None:
    """A count that is off by a headline is noticed and said."""
    (tmp_path / "copy.txt").write_text(TEXT.partition("\n")[2], encoding="utf-8")
    result = run("--corpus", corpus, "audit", "--text", f"paper={tmp_path / 'copy.txt'}")
    assert "block 2 of this copy as paragraph 1, not from block 3" in result.err
    assert "4 of 4 quotes are at their place" in result.out


def test_changed_word(run: Run, corpus: str, tmp_path: Path) -> None:
    """A quote that is not there fails, with its claim, its paragraph and the nearest words."""
    (tmp_path / "copy.txt").write_text(TEXT.replace("one thing", "some thing"), encoding="utf-8")
    missed = found(run, corpus, tmp_path / "copy.txt", status=1)[3]
    assert (missed["claim"], missed["paragraph"], missed["finding"]) == ("c3", 3, "nowhere")
    assert missed["nearest"] == "says some thing"
    assert 0.8 < missed["likeness"] < 1


def test_elsewhere(run: Run, corpus: str, tmp_path: Path) -> None:
    """A quote that stands in another paragraph is found there."""
    lines = TEXT.splitlines()
    lines[3], lines[4] = lines[4], lines[3]
    (tmp_path / "copy.txt").write_text("\n".join(lines), encoding="utf-8")
    findings = found(run, corpus, tmp_path / "copy.txt")
    assert [(f["finding"], f["found"]) for f in findings[2:]] == [
        ("elsewhere", [3]),
        ("elsewhere", [2]),
    ]


def test_wrong_use(run: Run, corpus: str) -> None:
    """A copy that is not there, or a source that is none, is told in a line."""
    for pair in ("paper", "paper=nowhere.txt", "papyrus=nowhere.txt"):
        assert run("--corpus", corpus, "audit", "--text", pair).status == 2


@given(st.text())
def test_plain_is_idempotent(text: str) -> None:
    """Making text plain twice is making it plain once."""
    assert plain(plain(text)) == plain(text)
