"""What `check` says of a curator's slip: once, at its place, and what to type."""

import re
import shutil
from pathlib import Path

import pytest
from conftest import ACTORS, SOURCES, Run, Write

from explore.corpus.files import bundled_corpus
from explore.corpus.starter import __file__ as starter

REST = "  kind: fact\n  by: [nato]\n  source: paper\n  locator: {page: '1'}\n"
FIRST = f"- id: first\n  text: NATO was founded in Washington.\n{REST}"
# The last claim names the broken one, whose id is not told as unknown.
LAST = f"- id: last\n  text: ASEAN met in Jakarta again.\n{REST}  supports: [one]\n"
BEGIN = FIRST.count("\n") + 1


def one(text: str, rest: str = REST) -> str:
    """Return three records, of which the second is written as told."""
    return f"{FIRST}{text}{rest}{LAST}"


# What is typed, the line from the second record's first on and the column, and what is said.
SLIPS = {
    "text that begins with a quotation": (
        '- id: one\n  text: "Freedom" is a word.\n',
        "2:9",
        "put the whole text in single quotes",
    ),
    "apostrophe in single quotes": (
        "- id: one\n  text: 'The car's best.'\n",
        "2:9",
        "put the whole text in double quotes",
    ),
    "both kinds of quotes": (
        "- id: one\n  text: 'The car's \"best\".'\n",
        "2:9",
        'with \\" for each one inside',
    ),
    "brackets first": ("- id: one\n  text: [sic] is said.\n", "2:9", "whole text in quotes"),
    "braces first": ("- id: one\n  text: {x} is said.\n", "2:9", "whole text in quotes"),
    "a space too many": ("- id: one\n   text: T.\n", "2:4", "by 3 spaces, other fields of the re"),
    "a space too many later": ("- id: one\n  text: T.\n   role: thesis\n", "3:4", "remove 1"),
    "a space too few": ("- id: one\n text: T.\n", "2:2", "by 1 space, other fields of the record"),
    "a space too few later": ("- id: one\n  text: T.\n role: thesis\n", "3:2", "add 1"),
    "no indentation": (
        "- id: one\nrole: thesis\n  text: T.\n",
        "2:1",
        "by 0 spaces, other fields",
    ),
    "a text that goes on without": (
        "- id: one\n  text: It\nis so.\n",
        "3:1",
        "indent a continued",
    ),
    "no space after the dash": ("-id: one\n  text: T.\n", "1:1", "write '- id: one'"),
    "indented dash": (" - id: one\n   text: T.\n", "1:2", "remove the spaces before it"),
    "en dash": ("– id: one\n  text: T.\n", "1:1", "'–' is not a hyphen; write '- id: one'"),
    "minus": ("− id: one\n  text: T.\n", "1:1", "'−' is not a hyphen; write '- id: one'"),
    "no-break spaces": ("- id: one\n\xa0\xa0text: T.\n", "2:1", "use plain spaces"),
    "a no-break space": ("- id: one\n \xa0text: T.\n", "2:2", "use plain spaces"),
    "one behind the indentation": ("- id: one\n  \xa0text: T.\n", "2:10", "use plain spaces"),
    "one after the dash": ("-\xa0id: one\n  text: T.\n", "1:1", "write '- id: one'"),
    "one after the colon": ("- id: one\n  text:\xa0T.\n", "2:7", "write 'text: T.'"),
    "no space after the colon": ("- id: one\n  text:T.\n", "2:7", "write 'text: T.'"),
    "no colon": ("- id: one\n  text T.\n", "2:7", "missing ':'; write 'text: …'"),
    "tab": ("- id: one\n\ttext: T.\n", "2:1", "tab in the indentation; use spaces"),
    "tab after the dash": ("-\tid: one\n  text: T.\n", "1:2", "tab after the dash; use a space"),
    "colon in a text": ("- id: one\n  text: NATO: a story.\n", "2:13", "put the text in quotes"),
    "unclosed quote": ('- id: one\n  text: "T.\n', "2:9", "unclosed quotation mark; close it"),
    "unclosed quote and another": (
        '- id: one\n  text: "T.\n  quote: "x y"\n',
        "2:9",
        "unclosed quotation mark; close it",
    ),
    "unclosed bracket": ("- id: one\n  text: T.\n  about: [nato\n", "3:10", "close it with ']'"),
    "unclosed brace": ("- id: one\n  text: T.\n  x: {page: 1\n", "3:6", "close it with '}'"),
    "bracket too many": ("- id: one\n  text: T.\n  about: [nato]]\n", "3:10", "after the closing"),
    "comma": ('- id: one\n  text: T.\n  about: ["nato" "asean"]\n', "3:18", "missing comma"),
    "backslash": ('- id: one\n  text: "C:\\path"\n', "2:12", "write '\\\\'"),
    "forgotten dash": ("  id: one\n  text: T.\n", "1:3", "if a record begins here, write '- id"),
    "forgotten dash, not indented": ("id: one\n  text: T.\n", "1:1", "write '- id: one'"),
    "comment in a bracket": (
        "- id: one\n  text: T.\n  note: [We are #1\n",
        "3:17",
        "a comment begins here",
    ),
    "comment in a text of two lines": (
        "- id: one\n  text: We are #1\n    in the world.\n",
        "2:16",
        "a comment begins here",
    ),
    "merge conflict in a record": (
        "- id: one\n<<<<<<< HEAD\n  text: T.\n=======\n  text: U.\n>>>>>>> other\n",
        "2:1",
        "unresolved merge conflict",
    ),
    "merge conflict with a base": (
        "- id: one\n<<<<<<< HEAD\n  text: T.\n||||||| 12ab\n=======\n  text: U.\n>>>>>>> other\n",
        "2:1",
        "unresolved merge conflict",
    ),
    "a mark of a conflict": (
        "- id: one\n  text: T.\n=======\n",
        "3:1",
        "unresolved merge conflict",
    ),
} | {
    f"text that begins with {first}": (
        f"- id: one\n  text: {first} is said.\n",
        "2:9",
        f"a text cannot begin with '{first[0]}'; put it in quotes",
    )
    for first in ["@nato", "%5", "`x`", "*x*", "* x", "& x", ">", "|", "-", "?", ",", ":", "]"]
}


