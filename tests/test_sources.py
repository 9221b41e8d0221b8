"""Sources are listed by words."""

import json

import pytest
from conftest import Run, Write

from explore.api import open_corpus

SOURCES = """\
- {id: paper, type: article-newspaper, title: A paper}
- id: concept-2022
  type: report
  title: The Strategic Concept
  author: [{literal: NATO}]
  issued: 2022-06-29
- id: review
  type: article-journal
  title: Concepts of Asia
  author: [{family: Müller, given: Jan}]
  issued: "2023"
- {id: daily, type: article-newspaper, title: 中国日报网}
"""


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([], ["paper", "concept-2022", "review", "daily"]),
        (["strategic", "concept"], ["concept-2022"]),
        (["Strategic Concept"], ["concept-2022"]),
        (["concept"], ["concept-2022", "review"]),
        (["2022"], ["concept-2022"]),
        (["nato"], ["concept-2022"]),
        (["muller", "2023"], ["review"]),
        (["newspaper"], ["paper", "daily"]),
        (["日报"], ["daily"]),
        (["cept"], []),
        (["nato", "2023"], []),
    ],
)
def test_words(run: Run, write: Write, words: list[str], expected: list[str]) -> None:
    """Each word must be, or begin, a word of author, title, year or type; the library agrees."""
    folder = str(write(sources=SOURCES))
    found = json.loads(run("sources", *words, "--corpus", folder, "--format", "json").out)
    assert [source["id"] for source in found] == expected
    with open_corpus(folder) as corpus:
        assert corpus.sources(*words) == found


def test_table(run: Run, write: Write) -> None:
    """A table has just the sources with the words, counts them, and keeps to its limit."""
    folder = str(write(sources=SOURCES))
    result = run("sources", "concept", "--corpus", folder)
    assert "Asia" in result.out
    assert "A paper" not in result.out
    assert result.err.startswith("2 sources from")
    cut = run("sources", "concept", "--limit", "1", "--corpus", folder)
    assert "Asia" not in cut.out
    assert cut.err.startswith("1 of 2 sources from")
    none = run("sources", "submarine", "--corpus", folder)
    assert (none.status, none.out) == (0, "")
    assert "No sources match" in none.err
