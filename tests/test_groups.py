"""What concerns a group concerns its members: the answer says so, and can take it in."""

import json

import pytest
from conftest import Run, Write

ACTORS = """\
- {id: japan, name: Japan, kind: state, member_of: [four, club]}
- {id: fiji, name: Fiji, kind: state}
- {id: four, name: The four partners, short: Four, kind: group}
- {id: club, name: The club, short: Club, kind: organization}
"""
CLAIM = (
    "- {{id: {}, text: A summit., kind: fact, by: [fiji], source: paper, about: [{}],"
    " date: {}, responds_to: [start]}}\n"
)
CLAIMS = (
    "- {id: start, text: It starts., kind: fact, by: [fiji], source: paper}\n"
    + CLAIM.format("own", "japan", "2021")
    + CLAIM.format("both", "japan, four", "2022")
    + CLAIM.format("madrid", "four", "2022")
    + CLAIM.format("club-meets", "club", "2023")
)
COMMANDS = pytest.mark.parametrize(
    "words", [["claims"], ["responses"], ["timeline"], ["search", "summit"]]
)
BELONGS = "groups that Japan belongs to: Four, Club; add --groups to include them"


@COMMANDS
@pytest.mark.parametrize("form", ["table", "json"])
def test_groups_are_said(run: Run, write: Write, words: list[str], form: str) -> None:
    """Every command with `--about` says how many claims on groups it leaves out, as a note."""
    options = ["--corpus", str(write(ACTORS, CLAIMS)), "--format", form]
    result = run(*words, "--about", "japan", *options)
    assert f"2 more claims concern {BELONGS}\n" in result.err
    assert "--groups" not in result.out
    one = run(*words, "--about", "japan", "--until", "2022", *options)
    assert f"1 more claim concerns {BELONGS}\n" in one.err


@COMMANDS
def test_groups_are_taken_in(run: Run, write: Write, words: list[str]) -> None:
    """`--groups` takes in the claims on groups, and the answer says which groups these are."""
    folder = str(write(ACTORS, CLAIMS))
    options = ["--about", "japan", "--groups", "--corpus", folder, "--format", "json"]
    result = run(*words, *options)
    assert {each["id"] for each in json.loads(result.out)} == {
        "own",
        "both",
        "madrid",
        "club-meets",
    }
    assert "Japan and its groups: Four, Club\n" in result.err
    assert "more claim" not in result.err


def test_nothing_left_out(run: Run, write: Write) -> None:
    """Nothing is said if no claim is left out, or the actor belongs to nothing."""
    folder = str(write(ACTORS, CLAIMS))
    for words in (["--about", "japan", "--until", "2021"], ["--about", "fiji"]):
        assert "more claim" not in run("claims", *words, "--corpus", folder).err


def test_empty_answer_says_it_too(run: Run, write: Write) -> None:
    """An answer with no claim in it says that there are claims on groups."""
    folder = str(write(ACTORS, CLAIMS))
    result = run("claims", "--about", "japan", "--since", "2023", "--corpus", folder)
    assert (result.status, result.out) == (0, "")
    assert f"1 more claim concerns {BELONGS}\n" in result.err


def test_madrid_summit(run: Run) -> None:
    """The summit that is filed under the four partners is found for Japan."""
    words = ["claims", "--about", "japan", "--since", "2022", "--kind", "fact"]
    assert "more claims concern groups that Japan belongs to" in run(*words).err
    assert "Madrid" in run(*words, "--groups", "--limit", "0").out
