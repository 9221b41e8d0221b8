"""Graphs are opened by the programs that they are for."""

import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import hostile
import networkx as nx
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from running import invoke

GRAPHS = ["actors", "argument", "responses"]
NEEDS_DOT = pytest.mark.skipif(shutil.which("dot") is None, reason="Graphviz is missing")
ANY = settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def exported(form: str, *words: str) -> str:
    """Give an export as text."""
    result = invoke(*words, "export", form)
    assert result.status == 0, result.err
    return result.out


def drawn(text: str) -> dict[str, Any]:
    """Give what Graphviz understood of a graph."""
    done = subprocess.run(
        ["dot", "-Tdot_json"], input=text.encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def labels(found: dict[str, Any]) -> dict[str, str]:
    """Give the text of each node, its lines put together."""
    nodes = [node for node in found["objects"] if not node["name"].startswith("cluster")]
    return {node["name"]: node["label"].replace("\\l", " ") for node in nodes}


def parsed(node: Path, texts: list[str]) -> list[dict[str, Any]]:
    """Give what Mermaid's parser understood of texts."""
    done = subprocess.run(
        ["node", "mermaid.mjs"],
        cwd=node,
        input=json.dumps(texts),
        text=True,
        capture_output=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def decoded(label: str) -> str:
    """Give a label with Mermaid's marks for characters by number as these."""
    return re.sub("ﬂ°°(\\d+)¶ß", lambda found: chr(int(found[1])), label)


@pytest.mark.parametrize("of", GRAPHS)
def test_networkx(run: Run, of: str) -> None:
    """NetworkX reads GraphML: all nodes and edges of the corpus."""
    result = run("export", "graphml", "--of", of)
    graph = nx.read_graphml(io.BytesIO(result.out.encode()), force_multigraph=True)
    assert graph.is_directed()
    if of == "actors":
        actors = json.loads(run("actors", "--format", "json").out)
        ties = {(a["id"], b) for a in actors for b in a["member_of"] + a["partner_of"]}
        assert ties <= set(graph.edges())
        return
    claims = json.loads(run("claims", "--format", "json").out)
    kinds = ["responds_to"]
    if of == "argument":
        kinds += ["supports", "disputes", "qualifies", "background_to"]
    links = sorted(
        (claim["id"], link if isinstance(link, str) else link["claim"], kind)
        for claim in claims
        for kind in kinds
        for link in claim[kind]
    )
    assert sorted((a, b, data["kind"]) for a, b, data in graph.edges(data=True)) == links
    texts = {claim["id"]: claim["text"] for claim in claims}
    for name, data in graph.nodes(data=True):
        assert data["text"] == texts[name]
        assert data["told"]


@NEEDS_DOT
@pytest.mark.parametrize("of", GRAPHS)
def test_graphviz(run: Run, of: str) -> None:
    """Graphviz draws DOT, with who says each claim, in groups."""
    found = drawn(run("export", "dot", "--of", of).out)
    assert 10 < len(labels(found)) <= 60
    assert all(" — " in label for label in labels(found).values())
    assert any(node["name"].startswith("cluster") for node in found["objects"])
    assert {edge["label"] for edge in found["edges"]}


@NEEDS_DOT
def test_no_side_alone(run: Run) -> None:
    """A picture that cannot show all shows what disputes and limits, too."""
    found = drawn(run("export", "dot").out)
    kinds = [edge["label"] for edge in found["edges"]]
    assert kinds.count("disputes") >= 10
    assert kinds.count("qualifies") >= 10
    whole = drawn(run("export", "dot", "--limit", "0").out)
    assert len(labels(whole)) > 400


def test_mermaid(run: Run, node: Path) -> None:
    """Mermaid's own parser accepts each chart, which stays within the limits of sites."""
    texts = [run("export", "mermaid", "--of", of).out for of in GRAPHS]
    for of, text, found in zip(GRAPHS, texts, parsed(node, texts), strict=True):
        assert "error" not in found, found
        assert len(text) < 50_000
        assert len(found["edges"]) < 500
        graph = nx.parse_graphml(run("export", "graphml", "--of", of, "--limit", "60").out)
        assert len(found["nodes"]) == len(graph.nodes)


@NEEDS_DOT
@pytest.mark.parametrize("of", ["actors", "argument"])
def test_hostile_texts(tmp_path: Path, node: Path, of: str) -> None:
    """Texts that a format could take for its own arrive as text."""
    folder = hostile.corpus(tmp_path / "corpus", hostile.TEXTS)
    words = ("--corpus", str(folder))
    count = len(hostile.TEXTS)
    dot = drawn(invoke(*words, "export", "dot", "--of", of).out)
    (mermaid,) = parsed(node, [invoke(*words, "export", "mermaid", "--of", of).out])
    graphml = nx.parse_graphml(invoke(*words, "export", "graphml", "--of", of).out)
    assert len(labels(dot)) == len(mermaid["nodes"]) == len(graphml.nodes) == count
    if of == "argument":
        assert len(dot["edges"]) == len(mermaid["edges"]) == len(graphml.edges) == count - 1
        assert 'end "]; } --> n1["x"]' in graphml.nodes["c10"]["text"]
        assert 'end \\"]; } --> n1[\\"x\\"]' in labels(dot)["c10"] or (
            'end "]; } --> n1["x"]' in labels(dot)["c10"]
        )
        assert any('end "]; } --> n1["x"]' in decoded(label) for label in mermaid["nodes"])
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e]", json.dumps(dot, ensure_ascii=False))


@ANY
@given(hostile.ANY_TEXTS)
def test_any_text_in_graphml(tmp_path: Path, texts: list[str]) -> None:
    """Any text is well-formed GraphML, with as many nodes as there are claims that are linked."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    graph = nx.parse_graphml(exported("graphml", "--corpus", str(folder)))
    assert len(graph.edges) == len(texts) - 1


@NEEDS_DOT
@ANY
@given(hostile.ANY_TEXTS)
def test_any_text_in_dot(tmp_path: Path, texts: list[str]) -> None:
    """Any text is DOT that Graphviz reads."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    found = drawn(exported("dot", "--corpus", str(folder)))
    assert len(found.get("edges", [])) == len(texts) - 1
