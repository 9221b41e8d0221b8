"""Words that are no command say where to go, and topics open like records."""

import json

import pytest
from conftest import Run, Write

from explore.api import open_corpus

ACTORS = """\
- {id: nato, name: North Atlantic Treaty Organization, short: NATO, kind: alliance}
"""
CLAIMS = """\
- {id: one, text: First claim., kind: fact, by: [nato], source: paper, topics: [sea-power]}
- {id: two, text: Second claim., kind: fact, by: [nato], source: paper}
- {id: three, text: Third claim., kind: fact, by: [nato], source: paper, topics: [sea-power]}
"""


@pytest.mark.parametrize("words", [["claims"], ["show"], ["import"], ["help"], []])
def test_help_is_a_command(run: Run, words: list[str]) -> None:
    """`explore help COMMAND` writes what `explore COMMAND --help` writes."""
    assert run("help", *words) == run(*words, "--help")


@pytest.mark.parametrize("before", [[], ["help"]])
@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("nato", "'nato' is an actor, not a command; run 'explore actors nato'"),
        ("NATO", "'NATO' is an actor, not a command; run 'explore actors nato'"),
        ("sea-power", "'sea-power' is a topic, not a command; run 'explore topics sea-power'"),
        ("sea power", "'sea power' is a topic, not a command; run 'explore topics sea-power'"),
        ("one", "'one' is a claim, not a command; run 'explore show one'"),
        ("paper", "'paper' is a source, not a command; run 'explore show paper'"),
    ],
)
def test_record_as_command(
    run: Run, write: Write, before: list[str], word: str, said: str
) -> None:
    """A record or topic where a command should be: one line names the command for it."""
    result = run("--corpus", str(write(ACTORS, CLAIMS)), *before, word)
    assert result == (2, "", f"explore: {said}\n")


def test_unknown_command(run: Run, write: Write) -> None:
    """Any other word is an unknown command, in a broken corpus too."""
    for claims in (CLAIMS, "- 1\n"):
        result = run("--corpus", str(write(ACTORS, claims)), "clams")
        assert (result.status, result.out) == (2, "")
        assert "Did you mean 'claims'" in result.err


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
@pytest.mark.parametrize("command", ["show", "topics"])
def test_topic_opens(run: Run, write: Write, command: str, form: str) -> None:
    """A topic opens as the list of its claims."""
    folder = str(write(ACTORS, CLAIMS))
    result = run(command, "sea-power", "--corpus", folder, "--format", form)
    expected = run("claims", "--topic", "sea-power", "--corpus", folder, "--format", form)
    assert result == expected
    assert "Third claim." in result.out
    assert "Second claim." not in result.out


def test_topic_among_records(run: Run, write: Write) -> None:
    """Beside records a topic stands for its claims, in the library too."""
    folder = str(write(ACTORS, CLAIMS))
    found = json.loads(
        run("show", "nato", "sea-power", "one", "--corpus", folder, "--format", "json").out
    )
    assert [each["id"] for each in found] == ["nato", "one", "three"]
    with open_corpus(folder) as corpus:
        assert corpus.show("nato", "sea-power", "one") == found
