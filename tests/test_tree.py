"""`explore tree` hangs an argument from its thesis and always ends."""

import json
from typing import Any

from conftest import Run, Write

CLAIM = "- {{id: {0}, text: Text of {0}., kind: fact, by: [nato], source: paper{1}}}\n"


def lines(run: Run, *words: str) -> list[dict[str, Any]]:
    """Ask for a tree as records."""
    result = run(*words, "--format", "json")
    assert result.status == 0
    found: list[dict[str, Any]] = json.loads(result.out)
    return found


def test_from_the_thesis(run: Run) -> None:
    """Every driver, means, threat and constraint of the article hangs from its thesis."""
    tree = lines(run, "tree")
    assert tree[0]["claim"] == "pivot-is-interference"
    shown = {line["claim"] for line in tree}
    for role in ("driver", "means", "threat", "constraint"):
        claims = json.loads(run("claims", "--role", role, "--format", "json").out)
        assert {claim["id"] for claim in claims} <= shown


def test_depth_and_kind_of_link(run: Run) -> None:
    """`--depth` and `--only` keep to levels and links."""
    assert max(line["depth"] for line in lines(run, "tree", "--depth", "1")) == 1
    only = lines(run, "tree", "--only", "qualifies")
    assert [line["link"] for line in only[:2]] == [None, "qualifies"]
    assert {line["link"] for line in only[1:]} == {"qualifies"}
    assert len(lines(run, "tree", "--depth", "0")) == 1
    assert run("tree", "--only", "likes").status == 2


def test_link_has_a_mark(run: Run) -> None:
    """Links are told apart by a mark, and by color where there is color."""
    out = run("tree", "pivot-threatens-centrality", "--limit", "0").out
    assert "├─ + NATO's conduct weakens" in out
    assert "> ASEAN calls on NATO" in " ".join(out.split())
    assert "− NATO wants" in run("tree", "pivot-is-interference", "--limit", "0").out
    assert "\x1b[32m+" in run("tree", "--color", "always").out


def test_circle_ends(run: Run, write: Write) -> None:
    """A circle of disputes is followed once round."""
    one = CLAIM.format("a", ", disputes: [b]")
    two = CLAIM.format("b", ", disputes: [a]")
    tree = lines(run, "--corpus", str(write(claims=one + two)), "tree", "a")
    assert [(line["claim"], line["again"]) for line in tree] == [
        ("a", False),
        ("b", False),
        ("a", True),
    ]


def test_deep_chain(run: Run, write: Write) -> None:
    """A chain of thousands of claims is shown to its end, and fits the screen."""
    chain = CLAIM.format("c0", "") + "".join(
        CLAIM.format(f"c{n}", f", supports: [c{n - 1}]") for n in range(1, 3000)
    )
    folder = str(write(claims=chain))
    out = run("--corpus", folder, "tree", "c0", "--limit", "0").out
    assert "(level 2999)" in out
    assert max(map(len, out.splitlines())) <= 80
