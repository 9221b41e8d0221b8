"""A corpus of one's own begins with `explore init` and is written with an editor's help."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from conftest import Run

from explore.corpus.files import info_path, paths, shipped
from explore.model.json_schema import PARTS, schema


class EditorLoader(yaml.SafeLoader):
    """Types plain scalars as editors do, by the core schema of YAML 1.2."""


EditorLoader.yaml_implicit_resolvers = {}
CORE = {
    "tag:yaml.org,2002:bool": (r"true|True|TRUE|false|False|FALSE", "tTfF"),
    "tag:yaml.org,2002:int": (r"[-+]?[0-9]+", "-+0123456789"),
    "tag:yaml.org,2002:float": (r"[-+]?[0-9]+\.[0-9]*", "-+0123456789"),
    "tag:yaml.org,2002:null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
}
for tag, (pattern, first) in CORE.items():
    EditorLoader.add_implicit_resolver(tag, re.compile(f"^(?:{pattern})$"), list(first))


def files(folder: Path) -> list[tuple[Any, Path]]:
    """Give the files of a corpus, each with the part that it is."""
    found = [(f"{kind}s", path) for kind, group in paths(folder).items() for path in group]
    info = info_path(folder)
    return [*found, ("corpus", info)] if info else found


@pytest.mark.parametrize("part", PARTS)
def test_schema_is_one(run: Run, part: str) -> None:
    """Each schema is a schema, and each field in it is described."""
    found = json.loads(run("schema", part).out)
    jsonschema.Draft202012Validator.check_schema(found)
    fields = (found["items"] if part != "corpus" else found)["properties"]
    for field in fields.values():
        assert field["description"]
        assert field.keys() & {"examples", "enum", "items", "properties"}


def test_schema_of_all(run: Run) -> None:
    """Without a name it has every record type."""
    found = json.loads(run("schema").out)
    jsonschema.Draft202012Validator.check_schema(found)
    assert list(found["$defs"]) == ["actor", "claim", "source", "corpus"]
    assert run("schema", "nothing").status == 2


@pytest.mark.parametrize(("part", "path"), files(shipped()), ids=lambda value: Path(value).name)
def test_shipped_corpus_fits(part: Any, path: Path) -> None:
    """The corpus that ships fits the schemas, typed as an editor types it."""
    data = yaml.load(path.read_text("utf-8"), Loader=EditorLoader)  # noqa: S506 - a SafeLoader
    jsonschema.Draft202012Validator(schema(part)).validate(data)


@pytest.mark.parametrize(
    ("part", "record"),
    [
        ("claims", {"id": "a", "text": "T", "kind": "guess", "by": ["b"], "source": "s"}),
        ("claims", {"id": "a", "text": "T", "kind": "fact", "by": [], "source": "s"}),
        ("claims", {"id": "A!", "text": "T", "kind": "fact", "by": ["b"], "source": "s"}),
        ("actors", {"id": "a", "name": "N", "kind": "state", "knd": "x"}),
        ("sources", {"id": "a", "title": "T"}),
    ],
)
def test_schema_refuses(part: Any, record: dict[str, Any]) -> None:
    """What `check` calls an error does not fit the schema."""
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema(part)).validate([record])


def test_init(run: Run, tmp_path: Path) -> None:
    """What `init` makes passes `check --strict`, answers, and tells editors its schema."""
    folder = tmp_path / "mine"
    result = run("init", str(folder))
    assert result.status == 0
    checked = run("check", str(folder), "--strict")
    assert (checked.status, checked.out) == (0, "")
    assert json.loads(run("--corpus", str(folder), "claims", "--format", "json").out)
    for part, path in files(folder):
        line = path.read_text("utf-8").split("\n")[0]
        mark, _, where = line.partition("$schema=")
        assert mark == "# yaml-language-server: "
        found = json.loads((folder / where).read_text("utf-8"))
        assert found == schema(part)


def test_init_keeps_what_is_there(run: Run, tmp_path: Path) -> None:
    """No file is ever written over."""
    (tmp_path / "claims.yaml").write_text("mine")
    result = run("init", str(tmp_path))
    assert f"exists {tmp_path / 'claims.yaml'}\n" in result.out
    assert (tmp_path / "claims.yaml").read_text() == "mine"
    assert "created" not in run("init", str(tmp_path)).out


def test_init_where_nothing_can_be_made(run: Run, tmp_path: Path) -> None:
    """A folder that cannot be made is one line."""
    (tmp_path / "file").write_text("")
    result = run("init", str(tmp_path / "file" / "corpus"))
    assert result.status == 1
    assert len(result.err.splitlines()) == 1
