"""Graphs are opened by the programs that they are for."""

import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import hostile
import networkx as nx
import pytest
from conftest import Run
from hypothesis import HealthCheck, given, settings
from running import invoke

from explore.escaping import visible

GRAPHS = ["actors", "argument", "responses"]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
# What programs that draw make something else of, unless they are told not to.
DRAWN = [
    "AT&amp;T &lt;b&gt; &#65; &beta;",
    "fa:fa-car $$x^2$$ \\n",
    "1. first",
    "- item",
    "**b** _i_ ~s~",
]
BARRED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
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


def held(text: str) -> str:
    """Give a text as XML can hold it."""
    return BARRED.sub(lambda found: visible(found[0]), text)


def shown(text: str) -> str:
    """Give a text as a label has it: a line, without the spaces that a drawing moves."""
    return re.sub(r"[\s…]", "", hostile.on_a_page(text)[:160])


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
        assert data["attribution"]


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
    """A picture that cannot show all also shows what disputes and qualifies."""
    found = drawn(run("export", "dot").out)
    kinds = [edge["label"] for edge in found["edges"]]
    assert kinds.count("disputes") >= 5
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


@pytest.mark.parametrize("form", ["dot", "mermaid", "graphml"])
def test_what_is_left_out(run: Run, form: str) -> None:
    """A graph without all actors says how many there are."""
    count = len(json.loads(run("actors", "--format", "json", "--limit", "0").out))
    assert re.search(
        rf"actors, \d+ actors of {count}\b",
        run("export", form, "--of", "actors").out.replace("#58;", ":"),
    )


def test_mermaid_of_other_scripts(tmp_path: Path) -> None:
    """A chart of Chinese texts stays within the limits of sites, too."""
    texts = [f"{number} {'北约转向亚太地区' * 30}" for number in range(80)]
    folder = hostile.corpus(tmp_path / "corpus", texts)
    assert len(exported("mermaid", "--corpus", str(folder))) < 50_000


@NEEDS_DOT
def test_graphviz_draws_texts(tmp_path: Path) -> None:
    """What Graphviz draws is the text, character for character."""
    texts = [*DRAWN, *hostile.TEXTS]
    folder = hostile.corpus(tmp_path / "corpus", texts)
    dot = exported("dot", "--corpus", str(folder))
    done = subprocess.run(["dot", "-Tsvg"], input=dot.encode(), capture_output=True, check=True)
    space = "{http://www.w3.org/2000/svg}"
    found = {}
    for group in ET.fromstring(done.stdout).iter(f"{space}g"):  # noqa: S314 - Graphviz wrote it
        if group.get("class") == "node":
            lines = "".join(line.text or "" for line in group.iter(f"{space}text"))
            found[group.findtext(f"{space}title")] = re.sub(r"\s", "", lines)
    for number, text in enumerate(texts):
        assert found[f"c{number}"].startswith(re.sub(r"\s", "", hostile.on_a_page(text)) + "—")


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is missing")
def test_mermaid_draws_texts(tmp_path: Path, node: Path) -> None:
    """What Mermaid draws in a browser, with its own limits, is the text."""
    texts = [*DRAWN, *hostile.TEXTS]
    folder = hostile.corpus(tmp_path / "corpus", texts)
    charts = [exported("mermaid", "--corpus", str(folder)), exported("mermaid")]
    done = subprocess.run(
        ["node", "draw.mjs", str(CHROMIUM)],
        cwd=node,
        input=json.dumps(charts),
        text=True,
        capture_output=True,
        check=True,
    )
    small, shipped = json.loads(done.stdout)
    for text, label in zip(texts, small["nodes"], strict=True):
        assert re.sub(r"[\s…]", "", label).startswith(shown(text) + "—")
    assert len(shipped["nodes"]) == 60
    assert "Thesis" in shipped["groups"]


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
        for number, text in enumerate(hostile.TEXTS):
            assert graphml.nodes[f"c{number}"]["text"] == held(text)
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
    told = {name: data["text"] for name, data in graph.nodes(data=True)}
    assert told == {name: held(texts[int(name[1:])]) for name in told}


@NEEDS_DOT
@ANY
@given(hostile.ANY_TEXTS)
def test_any_text_in_dot(tmp_path: Path, texts: list[str]) -> None:
    """Any text is DOT that Graphviz reads."""
    folder = hostile.corpus(tmp_path / "corpus", texts)
    found = drawn(exported("dot", "--corpus", str(folder)))
    assert len(found.get("edges", [])) == len(texts) - 1