def told(run: Run, write: Write, claims: str) -> list[str]:
    """Check claims, and give what is said of them as `line:column: severity: message`."""
    folder = write(claims=claims)
    checked = run("check", str(folder))
    assert run("--corpus", str(folder), "claims").status == checked.status
    return [line.removeprefix(f"{folder / 'claims.yaml'}:") for line in checked.out.splitlines()]


@pytest.mark.parametrize(("typed", "where", "said"), SLIPS.values(), ids=SLIPS)
def test_slip(run: Run, write: Write, typed: str, where: str, said: str) -> None:
    """A slip is one error, whatever it makes of the rest of its record and of the file."""
    found = told(run, write, one(typed))
    line, _, column = where.partition(":")
    assert len(found) == 1, found
    assert found[0].startswith(f"{BEGIN + int(line) - 1}:{column}: error: "), found
    assert said in found[0]


def test_conflict_between_records(run: Run, write: Write) -> None:
    """Records on both sides of a conflict are known to the rest of the corpus."""
    mine, other = (f"- id: {name}\n  text: T.\n{REST}" for name in ("mine", "one"))
    claims = f"{FIRST}<<<<<<< HEAD\n{mine}=======\n{other}>>>>>>> other\n{LAST}"
    found = told(run, write, claims)
    assert [line.split(": ")[1] for line in found] == ["error"]
    assert found[0].startswith(f"{BEGIN}:1: error: unresolved merge conflict")


