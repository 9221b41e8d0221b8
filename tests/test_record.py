"""The commands that weigh the record: compare, timeline, stats, sources and citations."""

import json
import re
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from conftest import Run, Write

from explore.model.links import INVERSE


def read(run: Run, *words: str) -> list[dict[str, Any]]:
    """Give the answer of a command as records."""
    found: list[dict[str, Any]] = json.loads(run(*words, "--format", "json").out)
    return found


def test_contrasts_of_the_article_come_first(run: Run) -> None:
    """Paragraphs 9 to 11 are the first three rows, with what each says of itself."""
    rows = read(run, "compare", "nato", "asean")
    topics = [row["topic"] for row in rows]
    assert topics[:3] == ["cooperation-model", "great-power-balance", "agenda-setting"]
    first = rows[0]
    assert "nato-pushes-blocs" in first["said_of_first"]
    assert "asean-targets-no-one" in first["said_of_second"]
    assert "aoip-adopted" in first["second_says_of_itself"]
    out = run("compare", "nato", "asean", "--topic", "cooperation-model").out
    assert "NATO on itself" in out
    assert "ASEAN on itself" in out


def test_compare_without_a_common_topic(run: Run) -> None:
    """Two actors with nothing in common are an empty answer; an unknown one is an error."""
    result = run("compare", "sun-chenghao", "japan")
    assert result.status == 0
    assert "No topics match" in result.err
    assert run("compare", "nato", "nowhere").status == 2


def test_timeline_is_in_order(run: Run) -> None:
    """Events stand by their first day, with the precision that they were written with."""
    dates = [event["date"] for event in read(run, "timeline")]
    assert dates == sorted(dates, key=lambda date: (date + "-01-01")[:10])
    assert {len(date) for date in dates} >= {4, 7, 10}
    assert dates[0] == "1949-04-04"


def test_timeline_marks_the_article(run: Run) -> None:
    """The day of the article stands between what its authors knew and what they could not."""
    out = run("timeline", "--since", "2024-07").out
    before, after = out.split("What follows is later.")
    assert "2024-08-07" in before
    assert "flagship-projects-launched" in before
    assert "rutte-takes-office" in after


def test_timeline_narrows(run: Run) -> None:
    """`--about`, `--since` and `--until` narrow it."""
    events = read(run, "timeline", "--about", "japan", "--since", "2023", "--until", "2023")
    assert {event["date"][:4] for event in events} == {"2023"}
    assert all("japan" in event["about"] for event in events)


def test_later_than_the_article(run: Run) -> None:
    """A fact from after the article is shown as later than it."""
    assert "later than the thesis" in run("show", "timor-leste-joins-asean").out
    out = " ".join(run("show", "de-facto-alliance", "--limit", "0").out.split())
    assert "2024 later than the thesis no-asian-nato-in-sight" in out


def test_stats_add_up(run: Run) -> None:
    """Kinds, roles and sources each count every claim once, and coverage every claim of one."""
    counts = read(run, "stats")
    total = len(read(run, "claims"))
    for count in ("kind", "role", "source"):
        assert sum(row["claims"] for row in counts if row["count"] == count) == total
    coverage = {row["name"]: row["claims"] for row in counts if row["count"] == "coverage"}
    own = {row["name"]: row["claims"] for row in counts if row["count"] == "relation"}
    assert coverage["any"] + coverage["none"] == own["china-watch-2024"]
    assert "█" in run("stats").out


def test_stats_name_what_stands_alone(run: Run) -> None:
    """Every claim of the article with nothing from another source is named."""
    out = run("stats").out
    alone = out[out.index("addressed by no other source") :]
    own = read(run, "claims", "--source", "china-watch-2024")
    others = {claim["id"] for claim in read(run, "claims")} - {claim["id"] for claim in own}
    for claim in own:
        heard = {name for link in INVERSE.values() for name in claim[link]} & others
        assert (f"{claim['id']}" in re.split(r"[,\s()]+", alone)) == (not heard)


def test_stats_of_a_corpus_without_thesis(run: Run, write: Write) -> None:
    """Where there is no thesis, the counts stand alone."""
    claims = "- {id: a, text: A., kind: fact, by: [nato], source: paper}\n"
    result = run("--corpus", str(write(claims=claims)), "stats")
    assert result.status == 0
    assert "Kinds of claims" in result.out
    assert "addressed by no other source" not in result.out


@pytest.mark.parametrize(
    ("claim", "sides"),
    [
        ("pivot-is-interference", {"Disputed", "Qualified", "Supported"}),
        ("pivot-threatens-centrality", {"Qualified", "Supported"}),
    ],
)
def test_card_fits_a_screen(
    run: Run, claim: str, sides: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A main claim fits one screen of 80 columns, with what others say to it at the top."""
    monkeypatch.setenv("COLUMNS", "80")
    lines = run("show", claim).out.splitlines()
    assert len(lines) <= 34
    heads = [line.split()[0] for line in lines[:24] if line[:1].isalpha()]
    assert sides <= set(heads)


def test_card_says_that_nothing_was_found(run: Run) -> None:
    """A claim of the article that no other source addresses says so."""
    assert (
        "No claim from another source is linked to it"
        in run("show", "target-development-model").out
    )


def test_card_tells_systemic_from_systematic(run: Run) -> None:
    """The word in quotation marks is the article's, and the card says what NATO's is."""
    out = " ".join(run("show", "turn-aims-at-china").out.split())
    assert 'The article prints "systematic challenges"' in out
    assert 'NATO\'s own texts of 2021, 2022, 2023 and 2024 say "systemic challenges"' in out


def test_sources_tell_first_and_second_hand(run: Run) -> None:
    """The list says what was read in the original, and where the rest is quoted."""
    out = run("sources", "--limit", "0").out
    assert "Read in the original:" in out
    assert "0 of 3 claims read in the original; the rest quoted in" in out


def test_citations_are_read_by_their_own_libraries(run: Run) -> None:
    """BibTeX, RIS and CSL-JSON parse, and hold source and title."""
    words = ("show", "brussels-says-systemic", "--cite")
    bibtex = parse_string(run(*words, "bibtex").out)
    assert [entry.key for entry in bibtex.entries] == [
        "brussels-communique-2021",
        "brussels-communique-copy",
    ]
    assert not bibtex.failed_blocks
    (first, _) = rispy.loads(run(*words, "ris").out)
    assert first["title"] == "Brussels Summit Communiqué"
    (first, second) = json.loads(run(*words, "csl-json").out)
    assert first["issued"] == {"date-parts": [[2021, 6, 14]]}
    assert second["note"].endswith("left out.")
    assert run(*words, "text").out.startswith("NATO (2021-06-14) Brussels Summit")


def test_whole_names(run: Run, write: Write) -> None:
    """A name keeps its particles and what follows it, in references and in linked data."""
    name = "{given: Jan, non-dropping-particle: van der, family: Berg, suffix: Jr.}"
    folder = write(sources=f"- {{id: paper, type: book, title: A paper, author: [{name}]}}\n")
    words = ("--corpus", str(folder))
    assert "van der Berg Jr., Jan" in run(*words, "show", "paper", "--cite", "text").out
    assert '"Jan van der Berg Jr."' in run(*words, "export", "jsonld").out
