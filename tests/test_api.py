"""`import explore` answers as the commands do: the same records, the same errors."""

import doctest
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import Run

import explore
from explore import api
from explore.errors import AmbiguousNameError, NoCorpusError, UnknownNameError, UsageError

Ask = Callable[[explore.Corpus], list[dict[str, Any]]]


@pytest.fixture(name="corpus")
def opened() -> Iterator[explore.Corpus]:
    """Yield the bundled corpus, opened."""
    with explore.open() as corpus:
        yield corpus


@pytest.mark.parametrize(
    ("words", "ask"),
    [
        ("actors", lambda c: c.actors()),
        ("actors rok nato", lambda c: c.actors("rok", "nato")),
        ("actors --member-of ap4", lambda c: c.actors(member_of="ap4")),
        ("actors --kind state --kind alliance", lambda c: c.actors(kind=["state", "alliance"])),
        ("claims", lambda c: c.claims()),
        ("claims --about asean --role threat", lambda c: c.claims(about="asean", role="threat")),
        ("claims --about japan --groups", lambda c: c.claims(about="japan", groups=True)),
        (
            "claims --about nato --about asean --match all",
            lambda c: c.claims(about=["nato", "asean"], match="all"),
        ),
        ("claims --about ap4 --members", lambda c: c.claims(about="ap4", members=True)),
        ("claims --by nato --limit 3", lambda c: c.claims(by="nato", limit=3)),
        ("claims --since 2023 --sort -date", lambda c: c.claims(since="2023", sort="-date")),
        ("claims --search centrality", lambda c: c.claims(search="centrality")),
        ("claims --disputed --kind value", lambda c: c.claims(disputed=True, kind="value")),
        (
            "claims pivot-is-interference the-four-countries",
            lambda c: c.claims("pivot-is-interference", "the-four-countries"),
        ),
        ("responses --by china", lambda c: c.responses(subject="china")),
        ("responses --status proposed", lambda c: c.responses(status="proposed")),
        ("show nato 东盟 china-watch-2024", lambda c: c.show("nato", "东盟", "china-watch-2024")),
        ("search centrality", lambda c: c.search("centrality")),
        (
            "search geography --by emmanuel-macron",
            lambda c: c.search("geography", by="emmanuel-macron"),
        ),
        ("compare nato asean", lambda c: c.compare("nato", "asean")),
        (
            "compare nato asean --topic agenda-setting",
            lambda c: c.compare("nato", "asean", topic="agenda-setting"),
        ),
        ("tree", lambda c: c.tree()),
        (
            "tree pivot-is-interference --depth 1 --only disputes",
            lambda c: c.tree("pivot-is-interference", depth=1, only=["disputes"]),
        ),
        ("timeline --about japan", lambda c: c.timeline(about="japan")),
        ("topics", lambda c: c.topics()),
        ("sources", lambda c: c.sources()),
        ("stats", lambda c: c.stats()),
        ("stats --source aoip", lambda c: c.stats("aoip")),
        ("summary", lambda c: c.summary()),
    ],
)
def test_same_records_as_the_command(
    run: Run, corpus: explore.Corpus, words: str, ask: Ask
) -> None:
    """A method returns what the command of its name writes as JSON."""
    result = run(*words.split(), "--format", "json")
    assert result.status == 0, result.err
    expected = json.loads(result.out)
    assert expected
    assert json.loads(json.dumps(ask(corpus))) == expected


@pytest.mark.parametrize(
    ("words", "ask", "error"),
    [
        ("claims --about asaen", lambda c: c.claims(about="asaen"), UnknownNameError),
        ("show pivot", lambda c: c.show("pivot"), AmbiguousNameError),
        ("claims --kind guess", lambda c: c.claims(kind="guess"), UsageError),
        ("claims --since soon", lambda c: c.claims(since="soon"), UsageError),
        ("claims --sort mood", lambda c: c.claims(sort="mood"), UsageError),
        ("compare nato nowhere", lambda c: c.compare("nato", "nowhere"), UnknownNameError),
        ("summary --source nope", lambda c: c.summary("nope"), UnknownNameError),
    ],
)
def test_same_errors_as_the_command(
    run: Run, corpus: explore.Corpus, words: str, ask: Ask, error: type[Exception]
) -> None:
    """A wrong name or value raises what the command reports, with the same message."""
    with pytest.raises(error) as raised:
        ask(corpus)
    assert isinstance(raised.value, explore.ExploreError)
    assert run(*words.split()).err == f"explore: {raised.value}\n"


def test_no_corpus() -> None:
    """A folder that is not a corpus is an error of its own."""
    with pytest.raises(NoCorpusError):
        explore.open("no-such-folder")


@pytest.mark.parametrize("module", [explore, api])
def test_examples(module: Any) -> None:
    """Each example in a docstring gives what it says."""
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed
