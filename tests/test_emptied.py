"""An empty answer says which filters emptied it, and what there is without them."""

import pytest
from conftest import Run, Write

CLAIMS = """\
- {id: one, text: First claim., kind: fact, by: [nato], source: paper, date: 2022}
- {id: two, text: Second claim., kind: value, by: [asean], source: paper, role: threat}
- id: three
  text: Third claim.
  kind: policy
  by: [asean]
  subject: nato
  source: paper
  responds_to: [one]
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["claims", "--kind", "policy", "--by", "nato"], "--kind policy` there is 1, {by} 1"),
        (["claims", "--since", "2030"], "--since 2030` there are 3"),
        (["claims", "--about", "asean", "--about", "nato", "one"], "one` there is 1, {about} 1"),
        (["claims", "--search", "no such"], "--search 'no such'` there are 3"),
        (
            ["claims", "--kind", "fact", "--by", "asean", "--role", "thesis"],
            "--kind fact --role thesis` there are 2, without `--role thesis --by asean` 1",
        ),
        (["claims", "--disputed"], "--disputed` there are 3"),
        (
            [
                "claims",
                "--by",
                "nato",
                "--kind",
                "cause",
                "--role",
                "means",
                "--disputed",
            ],
            "--kind cause --role means --by nato --disputed` there are 3",
        ),
        (["responses", "--by", "asean"], "--by asean` there is 1"),
        (["responses", "--said-by", "nato"], "--said-by nato` there is 1"),
        (["responses", "--unanswered", "--by", "nato"], "--by nato` there is 1"),
        (["timeline", "--by", "asean"], "--by asean` there is 1"),
        (["search", "second", "--by", "nato"], "--by nato` there is 1"),
        (["actors", "--kind", "person"], "--kind person` there are 2"),
        (["actors", "nato", "--kind", "person"], "--kind person` there is 1"),
    ],
)
@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_what_there_is_without_a_filter(
    run: Run, write: Write, words: list[str], said: str, form: str
) -> None:
    """Each filter without which there is something is named, as it is typed."""
    result = run(*words, "--corpus", str(write(claims=CLAIMS)), "--format", form)
    assert result.status == 0
    told = said.format(by="without `--by nato`", about="without `--about asean --about nato`")
    assert " match. Without `" in result.err
    assert f"Without `{told}." in result.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["responses"], "No responses match in"),
        (["responses", "--by", "nato"], "No responses match in"),
        (["responses", "--unanswered", "--by", "nato"], "every threat has a response"),
        (["search", "nothing", "--by", "nato"], "no results for 'nothing'"),
    ],
)
def test_what_no_filter_emptied(run: Run, write: Write, words: list[str], said: str) -> None:
    """Where there is nothing without the filters either, none is blamed."""
    result = run(*words, "--corpus", str(write()))
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith(said)
    assert "ithout" not in result.err
