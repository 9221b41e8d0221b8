"""Search finds what people mean, shows where, and says so when there is nothing."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ACTORS, Run, Write

from explore.index import tables

QUESTIONS = yaml.safe_load(Path(__file__).with_name("relevance.yaml").read_text(encoding="utf-8"))


def found(run: Run, *words: str) -> list[dict[str, Any]]:
    """Give the hits of a search."""
    hits: list[dict[str, Any]] = json.loads(run("search", "--format", "json", *words).out)
    return hits


def test_relevance(run: Run, record_property: Any) -> None:
    """What should come first does: mean reciprocal rank and recall at 5 over all questions."""
    ranks, recalls = [], []
    for question in QUESTIONS:
        got = [hit["id"] for hit in found(run, "--", *str(question["ask"]).split())]
        first = next((n for n, name in enumerate(got, 1) if name in question["want"]), None)
        ranks.append(1 / first if first else 0)
        wanted = min(len(question["want"]), 5)
        recalls.append(sum(name in got[:5] for name in question["want"]) / wanted)
    mean, recall = sum(ranks) / len(ranks), sum(recalls) / len(recalls)
    record_property("mean reciprocal rank", round(mean, 3))
    record_property("recall at 5", round(recall, 3))
    sys.stdout.write(f"mean reciprocal rank {mean:.3f}, recall at 5 {recall:.3f}\n")
    assert len(QUESTIONS) >= 40
    assert mean >= 0.85
    assert recall >= 0.95


def test_marks_and_place(run: Run) -> None:
    """A hit says which field matched, with the words marked in their context."""
    (hit,) = found(run, "narrative", "prosperit")
    assert hit["id"] == "asean-common-prosperity"
    assert hit["field"] == "text"
    assert "*prosperity*" in hit["excerpt"]
    assert "*narrative*" in hit["excerpt"]
    assert "\x1b[1;4mprosperity" in run("search", "prosperit", "--color", "always").out


def test_head_counts_types(run: Run) -> None:
    """The head of the list counts the records of each type."""
    assert run("search", "prosperit").out.startswith("4 claims, 2 sources with 'prosperit'")


@pytest.mark.parametrize(
    ("forms", "other"),
    [
        ("threat threats threaten threatens threatened threatening", "listens"),
        ("strength strengths strengthen strengthening", "strange"),
        ("country countries", "count"),
        ("wide widen widening", "widow"),
        ("take takes taken taking", "takeover"),
        ("list lists", "listen"),
    ],
)
def test_forms(run: Run, write: Write, forms: str, other: str) -> None:
    """Whichever form of a word is typed, claims with any form of it are found, and no other."""
    words = [*forms.split(), other]
    claim = "- {{id: c{}, text: They {} it., kind: fact, by: [nato], source: paper}}\n"
    folder = write(claims="".join(claim.format(n, word) for n, word in enumerate(words)))
    for word in forms.split():
        # Not the last word, which may be unfinished.
        hits = found(run, word, "they", "--corpus", str(folder))
        assert {hit["id"] for hit in hits} == {f"c{n}" for n in range(len(words) - 1)}
        marked = [hit["excerpt"].split("*") for hit in hits]
        assert {parts[3] for parts in marked} == set(forms.split())


@pytest.mark.parametrize(
    ("typed", "other"), [("defence", "defense"), ("labour", "labor"), ("organised", "organized")]
)
def test_british_and_american(run: Run, write: Write, typed: str, other: str) -> None:
    """Either spelling finds both."""
    claim = "- {{id: {0}, text: The {0} of it., kind: fact, by: [nato], source: paper}}\n"
    folder = str(write(claims=claim.format(typed) + claim.format(other)))
    for word in (typed, other):
        assert {hit["id"] for hit in found(run, word, "--kind", "fact", "--corpus", folder)} == {
            typed,
            other,
        }


@pytest.mark.parametrize(
    ("typed", "meant"), [("naot", "nato"), ("bejing", "beijing"), ("centralty", "centrality")]
)
def test_only_the_nearest_is_offered(run: Run, typed: str, meant: str) -> None:
    """Nothing is offered beside the word that is the fewest typing mistakes away."""
    assert run("search", typed).err == f"no results for '{typed}'; similar words: {meant}\n"


def test_filters_narrow(run: Run) -> None:
    """With a filter only claims that it lets through are found."""
    hits = found(run, "geography", "--by", "emmanuel-macron")
    assert {hit["type"] for hit in hits} == {"claim"}
    assert all("emmanuel-macron" in hit["by"] for hit in hits)


def test_nothing_offers_the_nearest(run: Run) -> None:
    """A word that the corpus lacks is answered with the nearest that it has."""
    result = run("search", "securty")
    assert (result.status, result.out) == (0, "")
    assert result.err == "no results for 'securty'; similar words: security\n"


@pytest.mark.parametrize("name", ["东盟", "アセアン", "盟", "北约"])
def test_scripts_without_blanks(run: Run, name: str) -> None:
    """Words are found inside running text of scripts that have no blanks."""
    hits = found(run, name)
    assert hits
    assert any(f"*{name}*" in hit["excerpt"] for hit in hits)


@pytest.mark.parametrize(
    "words", ["*", '"', "NEAR(", "-", "--", "a:b", "^x", "{", "🙂", "x" * 100_000, "a " * 5_000]
)
def test_no_search_is_an_error(run: Run, words: str) -> None:
    """Search text of any kind is an answer or one line."""
    result = run("search", "--", words)
    assert result.status == 0
    assert "Traceback" not in result.err


def test_without_fts5(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SQLite has no FTS5, search says so in one line and all else works."""
    expected = run("claims", "--kind", "value").out
    monkeypatch.setattr(tables, "SEARCH", "CREATE VIRTUAL TABLE words USING no_such_module (x)")
    monkeypatch.setenv("XDG_CACHE_HOME", "/nowhere")
    for words in (["search", "centrality"], ["claims", "--search", "centrality"]):
        result = run(*words)
        assert (result.status, result.out) == (2, "")
        assert "FTS5" in result.err
        assert len(result.err.splitlines()) == 1
    assert run("claims", "--kind", "value").out == expected


