"""A record is found and linked by an id that it once had."""

import json
from pathlib import Path

import pytest
from conftest import ACTORS, CLAIMS, SOURCES, Run, Write

LINKED = CLAIMS.replace(
    "source: paper}\n- {id: two", "source: paper, former_ids: [first]}\n- {id: two"
)
LINKED = LINKED.replace("supports: [one]", "supports: [{claim: first, note: N}]")


def shown(run: Run, folder: Path, name: str) -> dict[str, object]:
    """Return the one record with a name."""
    result = run("--corpus", str(folder), "show", name, "--format", "json")
    assert result.status == 0, result.err
    (found,) = json.loads(result.out)
    return dict(found)


def test_found_and_linked(run: Run, write: Write) -> None:
    """A former id finds the record, and links and names lead to it."""
    folder = write(
        claims=LINKED.replace("by: [asean]", "by: [association, asean]"),
        actors=ACTORS.replace("kind: org", "former_ids: [association], kind: org"),
        sources=SOURCES.replace("title:", "former_ids: [press], title:"),
    )
    (folder / "claims").mkdir()
    more = "- {id: three, text: T., kind: fact, by: [association], source: press}\n"
    (folder / "claims" / "more.yaml").write_text(more)
    assert shown(run, folder, "first")["id"] == "one"
    assert shown(run, folder, "one")["supported_by"] == ["two"]
    two = shown(run, folder, "two")
    assert two["supports"] == [{"claim": "one", "note": "N"}]
    assert two["by"] == ["asean"]
    assert shown(run, folder, "three")["source"] == "paper"
    words = ("--corpus", str(folder), "claims", "--by", "association", "--format", "csv")
    assert run(*words).out.count("\n") == 3


def test_check_says_where(run: Run, write: Write) -> None:
    """`check` warns where a former id is used, and says what to write."""
    result = run("check", str(write(claims=LINKED)))
    assert result.status == 0
    assert "claims.yaml:2:94: warning: 'first' is now 'one'; write 'one'" in result.out


@pytest.mark.parametrize(
    ("claims", "message"),
    [
        (LINKED.replace("[first]", "[two]"), "former id 'two' is the id of a claim; remove it"),
        (LINKED.replace("[first]", "[nato]"), "former id 'nato' is the id of an actor; remove it"),
        (
            LINKED.replace("supports: [{", "former_ids: [first], supports: [{"),
            "former id 'first' is also a former id of 'one'; keep one",
        ),
        (
            LINKED.replace("former_ids: [first]", "supports: [first], former_ids: [first]"),
            "itself",
        ),
        (
            LINKED.replace("former_ids: [first]", "former_ids: [first], supports: [two]"),
            "circular support: one → two → one",
        ),
        (LINKED.replace("}]}", "}], disputes: [one]}"), "both supports and disputes 'one'"),
        (LINKED.replace("[asean]", "[first]"), "'first' is "),
    ],
)
def test_rules_hold_for_former_ids(run: Run, write: Write, claims: str, message: str) -> None:
    """A former id means one record, and what names it keeps to the rules for all links."""
    folder = write(claims=claims)
    result = run("check", str(folder))
    assert result.status == 1
    assert message in result.out
    assert run("--corpus", str(folder), "claims").status == 1


def test_after_an_edit(run: Run, write: Write) -> None:
    """Links in other files follow a record that gets another id, and miss it without the old."""
    folder = write()
    (folder / "claims").mkdir()
    more = "- {id: three, text: T., kind: fact, by: [nato], source: paper, disputes: [one]}\n"
    (folder / "claims" / "more.yaml").write_text(more)
    assert shown(run, folder, "three")["disputes"] == ["one"]
    claims = folder / "claims.yaml"
    renamed = CLAIMS.replace("id: one,", "id: uno, former_ids: [one],")
    claims.write_text(renamed)
    assert shown(run, folder, "three")["disputes"] == ["uno"]
    assert shown(run, folder, "one")["id"] == "uno"
    (folder / "claims" / "more.yaml").write_text(more.replace("T.", "Edited."))
    assert shown(run, folder, "three")["disputes"] == ["uno"]
    claims.write_text(renamed.replace("former_ids: [one],", ""))
    result = run("--corpus", str(folder), "claims")
    assert result.status == 1
    claims.write_text(CLAIMS)
    assert shown(run, folder, "three")["disputes"] == ["one"]
