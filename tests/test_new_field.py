"""A new field of a claim is one declaration: every command and export takes it from there."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import ACTORS, Write

from explore.exporting import FORMATS

# Declares fields as a change of `explore/model/records.py` would, then runs commands.
PROGRAM = """\
import json, sys
from typing import Annotated, Literal, NotRequired
from explore.model import actors, records
from explore.model.fields import Field, Id, Text

fields = {
    "region": Annotated[Id, Field("A region.", refers="actor", filter="Claims on this region")],
    "regions": Annotated[list[Id], Field("Regions.", refers="actor", filter="Claims on these")],
    "paper": Annotated[Id, Field("A paper.", refers="source")],
    "older": Annotated[Id, Field("A claim.", refers="claim", filter="Claims newer than this")],
    "code": Annotated[Id, Field("A code that names no record.", filter="Claims with this code")],
    "tone": Annotated[Literal["calm", "loud"], Field("A tone.", filter="Claims in this tone")],
    "seats": Annotated[list[actors.Office], Field("Seats.")],
    "held": Annotated[actors.Tie, Field("A tie.")],
    "number": Annotated[int, Field("A number.")],
    "either": Annotated[Id | actors.Tie, Field("An id or a tie.", refers="actor")],
}
for name, hint in fields.items():
    records.Claim.__annotations__[name] = NotRequired[hint]
records.Claim.__optional_keys__ |= fields.keys()

from running import invoke

done = [invoke(*words) for words in json.load(sys.stdin)]
json.dump([*map(list, done)], sys.stdout)
"""
CLAIMS = """\
- id: one
  text: First claim.
  kind: fact
  by: [nato]
  source: paper
- id: two
  text: Second claim.
  kind: value
  by: [asean]
  source: paper
  region: asean
  regions: [asean, nato]
  paper: paper
  older: one
  code: c-1
  tone: loud
  seats: [{title: Chair, of: nato, since: "2020"}]
  held: {actor: nato, until: "2021"}
  number: 7
  either: {actor: nato, since: "2001"}
"""


def runs(*commands: list[str]) -> list[tuple[int, str, str]]:
    """Run commands of a program that declares more fields, in one process of their own."""
    paths = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps(commands),
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    assert done.returncode == 0, done.stderr
    found: list[tuple[int, str, str]] = [(*result,) for result in json.loads(done.stdout)]
    return found


def test_every_export_has_it(write: Write, tmp_path: Path) -> None:
    """No export needs to be told of a new field, whatever it refers to."""
    corpus = ["--corpus", str(write(ACTORS, CLAIMS))]
    commands = [
        ["export", name, "-o", str(tmp_path / name), *corpus]
        for name in FORMATS
        if name != "parquet"
    ]
    for command, (status, _, err) in zip(commands, runs(*commands), strict=True):
        assert status == 0, (command, err)
    with closing(sqlite3.connect(tmp_path / "sqlite")) as db:
        sql = "SELECT region, regions, paper, older, code, tone, seats, number FROM claims"
        assert db.execute(f"{sql} WHERE id = 'two'").fetchone() == (
            *("asean", '["asean", "nato"]', "paper", "one", "c-1", "loud", '["Chair"]', 7),
        )
        keys = {row[2:5] for row in db.execute("PRAGMA foreign_key_list(claims)")}
        assert {
            ("actors", "region", "id"),
            ("sources", "paper", "id"),
            ("claims", "older", "id"),
        } <= keys
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert "region: asean" in (tmp_path / "yaml" / "claims.yaml").read_text(encoding="utf-8")
    assert '"region": "asean"' in (tmp_path / "jsonl").read_text(encoding="utf-8")
    assert ",region," in (tmp_path / "csv" / "claims.csv").read_text(encoding="utf-8")


def test_parquet_has_it(write: Write, tmp_path: Path) -> None:
    """Parquet takes a new field as the other tables do."""
    parquet = pytest.importorskip("pyarrow.parquet")
    corpus = ["--corpus", str(write(ACTORS, CLAIMS))]
    ((status, _, err),) = runs(["export", "parquet", "-o", str(tmp_path / "p"), *corpus])
    assert status == 0, err
    table = parquet.read_table(tmp_path / "p" / "claims.parquet")
    assert table["regions"].to_pylist() == [None, ["asean", "nato"]]


def test_every_command_has_it(write: Write) -> None:
    """Listings show it, its filters find by it, and `check` knows what it refers to."""
    folder = write(ACTORS, CLAIMS)
    corpus = ["--corpus", str(folder)]
    filters = [
        ["--region", "ASEAN"],
        ["--regions", "nato"],
        ["--older", "one"],
        ["--code", "c-1"],
        ["--tone", "loud"],
    ]
    listed, table, checked, shown, *filtered = runs(
        ["claims", "--format", "json", *corpus],
        ["claims", "--format", "csv", *corpus],
        ["check", str(folder)],
        ["show", "two", *corpus],
        *(["claims", *words, "--format", "json", *corpus] for words in filters),
    )
    one, two = json.loads(listed[1])
    assert (one["region"], one["regions"]) == (None, [])
    assert (two["region"], two["regions"], two["number"]) == ("asean", ["asean", "nato"], 7)
    header, _, row = table[1].splitlines()
    assert ",region,regions," in header
    assert ',asean,"asean;nato",' in row
    assert (checked[0], shown[0]) == (0, 0), checked
    for words, (status, out, err) in zip(filters, filtered, strict=True):
        assert status == 0, (words, err)
        assert [claim["id"] for claim in json.loads(out)] == ["two"]
    claims = CLAIMS.replace("region: asean", "region: atlantis").replace("older: one", "older: on")
    (wrong,) = runs(["check", str(write(ACTORS, claims))])
    assert wrong[0] == 1
    assert "atlantis" in wrong[1] + wrong[2]
