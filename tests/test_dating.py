"""`--since` and `--until`: which date they look at, and what they leave out."""

import json

import pytest
from conftest import Run, Write

import explore
from explore.errors import LeftOutWarning, UsageError

SOURCES = """\
- {id: dated, type: article-newspaper, title: Dated, issued: 2023-05-01}
- {id: undated, type: article-newspaper, title: Undated}
"""
CLAIMS = """\
- {id: old, text: An old event., kind: fact, by: [nato], source: dated, date: 1999}
- {id: new, text: A new event., kind: fact, by: [nato], source: undated, date: 2023-02}
- {id: view, text: A view., kind: value, by: [nato], source: dated, responds_to: [old]}
- {id: lost, text: A lost view., kind: value, by: [nato], source: undated}
- {id: other, text: A view of ASEAN., kind: value, by: [asean], source: dated}
"""
EVENT = (
    "filtered by the date of the event, else of the statement; "
    "1 more claim matches by the date of the statement (--dates said), 1 claim has neither date"
)
SAID = (
    "filtered by the date of the statement; "
    "1 more claim matches by the date of the event (--dates event), "
    "1 claim has a source without a date"
)


@pytest.mark.parametrize(
    ("words", "ids", "note"),
    [
        (["claims", "--since", "2023"], ["new", "view", "other"], EVENT),
        (["claims", "--since", "2023", "--by", "nato"], ["old", "view"], SAID),
        (["claims", "--since", "2023", "--dates", "said"], ["old", "view", "other"], SAID),
        (
            ["claims", "--since", "2023", "--by", "nato", "--dates", "event"],
            ["new", "view"],
            EVENT,
        ),
        (["claims", "--until", "2000", "--source", "dated"], ["old"], ""),
        (["search", "view", "--until", "2023"], ["view", "other"], "1 claim has neither date"),
        (["responses", "--since", "2023"], ["view"], ""),
        (["responses", "--until", "2000"], [], ""),
        (
            ["timeline", "--since", "2023"],
            ["new"],
            "1 more claim matches by the date of the statement (--dates said)",
        ),
        (
            ["timeline", "--since", "2023", "--by", "nato", "--dates", "said"],
            ["old"],
            "1 more claim matches by the date of the event (--dates event)",
        ),
    ],
)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_dates_of_events_and_of_statements(
    run: Run, write: Write, words: list[str], ids: list[str], note: str, form: str
) -> None:
    """A claim without a date is dated by its source; whatever dates leave out is counted."""
    folder = str(write(claims=CLAIMS, sources=SOURCES))
    result = run(*words, "--corpus", folder, "--format", form)
    assert result.status == 0
    assert note in result.err
    assert ("filtered by" in result.err) == bool(note)
    if form == "json":
        assert sorted(record["id"] for record in json.loads(result.out)) == sorted(ids)


def test_a_source_that_gets_a_date(run: Run, write: Write) -> None:
    """The date of a source counts as soon as it is there, without a change of its claims."""
    folder = str(write(claims=CLAIMS, sources=SOURCES))
    words = (
        "claims",
        "--corpus",
        folder,
        "--dates",
        "said",
        "--since",
        "2024",
        "--format",
        "json",
    )
    assert json.loads(run(*words).out) == []
    write(claims=CLAIMS, sources=SOURCES.replace("Undated}", "Undated, issued: 2024-01}"))
    assert [record["id"] for record in json.loads(run(*words).out)] == ["new", "lost"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--since", "2024", "--until", "2020"],
            "--since 2024 is later than --until 2020; swap the two",
        ),
        (["--dates", "written"], "--dates: 'written' is not one of event, said"),
    ],
)
def test_dates_used_wrongly(run: Run, write: Write, words: list[str], said: str) -> None:
    """A range that runs backwards, or a date that there is not, is a wrong use."""
    result = run("claims", "--corpus", str(write()), *words)
    assert (result.status, result.out, result.err) == (2, "", f"explore: {said}\n")


def test_a_month_of_a_year_is_a_range(run: Run, write: Write) -> None:
    """A day within the year that ends the range does not run backwards."""
    folder = str(write(claims=CLAIMS, sources=SOURCES))
    words = ("--since", "2023-05", "--until", "2023", "--format", "json")
    found = json.loads(run("claims", "--corpus", folder, *words).out)
    assert [record["id"] for record in found] == ["view", "other"]


def test_a_table_says_which_date_it_shows(run: Run, write: Write) -> None:
    """A date of its own is that of an event whatever the kind; another is when it was said."""
    forecast = "- {id: next, text: Later., kind: cause, by: [nato], source: dated, date: 2030}"
    folder = str(write(claims=f"{CLAIMS}{forecast}\n", sources=SOURCES))
    assert "2030 event" in run("claims", "next", "--corpus", folder).out
    assert "2023-05-01 said" in run("claims", "view", "--corpus", folder).out


def test_the_library_warns(write: Write) -> None:
    """The library gives the same records, and warns of the same."""
    with explore.open(write(claims=CLAIMS, sources=SOURCES)) as corpus:
        for ask in (corpus.claims, lambda **given: corpus.search("view", **given)):
            with pytest.warns(LeftOutWarning, match="neither date|more claim") as seen:
                ask(since="2024")
            assert seen[0].filename == __file__
        with pytest.warns(LeftOutWarning) as seen:
            found = corpus.claims(by="nato", since="2023")
        assert [claim["id"] for claim in found] == ["old", "view"]
        assert str(seen[0].message) == SAID
        with pytest.raises(UsageError, match="swap"):
            corpus.claims(since="2024", until="2020")