def test_slips_in_many_records(run: Run, write: Write) -> None:
    """Each of several broken records is told once."""
    broken = "".join(f"- id: r{n}\n  text: '{n}' x\n{REST}" for n in range(5))
    found = told(run, write, FIRST + broken + LAST.replace("one", "r3"))
    assert len(found) == 5


def test_no_dash_at_all(run: Run, write: Write) -> None:
    """A file that is one record without its dash is told once."""
    found = told(run, write, FIRST.replace("- id", "id").replace("\n  ", "\n"))
    assert found[0].startswith("1:1: error: expected a list")
    assert "write '- id: first'" in found[0]
    assert len([line for line in found if "error" in line]) == 1


CUT = "a comment begins here, inside what looks like a sentence; put the text in quotes"


@pytest.mark.parametrize(
    ("field", "column"),
    [
        ("text: The car is #1 in freedom.", 20),
        ("text: Ended. #2 follows.", 16),
        ("note: See the item # 4 of the list.", 22),
        ("note: It is the  #1 of all", 20),
        ("quote: we are #1", 17),
        ("text: #1 in the world", 9),
    ],
)
def test_comment_that_cuts(run: Run, write: Write, field: str, column: int) -> None:
    """A comment inside what looks like a sentence is a warning where it begins."""
    rest = REST if field.startswith("text") else f"  text: It is so said.\n{REST}"
    found = told(run, write, one(f"- id: one\n  {field}\n", rest))
    assert f"{BEGIN + 1}:{column}: warning: {CUT}" in found


def test_comments_that_cut_names(run: Run, write: Write) -> None:
    """The same of names and titles, in braces and lists as well."""
    folder = write(
        actors=ACTORS
        + "- id: top\n  name: The #1 club\n  kind: group\n  aliases:\n    - Top #1\n",
        sources=SOURCES + "- {id: other,\n  title: The #MeToo years\n  , type: book}\n",
    )
    found = run("check", str(folder)).out
    assert f"actors.yaml:4:13: warning: {CUT}" in found
    assert f"actors.yaml:7:11: warning: {CUT}" in found
    assert f"sources.yaml:3:14: warning: {CUT}" in found


def test_ordinary_comments(run: Run, write: Write) -> None:
    """A comment that a curator meant as one is no warning."""
    claims = (
        "# The claims #1\n- id: one  #first\n  text: NATO turns to Asia.   # checked\n"
        "  kind: fact #sure\n  role: thesis # main\n"
        "  by: [nato,  #the alliance\n    asean]  # both\n"
        "  source: paper #1\n  locator: {page: '1'}  # of 3\n  date: 2022-06 #or so\n"
        "  note: It was said # by whom\n  topics: # three\n    - asia #1\n    - pacific\n"
        "- id: two\n  text: 'We are #1 of all.'  # quoted\n  quote: turns to Asia  # verbatim\n"
        "  note: >-\n    The #1 of all\n    is #2.\n  kind: fact\n  by: [nato]\n  source: paper\n"
        "  locator: {page: '2'}\n  topics: [asia, pacific]\n"
    )
    actors = ACTORS + "- {id: who, name: WHO, kind: organization}\n"
    folder = write(
        claims=claims, actors=actors.replace("short: NATO", "short: NATO # as printed\n ")
    )
    assert run("check", str(folder)).out == ""


@pytest.mark.parametrize(
    "folder", [bundled_corpus(), Path(starter).parent], ids=["bundled", "starter"]
)
def test_no_false_alarm(run: Run, folder: Path, tmp_path: Path) -> None:
    """The corpora that come along have comments, and none is taken for a cut sentence."""
    shutil.copytree(folder, tmp_path / "corpus")
    assert run("check", str(tmp_path / "corpus")).out.count("a comment begins") == 0


