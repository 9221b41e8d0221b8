"""Spark over the Parquet export gives the answers that `explore` gives."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import Run
from indexing import index_of
from reading_tables import write_to

from explore.corpus.files import shipped
from explore.corpus.load import load

Ask = Callable[[str], list[tuple[Any, ...]]]
pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ask]:
    """Give what asks Spark over the exported tables and the views beside them."""
    sql = pytest.importorskip("pyspark.sql")
    if shutil.which("java") is None:
        pytest.skip("java is missing")
    folder = write_to(index_of(load(shipped())), "parquet", tmp_path_factory.mktemp("out") / "p")
    builder = sql.SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    builder = builder.config("spark.sql.shuffle.partitions", "1")
    builder = builder.config("spark.driver.host", "127.0.0.1")
    spark = builder.config("spark.driver.bindAddress", "127.0.0.1").getOrCreate()
    # As docs/tables.md has it.
    spark.conf.set("spark.sql.ansi.enabled", "true")
    spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", "true")
    for file in Path(folder).glob("*.parquet"):
        spark.read.parquet(str(file)).createOrReplaceTempView(file.stem)
    for view in (folder / "views.sql").read_text(encoding="utf-8").split(";\n")[:-1]:
        spark.sql(view)
    yield lambda query: [tuple(row) for row in spark.sql(query).collect()]
    spark.stop()


def read(run: Run, *words: str) -> list[dict[str, Any]]:
    """Give the answer of a command as records."""
    found: list[dict[str, Any]] = json.loads(run(*words, "--format", "json").out)
    return found


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT id FROM claims_about WHERE actor = 'asean' ORDER BY n", "claims --about asean"),
        (
            "SELECT id FROM claims WHERE array_contains(about, 'asean') ORDER BY n",
            "claims --about asean",
        ),
        ("SELECT id FROM disputed_claims ORDER BY n", "claims --disputed"),
        ("SELECT id FROM unanswered_threats ORDER BY n", "responses --unanswered"),
        ("SELECT id FROM events ORDER BY first_day, n", "timeline"),
        ("SELECT id FROM claims_by WHERE actor = 'nato' ORDER BY n", "claims --by nato"),
        (
            "SELECT id FROM events WHERE last_day >= DATE '2022-06-30' ORDER BY first_day, n",
            "timeline --since 2022-06-30",
        ),
    ],
)
def test_same_claims(run: Run, ask: Ask, query: str, words: str) -> None:
    """The claims of a view are those of the command, in its order."""
    found = [row[0] for row in ask(query)]
    assert found == [claim["id"] for claim in read(run, *words.split())]
    assert found


def test_same_topics(run: Run, ask: Ask) -> None:
    """Topics have the same counts, the largest first."""
    found = ask("SELECT topic, claims FROM topics ORDER BY claims DESC, topic")
    assert found == [(row["topic"], row["claims"]) for row in read(run, "topics")]


def test_same_speakers(run: Run, ask: Ask) -> None:
    """Who speaks how often is the same."""
    found = ask("SELECT actor, claims FROM speakers ORDER BY claims DESC, actor")
    said = [row for row in read(run, "stats") if row["count"] == "speaker"]
    assert found == [(row["name"], row["claims"]) for row in said]


def test_same_disputes(run: Run, ask: Ask) -> None:
    """Who disputes what is the same, and both speakers are named."""
    found = {
        (target, claim): (list(by), list(target_by))
        for target, claim, by, target_by in ask(
            'SELECT target, claim, "by", target_by FROM disputes'
        )
    }
    claims = {claim["id"]: claim for claim in read(run, "claims")}
    assert found == {
        (name, other): (claims[other]["by"], claim["by"])
        for name, claim in claims.items()
        for other in claim["disputed_by"]
    }
