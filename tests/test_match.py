"""`--match all`: the values of one filter narrow, as different filters do."""

import json

import pytest
from conftest import Run, Write

from explore.api import open_corpus
from explore.errors import UsageError

ACTORS = """\
- {id: nato, name: NATO, kind: alliance}
- {id: asean, name: ASEAN, kind: organization}
- {id: four, name: Four, kind: group}
- {id: japan, name: Japan, kind: state, member_of: [four]}
"""
CLAIM = (
    "- {{id: {}, text: A summit., kind: fact, by: [{}], source: paper, about: [{}],"
    " topics: [{}], date: 2022, responds_to: [start]}}\n"
)
CLAIMS = (
    "- {id: start, text: It starts., kind: fact, by: [nato], source: paper}\n"
    + CLAIM.format("first", "nato", "nato", "sea, air")
    + CLAIM.format("both", "nato, asean", "nato, asean", "sea")
    + CLAIM.format("second", "asean", "asean, japan", "air")
    + CLAIM.format("partners", "asean", "nato, four", "air")
)
COMMANDS = pytest.mark.parametrize(
    "words", [["claims"], ["responses"], ["timeline"], ["search", "summit"]]
)


@COMMANDS
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("--about nato --about asean", {"both"}),
        ("--about nato --about nato", {"first", "both", "partners"}),
        ("--about nato", {"first", "both", "partners"}),
        ("--topic sea --topic air", {"first"}),
        ("--topic sea --topic air --about asean", set()),
        ("--about nato --about japan", set()),
        ("--about nato --about japan --groups", {"partners"}),
        ("--about asean --about four --members", {"second"}),
    ],
)
def test_all(run: Run, write: Write, words: list[str], typed: str, expected: set[str]) -> None:
    """Every value of a repeated option must hold, in every command that filters claims."""
    options = ["--corpus", str(write(ACTORS, CLAIMS)), "--format", "json"]
    result = run(*words, *typed.split(), "--match", "all", *options)
    assert {each["id"] for each in json.loads(result.out)} == expected


def test_any_is_the_default(run: Run, write: Write) -> None:
    """Without it, or with `any`, one value is enough."""
    words = ["claims", "--about", "nato", "--about", "asean", "--format", "json"]
    words += ["--corpus", str(write(ACTORS, CLAIMS))]
    plain = run(*words)
    assert len(json.loads(plain.out)) == 4
    assert run(*words, "--match", "any") == plain


def test_groups_left_out(run: Run, write: Write) -> None:
    """What groups would add is counted under `all` too."""
    words = ["claims", "--about", "nato", "--about", "japan", "--match", "all"]
    result = run(*words, "--corpus", str(write(ACTORS, CLAIMS)))
    assert "1 more claim concerns groups that Japan belongs to: Four" in result.err


def test_wrong_match(run: Run, write: Write) -> None:
    """Anything else is an error."""
    folder = write(ACTORS, CLAIMS)
    assert run("claims", "--match", "none", "--corpus", str(folder)).status == 2
    with open_corpus(folder) as corpus, pytest.raises(UsageError, match="is not one of any, all"):
        corpus.claims(about="nato", match="none")