# A list, the entry that is there twice, and how its second place begins.
TWICE = {
    "by": ("by: [nato, nato]", "nato", "nato]"),
    "about": ("about: [asean, nato, asean]", "asean", "asean]"),
    "topics": ("topics: [east, east]", "east", "east]"),
    "supports": ("supports: [first, {claim: first, note: Why.}]", "first", "{claim"),
    "disputes": (
        "disputes: [{claim: first, note: A.}, {claim: first, note: B.}]",
        "first",
        "{claim: first, note: B",
    ),
}


@pytest.mark.parametrize(("field", "entry", "second"), TWICE.values(), ids=TWICE)
def test_listed_twice(run: Run, write: Write, field: str, entry: str, second: str) -> None:
    """An entry that is there before is a warning at the second, and counts once."""
    name = field.partition(":")[0]
    rest = REST if name != "by" else REST.replace("  by: [nato]\n", "")
    claims = one(f"- id: one\n  text: It is so said.\n  {field}\n", rest)
    found = told(run, write, claims)
    (line,) = [line for line in found if "already listed" in line]
    column = field.index(second) + 3
    assert line.startswith(
        f"{BEGIN + 2}:{column}: warning: '{entry}' is already listed in '{name}'"
    )
    folder = write(claims=claims)
    shown = run("--corpus", str(folder), "claims", "one", "--format", "jsonl").out
    assert len(re.findall(rf'"{entry}"', re.findall(rf'"{name}": *(\[.*?\])', shown)[0])) == 1


def test_listed_twice_elsewhere(run: Run, write: Write) -> None:
    """The same of the lists of actors; two authors of a source may have one name."""
    folder = write(
        actors=ACTORS.replace(
            "kind: alliance", "kind: alliance, member_of: [asean, asean]"
        ).replace(
            "kind: organization",
            "kind: organization, aliases: [A, B, A], sources: "
            "[{source: paper}, {source: paper, locator: {page: '1'}}, {source: paper}]",
        ),
        sources=SOURCES.replace("}", ", author: [{literal: X}, {literal: X}]}"),
    )
    found = run("check", str(folder)).out
    for entry, name in (
        ("asean", "member_of"),
        ("A", "aliases"),
        ("paper", "sources"),
    ):
        assert found.count(f"'{entry}' is already listed in '{name}'; remove one") == 1
    assert "already listed in 'author'" not in found


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("by: [North Atlantic Treaty Organization]", "write 'nato'"),
        ("by: [NATO]", "write 'nato'"),
        ("subject: Association of Southeast Asian nations", "write 'asean'"),
        ("about: [asean, ASEAN]", "write 'asean'"),
        ("source: A Paper", "write 'paper'"),
        ("via: A paper", "write 'paper'"),
        ("supports: [NATO was founded in Washington.]", "write 'first'"),
        ("topics: [East Asia, x]", "write 'east-asia'"),
        ("by: nato", "expected a list; write [nato]"),
        ("by: [paper]", "'paper' is a source, not an actor"),
        ("by: [nata]", "unknown actor 'nata'; did you mean 'nato'?"),
        ("by: [seato]", "unknown actor 'seato'; name an actor of this corpus by its id"),
        ("locator: {paragraph: 3–4}", "write 3-4"),
        ("locator: {paragraph: 4-3}", "write 3-4"),
        ("locator: {paragraph: 3-3}", "write 3"),
        ("locator: {paragraph: 3 to 4}", "write 3-4"),
        ("locator: {paragraph: third}", "the number of a paragraph such as 8, or a range"),
        ("locator: {page: ''}", "locator.page: empty"),
        ("text: T\n  colour: red", "unknown field 'colour'; correct its name or remove it"),
        ("text: T\n  topic: red", "unknown field 'topic'; did you mean 'topics'?"),
    ],
)
def test_says_what_to_write(run: Run, write: Write, field: str, said: str) -> None:
    """A name where an id is meant leads to the id; nothing is suggested that is not close."""
    name = field.partition(":")[0]
    fields = dict.fromkeys(["text: It is so said.", *map(str.strip, REST.splitlines())])
    kept = [line for line in fields if not line.startswith(f"{name}:")]
    claims = one(
        "".join(f"  {line}\n" for line in ["id: one", *kept, field]).replace("  ", "- ", 1), ""
    )
    found = [line for line in told(run, write, claims) if "used only once" not in line]
    assert len(found) == 1, found
    assert said in found[0]


