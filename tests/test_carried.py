"""What goes out is what is in: formats for programs carry every character of a text."""

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import hostile
import networkx as nx
import pytest
from conftest import Run, Write
from hypothesis import HealthCheck, example, given, settings
from markdown_it import MarkdownIt
from running import invoke
from typer.testing import CliRunner

from explore.cli.app import app
from explore.formats.cells import link_of, place_of, split, unguarded
from explore.model.links import LINKS
from explore.model.records import Record, is_list

JOINERS = Path(__file__).parent / "cases" / "joiners" / "in.csv"
TEXT = "می\u200cخواهم a\tb"
ANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def persian(run: Run, tmp_path: Path) -> str:
    """Return a corpus with a claim in Persian, with a joiner and a tab."""
    folder = str(tmp_path / "persian")
    assert run("import", str(JOINERS), "--into", folder).status == 0
    return folder


def test_joiners_and_tabs(run: Run, persian: str) -> None:
    """They are themselves in every format that holds them, and never letters."""
    words = ("--corpus", persian)
    for form in ("csv", "md"):
        assert TEXT in run(*words, "claims", "--format", form).out
    for form in ("json", "jsonl"):
        assert json.dumps(TEXT, ensure_ascii=False) in run(*words, "claims", "--format", form).out
    for form in ("markdown", "html", "argdown"):
        assert TEXT in run(*words, "export", form).out
    for form in ("jsonld", "jsonl"):
        assert json.dumps(TEXT, ensure_ascii=False) in run(*words, "export", form).out


@pytest.mark.parametrize("form", ["dot", "mermaid", "graphml"])
def test_joiners_and_tabs_in_graphs(run: Run, tmp_path: Path, form: str) -> None:
    """They are themselves in graphs, whose tabs may be written by number."""
    folder = hostile.corpus(tmp_path / "corpus", ["first", TEXT])
    out = run("--corpus", str(folder), "export", form).out
    assert TEXT in out.replace("&#9;", "\t").replace("#9;", "\t")


def written(*words: str) -> str:
    """Return what a command writes, line ends as they are."""
    result = CliRunner().invoke(app, list(words), prog_name="explore", catch_exceptions=False)
    return result.stdout_bytes.decode()


def records(words: Iterable[str], form: str) -> list[Record]:
    """Return the records that a command writes in a format."""
    out = invoke(*words, "--format", form).out
    if form == "json":
        found: list[Record] = json.loads(out)
        return found
    return [json.loads(line) for line in out.split("\n")[:-1]]


def read_back(out: str, *, raw: bool = False) -> list[Record]:
    """Return the claims that CSV has, by the rules of `docs/tables.md`."""
    found = []
    for row in csv.DictReader(io.StringIO(out, newline=""), strict=True):
        record: Record = {}
        for name, cell in row.items():
            text = cell if raw else unguarded(cell)
            value: Any = text or None
            if is_list("claim", name):
                value = [link_of(part) if name in LINKS else part for part in split(text)]
            elif name == "locator" and text:
                value = place_of(text)
                if value and "paragraph" in value:
                    value["paragraph"] = int(value["paragraph"])
            record[name] = value
        found.append(record)
    return found


@pytest.mark.parametrize("raw", [(), ("--raw",)])
def test_csv_of_the_shipped_corpus(raw: tuple[str, ...]) -> None:
    """CSV has every value of every claim, notes of links among them."""
    out = invoke("claims", "--format", "csv", "--limit", "0", *raw).out
    assert read_back(out, raw=bool(raw)) == records(("claims",), "json")


