"""Every command in every format, as a user meets it."""

import csv
import io
import json
import re
from typing import Any

import pytest
from conftest import Run, Write

from explore.escaping import visible

LISTS = {
    "summary": ["summary"],
    "actors": ["actors"],
    "claims": ["claims", "--about", "asean"],
    "responses": ["responses"],
    "show": ["show", "pivot-is-interference", "asean", "china-watch-2024"],
    "topics": ["topics"],
    "sources": ["sources"],
}
COMMANDS = pytest.mark.parametrize("words", LISTS.values(), ids=LISTS)


def ids(records: list[dict[str, Any]]) -> list[str]:
    """Name each record."""
    return [record.get("id") or record["topic"] for record in records]


@COMMANDS
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_table_fits(
    run: Run, words: list[str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table keeps to the width it is given, has no control codes, and cuts no id."""
    monkeypatch.setenv("COLUMNS", str(width))
    limit = ["--limit", "0"] if words[0] in {"claims", "sources"} else []
    result = run(*words, *limit)
    assert result.status == 0
    assert max(map(len, result.out.splitlines())) <= width
    assert visible(result.out) == result.out
    assert "…" not in result.out.replace("[…]", "")
    if words[0] != "summary":
        for name in ids(json.loads(run(*words, "--format", "json").out)):
            assert name in result.out


@COMMANDS
def test_formats_agree(run: Run, words: list[str]) -> None:
    """JSON, JSON Lines and CSV parse with the standard library and hold the same records."""
    listed = json.loads(run(*words, "--format", "json").out)
    lines = [json.loads(line) for line in run(*words, "--format", "jsonl").out.splitlines()]
    table = list(csv.DictReader(io.StringIO(run(*words, "--format", "csv").out)))
    assert listed
    assert lines == listed
    assert ids(table) == ids(listed)


@COMMANDS
def test_markdown(run: Run, words: list[str]) -> None:
    """Markdown is a table with a rule under its header, or the brief with its headings."""
    lines = run(*words, "--format", "md").out.splitlines()
    if words == ["summary"]:
        assert lines[0].startswith("# ")
        assert "## Thesis" in lines
        assert any("`pivot-is-interference`" in line for line in lines)
    else:
        cells = lines[0].count(" | ")
        assert set(lines[1]) <= set("| -")
        assert all(line.startswith("| ") for line in (lines[0], *lines[2:]))
        assert lines[1].count("---") == cells + 1


@COMMANDS
def test_count_is_no_part_of_the_answer(run: Run, words: list[str]) -> None:
    """How many records there are, and of which corpus, goes to standard error."""
    result = run(*words)
    assert "from NATO's turn to the Asia-Pacific" in result.err
    assert result.err not in result.out
    assert run(*words, "--format", "json").err == ""


def test_overview(run: Run) -> None:
    """Without a command, one screen says what this is, its thesis and where to go next."""
    result = run()
    assert result.status == 0
    assert "Sun Chenghao" in result.out
    assert "explore claims --about" in result.out
    assert len(result.out.splitlines()) <= 24


def test_claim_in_json(run: Run) -> None:
    """A claim has every field, its subject among `about`, and its links both ways."""
    (claim,) = json.loads(run("show", "pivot-threatens-centrality", "--format", "json").out)
    assert claim["about"] == ["nato", "asean"]
    assert claim["locator"] == {"paragraph": 8}
    assert "asean-urges-respect" in claim["answered_by"]
    assert "agenda-setting-threatened" in claim["supported_by"]
    assert "asean-standing-rose" in claim["qualified_by"]
    assert "g7-backs-centrality" in claim["qualified_by"]
    assert claim["disputes"] == []
    assert claim["date"] is None


def test_csv_joins_lists(run: Run) -> None:
    """CSV joins lists by semicolons and writes places in words."""
    (row,) = csv.DictReader(io.StringIO(run("claims", "the-four", "--format", "csv").out))
    assert row["by"] == "sun-chenghao;wang-yinuo"
    assert row["locator"] == "paragraph 3"


def test_unknown_actor(run: Run) -> None:
    """An actor that does not exist is an error; a name close to it is suggested, no other."""
    result = run("claims", "--about", "nowhere")
    assert (result.status, result.out) == (2, "")
    assert "did you mean" not in result.err
    assert "did you mean ASEAN" in run("claims", "--about", "asaen").err


def test_empty_answer(run: Run) -> None:
    """An actor that has nothing to show is an empty answer, said on standard error."""
    words = ("claims", "--about", "asean", "--kind", "policy", "--by", "nato")
    result = run(*words)
    assert (result.status, result.out) == (0, "")
    assert "No claims match" in result.err
    assert json.loads(run(*words, "--format", "json").out) == []
    assert run(*words, "--format", "jsonl").out == ""
    assert run(*words, "--format", "csv").out.startswith("id,text")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "pivot"], "matches more than one record"),
        (["show", "no-such-thing"], "no record is called"),
        (["claims", "--kind", "guess"], "is not one of fact, definition"),
        (["claims", "--topic", "asean-centrallity"], "did you mean asean-centrality"),
        (["claims", "--since", "soon"], "is not a valid date; use 2022"),
        (["claims", "--sort", "mood"], "is not one of order"),
        (["claims", "--limit", "-1"], "not in the range"),
        (["claims", "--corpus", "no-such-folder"], "is not a folder"),
        (["summary", "--source", "nope"], "no source is called"),
        (["clams"], "Did you mean 'claims'"),
    ],
)
def test_wrong_use(run: Run, words: list[str], said: str) -> None:
    """A command used wrongly says what is wrong and exits 2, with nothing on standard output."""
    result = run(*words)
    assert (result.status, result.out) == (2, "")
    assert said in result.err


def test_limit(run: Run, write: Write) -> None:
    """Tables stop at 200 rows and say how to get the rest; other formats go on."""
    form = "- {{id: c{0}, text: Claim {0}., kind: fact, by: [nato], source: paper}}"
    folder = str(write(claims="\n".join(form.format(n) for n in range(230)) + "\n"))
    result = run("claims", "--corpus", folder)
    assert "c199 " in result.out
    assert "c200 " not in result.out
    assert "--limit 0" in result.err
    assert "c229 " in run("--corpus", folder, "claims", "--limit", "0").out
    assert len(run("claims", "--corpus", folder, "--format", "jsonl").out.splitlines()) == 230
    assert len(run("claims", "--corpus", folder, "--limit", "7", "--format", "jsonl").out) > 0


def test_unanswered(run: Run) -> None:
    """`responses --unanswered` lists just the threats that no claim answers."""
    threats = json.loads(run("claims", "--role", "threat", "--format", "json").out)
    found = json.loads(run("responses", "--unanswered", "--format", "json").out)
    assert found
    assert found == [threat for threat in threats if not threat["answered_by"]]


def test_group_header(run: Run) -> None:
    """A group says for whom it stands, and `--members` takes its members in."""
    alone = run("claims", "--about", "ap4", "--format", "jsonl")
    assert "AP4 is a group: Japan, ROK, Australia, NZ" in alone.err
    assert run("claims", "--about", "ap4").out.startswith("AP4 is a group: Japan, ROK")
    widened = run("claims", "--about", "ap4", "--members", "--format", "jsonl")
    assert len(widened.out.splitlines()) > len(alone.out.splitlines())


def test_one_actor_is_a_profile(run: Run) -> None:
    """One actor named is shown with what it says, does, and answers."""
    out = run("actors", "rok").out
    for part in ("Republic of Korea", "member of", "What it says", "How it is said to respond"):
        assert part in out


def test_every_claim_shows_its_author(run: Run) -> None:
    """Who says it is there with every claim, and in the head of every group of responses."""
    assert run("claims", "--limit", "9").out.count("Sun Chenghao") >= 9
    lines = run("responses", "--limit", "0").out.splitlines()
    heads = [line for line in lines if line[:1].strip()]
    assert heads
    for head in heads:
        assert re.search(r": \d+ responses? (in the account of|proposed by) \w", head)


@pytest.mark.parametrize("words", [[], *([name] for name in LISTS)])
def test_help(run: Run, words: list[str]) -> None:
    """`-h` is `--help`, and each help has an example."""
    short, long = run(*words, "-h"), run(*words, "--help")
    assert short == long
    assert short.status == 0
    assert "Example: explore" in short.out or "Examples:\n    explore summary" in short.out


def test_version(run: Run) -> None:
    """`--version` names the program and its version."""
    assert run("--version").out.startswith("explore 0.")


def test_actor_filters(run: Run) -> None:
    """Actors can be asked for by kind, membership and partnership."""

    def found(*words: str) -> list[str]:
        return ids(json.loads(run("actors", *words, "--format", "json").out))

    assert found("--member-of", "ap4") == [
        "japan",
        "republic-of-korea",
        "australia",
        "new-zealand",
    ]
    assert found("--kind", "alliance") == ["nato"]
    assert "china" in found("--partner-of", "asean")
    assert found("rok", "nato") == ["republic-of-korea", "nato"]


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(run: Run, write: Write, text: str) -> None:
    """CSV gives no cell that a spreadsheet runs, unless asked."""
    claims = f'- {{id: one, text: "{text}", kind: fact, by: [nato], source: paper}}\n'
    folder = str(write(claims=claims.replace("\t", "\\t")))
    words = ("--corpus", folder, "claims", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(run(*words).out))
    assert not row["text"].startswith(("=", "+", "-", "@", "\t"))
    (row,) = csv.DictReader(io.StringIO(run(*words, "--raw").out))
    assert row["text"] == text