def test_range_of_paragraphs(run: Run, write: Write, tmp_path: Path) -> None:
    """Where the number of a paragraph may stand, a range may."""
    claims = one(
        "- id: one\n  text: It is so said.\n", REST.replace("page: '1'", "paragraph: 3-4")
    )
    actors = ACTORS.replace(
        "short: ASEAN", "short: ASEAN, sources: [{source: paper, locator: {paragraph: 10-12}}]"
    )
    folder = write(claims=claims, actors=actors)
    assert run("check", str(folder)).out == ""
    ask = ("--corpus", str(folder))
    assert '"paragraph": "3-4"' in run(*ask, "show", "one", "--format", "json").out
    assert "paras. 3–4" in run(*ask, "show", "one").out
    assert "paragraph 3-4" in run(*ask, "claims", "one", "--format", "csv").out
    assert run(*ask, "export", "csv", "-o", str(tmp_path / "tables")).status == 0
    head, *rows = (tmp_path / "tables" / "claims.csv").read_text().splitlines()
    at = head.split(",").index("locator_paragraph")
    assert head.split(",")[at + 1] == "locator_last_paragraph"
    assert rows[1].split(",")[at : at + 2] == ["3", "4"]
    assert rows[0].split(",")[at : at + 2] == ["", ""]
    cited = (tmp_path / "tables" / "actor_sources.csv").read_text()
    assert ",paragraph 10-12,10,12," in cited
    assert run(*ask, "export", "yaml", "-o", str(tmp_path / "again")).status == 0
    assert "paragraph: 3-4" in (tmp_path / "again" / "claims.yaml").read_text()
    assert run("check", str(tmp_path / "again")).out == ""


def test_range_in_an_audit(run: Run, write: Write, tmp_path: Path) -> None:
    """A quote stands at its place in any paragraph of its range, or across two of them."""
    (tmp_path / "copy.txt").write_text(
        "Head\n\nStand\n\nOne here.\n\nTwo there.\n\nThree then.\n\nFour now.\n"
    )
    quotes = {"a": "Two there", "b": "Three", "c": "there. Three", "d": "One here", "e": "Four"}
    claims = "".join(
        f"- {{id: {name}, text: T {name}, kind: fact, by: [nato], source: paper, "
        f"locator: {{paragraph: 2-3}}, quote: {quote}}}\n"
        for name, quote in quotes.items()
    )
    folder = write(claims=claims)
    words = ("audit", "--text", f"paper={tmp_path / 'copy.txt'}")
    result = run("--corpus", str(folder), *words, "--format", "csv")
    findings = dict(re.findall(r"^(\w),paper,([a-z ]+),2-3", result.out, re.MULTILINE))
    assert findings == dict.fromkeys("abc", "at its place") | dict.fromkeys("de", "elsewhere")
    assert "paper paras. 2–3" in run("--corpus", str(folder), *words).out


def test_range_is_imported(run: Run, tmp_path: Path) -> None:
    """A column of paragraphs takes ranges as they are."""
    table = tmp_path / "t.csv"
    table.write_text(
        "text,kind,by,source,locator.paragraph\nA thing was said.,fact,Nato,Paper,3-4\n"
        "Another was too.,fact,Nato,Paper,5\n"
    )
    result = run("import", str(table), "--into", str(tmp_path / "c"))
    assert result.status == 0, result.err
    shown = run("--corpus", str(tmp_path / "c"), "claims", "--format", "json").out
    assert '"paragraph": "3-4"' in shown
    assert '"paragraph": 5' in shown