@ANY
@given(hostile.ANY_TEXTS)
@example(hostile.SCRIPTS)
@example(hostile.TEXTS)
def test_any_text(tmp_path: Path, texts: list[str]) -> None:
    """Any text is the same again, read by a library of the format."""
    folder = str(hostile.corpus(tmp_path / "corpus", texts))
    words = ("--corpus", folder, "claims")
    told = records(words, "json")
    assert [claim["text"] for claim in told] == texts
    assert records(words, "jsonl") == told
    assert read_back(written(*words, "--format", "csv")) == told
    assert read_back(written(*words, "--format", "csv", "--raw"), raw=True) == told
    nodes = json.loads(invoke("--corpus", folder, "export", "jsonld").out)["@graph"]
    assert [node["schema:text"] for node in nodes if "schema:text" in node] == texts
    graph = nx.parse_graphml(invoke("--corpus", folder, "export", "graphml").out)
    for name, data in graph.nodes(data=True):
        assert data["text"] == hostile.on_a_page(texts[int(name[1:])], more="")
    tokens = MarkdownIt("commonmark").enable("table").parse(written(*words, "--format", "md"))
    cells = [
        "".join(part.content for part in token.children)
        for token in tokens
        if token.type == "inline" and token.children
    ]
    for text in texts:
        assert hostile.on_a_page(text) in cells


def test_exported_tables(run: Run, tmp_path: Path) -> None:
    """The CSV files of an export have every text, and every list as JSON."""
    folder = str(hostile.corpus(tmp_path / "corpus", [*hostile.SCRIPTS, *hostile.TEXTS]))
    assert run("--corpus", folder, "export", "csv", "-o", str(tmp_path / "out")).status == 0
    with (tmp_path / "out" / "actors.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    texts = [*hostile.SCRIPTS, *hostile.TEXTS]
    assert [unguarded(row["name"]) for row in rows] == texts
    assert [split(unguarded(row["aliases"])) for row in rows] == [[text] for text in texts]
    with (tmp_path / "out" / "claims.csv").open(encoding="utf-8", newline="") as file:
        places = [place_of(unguarded(row["locator"])) for row in csv.DictReader(file, strict=True)]
    assert places == [{"section": text} for text in texts]


def test_items_of_lists_are_harmless(run: Run, write: Write) -> None:
    """An entry of a list is no formula either, wherever a spreadsheet splits."""
    folder = write(
        actors='- {id: a, name: A, kind: state, aliases: [B, "=cmd|calc", "x;@y", "\\t-1", ok]}\n',
        claims="- {id: one, text: x, kind: fact, by: [a], source: paper}\n",
    )
    words = ("--corpus", str(folder), "actors", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(run(*words).out))
    parts = row["aliases"].split(";")
    assert len(parts) == 6
    assert not [part for part in parts if part.startswith(("=", "+", "-", "@", "\t"))]
    aliases = ["B", "=cmd|calc", "x;@y", "\t-1", "ok"]
    assert split(unguarded(row["aliases"])) == aliases
    (row,) = csv.DictReader(io.StringIO(run(*words, "--raw").out))
    assert split(row["aliases"]) == aliases


def test_tsv_has_what_csv_has(write: Write) -> None:
    """Every cell of TSV is that of CSV, lists without quotes, so that cut finds its column."""
    folder = hostile.corpus(write().with_name("hostile"), hostile.TEXTS)
    listing = ("--corpus", str(folder), "claims", "--limit", "0", "--format")
    tables = [
        list(csv.reader(io.StringIO(written(*listing, form), newline=""), delimiter=delimiter))
        for form, delimiter in (("csv", ","), ("tsv", "\t"))
    ]
    assert tables[0] == tables[1]
    assert len(tables[0]) == 1 + len(hostile.TEXTS)


def test_lists_in_tsv_need_no_quotes(run: Run, write: Write) -> None:
    """So cut and grep see the items as they are."""
    folder = write(claims="- {id: one, text: x, kind: fact, by: [nato, asean], source: paper}\n")
    rows = run("--corpus", str(folder), "claims", "--format", "tsv").out.splitlines()
    names, values = (row.split("\t") for row in rows)
    assert values[names.index("by")] == "nato;asean"