def test_word_left_out(run: Run) -> None:
    """`-word` on the command line is a word left out; a misspelled option is an error."""
    every = {hit["id"] for hit in found(run, "de facto", "alliance")}
    without = {hit["id"] for hit in found(run, "de facto", "alliance", "-interfere")}
    assert "alliance-enables-interference" in every - without
    assert run("search", "--abuot", "nato").status == 2


OFFICES = """\
- {id: one, text: An office in Tokyo was planned., kind: fact, by: [nato], source: paper}
- {id: two, text: France opposes an office in Tokyo., kind: fact, by: [asean], source: paper}
- {id: three, text: A liaison arrived., kind: fact, by: [asean], source: paper}
"""


def test_most_of_the_words(run: Run, write: Write) -> None:
    """If nothing has all words, most of them are searched for; what was left out is said."""
    folder = str(write(claims=OFFICES))
    for options in (["search"], ["claims", "--search"]):
        result = run(*options, "tokyo liaison office", "--corpus", folder)
        assert "one" in result.out
        assert "two" in result.out
        assert "arrived" not in result.out
        assert "no record has all of these words; left out: 'liaison'" in result.err
        assert "with tokyo" not in result.out
    assert "left out" not in run("search", "tokyo office", "--corpus", folder).err


def test_words_quoted_for_the_shell(run: Run, write: Write) -> None:
    """Quotes for the shell make no phrase; quotes that are typed do."""
    folder = str(write(claims=OFFICES))
    assert {h["id"] for h in found(run, "tokyo office", "--corpus", folder)} == {"one", "two"}
    assert found(run, '"tokyo office"', "--corpus", folder) == []


def test_words_of_grammar(run: Run, write: Write) -> None:
    """Words without sense empty no answer, unless an actor is so called."""
    folder = str(write(claims=OFFICES))
    words = ["who", "opposes", "the", "tokyo", "office"]
    assert [h["id"] for h in found(run, *words, "--corpus", folder)] == ["two"]
    assert "left out" not in run("search", *words, "--corpus", folder).err
    who = "- {id: health, name: World Health Organization, short: WHO, kind: organization}\n"
    folder = str(write(actors=ACTORS + who, claims=OFFICES))
    assert "left out: 'who'" in run("search", *words, "--corpus", folder).err


def test_tokyo_liaison_office(run: Run) -> None:
    """The claims about an office in Tokyo are found however they are asked for."""
    for words in ("tokyo liaison office", "who opposes the tokyo liaison office"):
        assert "tokyo-office-put-off" in {hit["id"] for hit in found(run, words)}
    assert found(run, "liaison office")


def test_names_of_speakers_and_sources(run: Run, write: Write) -> None:
    """A claim is found by who says it, under any name, and by the title of its source."""
    actors = "- {id: x, name: Ann Berg, kind: person, aliases: [Madam Secretary]}\n"
    sources = "- {id: y, type: book, title: Green Fields}\n"
    claims = "- {id: one, text: It rains., kind: fact, by: [x], source: y}\n"
    folder = str(write(actors=actors, claims=claims, sources=sources))
    for words, field in (
        (["berg"], "by"),
        (["secretary", "rains"], "text"),
        (["green"], "source"),
    ):
        hits = [hit for hit in found(run, *words, "--corpus", folder) if hit["type"] == "claim"]
        assert [(hit["id"], hit["field"]) for hit in hits] == [("one", field)]


def test_what_stoltenberg_says(run: Run) -> None:
    """A search for a speaker finds every claim that he makes."""
    made = json.loads(run("claims", "--by", "jens-stoltenberg", "--format", "json").out)
    hits = found(run, "stoltenberg", "--limit", "0")
    assert {claim["id"] for claim in made} <= {hit["id"] for hit in hits}
