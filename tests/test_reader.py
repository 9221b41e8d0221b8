"""A faulty corpus is told with file, line and column, and never with a traceback."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ACTORS, CLAIMS, Run, Write
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from explore.corpus.events import values_of
from explore.corpus.load import load
from explore.corpus.problems import YamlError
from explore.errors import CorpusError

ONE = "- {id: one, text: T, kind: fact, by: [nato], source: paper"

FAULTS = {
    "anchor": ("- &x {id: one}\n", "1:3", "anchors (&x)"),
    "alias": ("- *x\n", "1:3", "alias"),
    "tag": ("- !!python/object:os.system {id: one}\n", "1:3", "tags"),
    "merge key": ("- id: one\n  <<: {a: b}\n", "2:3", "merge keys"),
    "duplicate key": ("- id: one\n  kind: fact\n  id: two\n", "3:3", "duplicate field 'id'"),
    "two documents": ("- {id: one}\n---\n- {id: two}\n", "2:1", "second document"),
    "tab": ("- id: one\n\ttext: T\n", "2:1", "tab"),
    "empty": ("# nothing yet\n", "1:1", "write [] for"),
    "mapping": ("id: one\n", "1:1", "expected a list"),
    "scalar item": ("- one\n", "1:3", "expected a record"),
    "key that is a list": ("- [a]: b\n", "1:3", "field names must be plain"),
    "unclosed": ("- {id: one\n", "1:3", "unclosed '{'"),
    "deep": ("- " + "[" * 100 + "\n", "1:67", "nested more than 64"),
    "NUL": ("- {id: \0}\n", "1:8", "character \\x00"),
    "unknown field": (ONE + ", suports: [one]}\n", "1:70", "did you mean 'supports'"),
    "missing field": (
        "- {id: one, text: T, kind: fact, by: [nato]}\n",
        "1:3",
        "missing field 'source'",
    ),
    "wrong kind": (ONE.replace("fact", "guess") + "}\n", "1:28", "'guess' is not one of"),
    "wrong type": (ONE.replace("[nato]", "nato") + "}\n", "1:38", "expected a list"),
    "empty list": (ONE.replace("[nato]", "[]") + "}\n", "1:38", "a list that is not empty"),
    "empty text": (ONE.replace("text: T", "text: ''") + "}\n", "1:19", "empty; add text"),
    "no number": (
        ONE + ", locator: {paragraph: six}}\n",
        "1:82",
        "locator.paragraph: expected the number of a paragraph",
    ),
    "bad id": (ONE.replace("id: one", "id: One!") + "}\n", "1:8", "'One!' is not a valid id"),
    "bad date": (ONE + ", date: 2022-02-30}\n", "1:67", "'2022-02-30' is not a date"),
    "unknown actor": (ONE.replace("nato", "nata") + "}\n", "1:39", "did you mean 'nato'"),
    "unknown claim": (ONE + ", supports: [two]}\n", "1:72", "unknown claim 'two'"),
    "itself": (ONE + ", supports: [one]}\n", "1:72", "links to itself"),
    "taken id": (ONE.replace("one", "nato") + "}\n", "1:8", "already used by an actor"),
    "circle": (
        ONE + ", supports: [two]}\n" + ONE.replace("one", "two") + ", supports: [one]}\n",
        "2:71",
        "support: one → two → one",
    ),
    "both ways": (
        ONE + "}\n" + ONE.replace("one", "two") + ", supports: [one], disputes: [one]}\n",
        "2:89",
        "both supports and disputes",
    ),
}


def test_hostile_depth(run: Run, write: Write) -> None:
    """A hundred thousand levels are told the same, by whichever libyaml is there."""
    result = run("check", str(write(claims="- " + "[" * 100_000 + "\n")))
    assert result.status == 1
    assert "error: nested more than 64 levels deep" in result.out
    assert result.out.count("error:") == 1


@pytest.mark.parametrize(("claims", "where", "said"), FAULTS.values(), ids=FAULTS)
def test_fault(run: Run, write: Write, claims: str, where: str, said: str) -> None:
    """Each fault is a line of `check`, `file:line:column: error: …`, and exit status 1."""
    folder = write(claims=claims)
    result = run("check", str(folder))
    assert result.status == 1
    told = [line for line in result.out.splitlines() if f"claims.yaml:{where}: error: " in line]
    assert told, result.out[:2000] + result.err[:500]
    assert said in told[-1]
    asked = run("--corpus", str(folder), "claims")
    assert (asked.status, asked.out) == (1, "")
    assert f"; run 'explore check {folder}' to list " in asked.err


def test_every_problem_in_one_run(write: Write) -> None:
    """Problems of all files come together, each at its place."""
    folder = write(actors=ACTORS + "- {id: x}\n- {name: y, knd: z}\n", claims="- {}\n")
    with pytest.raises(CorpusError) as error:
        load(folder)
    assert len(error.value.problems) == 2 + 3 + 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("- {id: a}".encode("utf-16"), "UTF-16"),
        ("- {id: a}".encode("utf-16-le"), "UTF-16"),
        ("- {id: a}".encode("utf-16-be"), "UTF-16"),
        (b"- {id: a,\n text: \xff}\n", ":2:8: error: not UTF-8"),
    ],
)
def test_encoding(write: Write, data: bytes, said: str) -> None:
    """Another encoding is named, with the place of the first byte that does not fit."""
    folder = write()
    (folder / "claims.yaml").write_bytes(data)
    with pytest.raises(CorpusError) as error:
        load(folder)
    assert said in error.value.problems[0] + error.value.problems[-1]


@pytest.mark.parametrize(
    "text", ["no", "1.10", "12:30", "2024-07-11", "~", "0o17", "1_000", "null"]
)
def test_scalars_stay_text(write: Write, text: str) -> None:
    """What a curator types is what the record says."""
    folder = write(claims=ONE.replace("text: T", f"text: {text}") + "}\n")
    assert load(folder).records["claim"][0]["text"] == text


def test_bom_and_crlf(write: Write) -> None:
    """A mark at the start and line ends of another system change nothing."""
    folder = write()
    (folder / "claims.yaml").write_bytes(b"\xef\xbb\xbf" + CLAIMS.replace("\n", "\r\n").encode())
    assert [claim["id"] for claim in load(folder).records["claim"]] == ["one", "two"]


def test_folder_of_files(write: Write) -> None:
    """A folder `claims/` serves beside `claims.yaml`, its files in the order of their names."""
    folder = write()
    (folder / "claims").mkdir()
    for name in ("b", "a"):
        text = ONE.replace("one", f"from-{name}") + "}\n"
        (folder / "claims" / f"{name}.yaml").write_text(text, encoding="utf-8")
    ids = [claim["id"] for claim in load(folder).records["claim"]]
    assert ids == ["one", "two", "from-a", "from-b"]


PIECES = [
    *("- id: a\n", "  text: Some words.\n", "  by: [a, b]\n", "  locator: {paragraph: 8}\n"),
    *("- ", "  ", "\n", "# remark\n", "    more words\n", "  text: 'quoted'\n", "  a-b: c\n"),
    *('  text: "two\n\n  lines"\n', "  text: |\n    block\n  - x\n", "  text: >-\n    folded\n"),
    *("  a: b: c\n", "  a: b #c\n", "  a:\n", "  id: twice\n", "- plain\n", "---\n", "...\n"),
    *("  by: [a,\n  b]\n", "\t", "&x", "*x", "!t ", "\r\n", "  text: caf\u00e9\n", "\ufeff"),
    *("  text: a\u2028b\n", "  text: a\u0085b\n", "  <<: a\n", "  a: 'it''s'\n", "  [a]: b\n"),
    *("  m: {a: b, a: c}\n", "  m: [{a: b, c: d}, {a: e}]\n", "    - {a: b, c: {d: e}}\n"),
    *("  a: no\n", "  a: 1.10\n", "  date: 2024-07-11\n", "  at: 12:30\n", "  a: ~\n", "'", '"'),
]


def texts_of(value: Any) -> Any:
    """Return a value as the reader gives it, composed from the nodes of PyYAML."""
    if isinstance(value, yaml.ScalarNode):
        return value.value
    if isinstance(value, yaml.SequenceNode):
        return [texts_of(entry) for entry in value.value]
    return {key.value: texts_of(entry) for key, entry in value.value}


@settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map("".join))
def test_values_are_those_of_yaml(tmp_path: Path, text: str) -> None:
    """Whatever is not refused is read as PyYAML composes it, with every scalar as its text."""
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        found = list(values_of(path))
    except YamlError:
        # `check` says why; that it says it rightly is tested above.
        return
    assert found == texts_of(yaml.compose(path.read_bytes(), yaml.CSafeLoader))
