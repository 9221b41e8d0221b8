"""Linked data is read and asked by RDFLib."""

import json
import re
from pathlib import Path

import hostile
from conftest import Run, Write
from hypothesis import HealthCheck, given, settings
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.query import ResultRow
from running import invoke

BASE = "https://example.org/corpus"
SCHEMA = Namespace("https://schema.org/")
OA = Namespace("http://www.w3.org/ns/oa#")
CITO = Namespace("http://purl.org/spar/cito/")
PROV = Namespace("http://www.w3.org/ns/prov#")
QUERY = re.compile(r"```sparql\n(.*?)```", re.DOTALL)


def read(text: str) -> Graph:
    """Read JSON-LD that lies at an address."""
    return Graph().parse(data=text, format="json-ld", publicID=BASE)


def ref(name: str) -> URIRef:
    """Give the address of a record."""
    return URIRef(f"{BASE}#{name}")


def test_shipped_corpus(run: Run) -> None:
    """Every claim is there with its text, speakers, source, quote and links."""
    graph = read(run("export", "jsonld").out)
    claims = json.loads(run("claims", "--format", "json").out)
    assert set(graph.subjects(RDF.type, SCHEMA.Claim)) == {ref(claim["id"]) for claim in claims}
    for claim in claims:
        node = ref(claim["id"])
        assert str(graph.value(node, SCHEMA.text)) == claim["text"]
        speakers = {ref(name) for name in claim["by"]}
        assert set(graph.objects(node, SCHEMA.author)) == speakers
        assert set(graph.objects(node, PROV.wasAttributedTo)) == speakers
        assert set(graph.objects(node, SCHEMA.appearance)) == {ref(claim["source"])}
        assert set(graph.subjects(CITO.disputes, node)) == {
            ref(name) for name in claim["disputed_by"]
        }
        place = graph.value(graph.value(predicate=OA.hasBody, object=node), OA.hasTarget)
        quotes = {
            str(quote)
            for selector in graph.objects(place, OA.hasSelector)
            for quote in graph.objects(selector, OA.exact)
        }
        assert quotes == ({claim["quote"]} if claim["quote"] else set())


def test_query_of_the_readme(run: Run) -> None:
    """The query in the README says what `explore` says."""
    text = Path(__file__).parents[1].joinpath("README.md").read_text("utf-8")
    match = QUERY.search(text)
    assert match
    rows = read(run("export", "jsonld").out).query(match[1], base=BASE)
    found = sorted(
        (str(row[0]).partition("#")[2], str(row[2]).partition("#")[2])
        for row in rows
        if isinstance(row, ResultRow)
    )
    said = {claim["id"]: claim for claim in json.loads(run("claims", "--format", "json").out)}
    asked = run("claims", "--about", "asean", "--disputed", "--format", "json").out
    pairs = {
        (claim["id"], who)
        for claim in json.loads(asked)
        for other in claim["disputed_by"]
        for who in said[other]["by"]
    }
    assert len(pairs) > 2
    assert found == sorted(pairs)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(hostile.ANY_TEXTS)
def test_any_text(tmp_path: Path, texts: list[str]) -> None:
    """Any text comes back as it was."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    graph = read(invoke("--corpus", str(folder), "export", "jsonld").out)
    for number, text in enumerate(texts):
        assert str(graph.value(ref(f"c{number}"), SCHEMA.text)) == text
        assert str(graph.value(ref(f"a{number}"), SCHEMA.name)) == text


def test_ties_and_offices(run: Run, write: Write) -> None:
    """A tie leads to its actor in both forms, and an office says when and where it was held."""
    folder = write(
        "- {id: paris, name: Paris, kind: state}\n"
        "- {id: lima, name: Lima, kind: group}\n"
        "- id: ana\n  name: Ana\n  kind: person\n"
        '  member_of: [paris, {actor: lima, since: "2014"}]\n'
        "  partner_of: [{actor: paris}]\n"
        '  offices: [{title: Mayor, of: lima, since: "2014"}]\n'
        "  former_ids: [anna]\n",
        "- {id: one, text: First., kind: fact, by: [ana], source: paper}\n",
        "- {id: paper, type: report, title: A paper, issued: 2020-03}\n",
    )
    nodes = json.loads(run("--corpus", str(folder), "export", "jsonld").out)["@graph"]
    (ana,) = [node for node in nodes if node["@id"] == "#ana"]
    assert ana["schema:memberOf"] == [{"@id": "#paris"}, {"@id": "#lima"}]
    assert ana["dcterms:relation"] == [{"@id": "#paris"}]
    (office,) = ana["schema:hasOccupation"]
    assert (office["schema:roleName"], office["schema:memberOf"]) == ("Mayor", {"@id": "#lima"})
    assert (office["schema:startDate"], ana["dcterms:replaces"]) == ("2014", ["anna"])
    (claim,) = [node for node in nodes if node["@id"] == "#one"]
    assert claim["schema:datePublished"] == "2020-03"
