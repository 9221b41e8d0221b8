"""The quick way through plain YAML gives what the parser gives, whatever the file."""

import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from explore.corpus.events import values_of
from explore.corpus.files import paths, shipped
from explore.corpus.problems import YamlError
from explore.corpus.quick import entries, values

PIECES = [
    *("- id: a\n", "  text: Some words.\n", "  by: [a, b]\n", "  locator: {paragraph: 8}\n"),
    *("- ", "  ", "\n", "# remark\n", "  # remark\n", "    more words\n", "  text: 'quoted'\n"),
    *('  text: "two\n\n  lines"\n', "  text: |\n    block\n  - x\n", "  text: >-\n    folded\n"),
    *("  a: b: c\n", "  a: b #c\n", "  a: b#c\n", "  a: b:c\n", "  a:\n", "  a: \n", "  a: b \n"),
    *("  id: twice\n", "- [a, b]\n", "- plain\n", "---\n", "...\n", "  by: [a,\n  b]\n", "\t"),
    *("  by: []\n", "  by: [a, ]\n", "  m: {a: b, c: d}\n", "  m: {a: b c}\n", "&x", "*x", "!t "),
    *(
        "\r\n",
        "  text: caf\u00e9\n",
        "  text: a\u2028b\n",
        "  text: a\u0085b\n",
        "\ufeff",
        "  <<: a\n",
    ),
    *("  a: 'b: c'\n", '  a: "b # c"\n', '  a: "b\\tc"\n', "  a: 'it''s'\n", "  a: ''\n"),
    *("  m: {a: b, a: c}\n", "  m: [{a: b, c: d}, {a: e}]\n", "  m: {a: b's, c: d-e}\n"),
    *("  by: [a b, c's]\n", "  a-b: c\n", "  URL: http://x.y/z?a=b#c\n", "  m: {a: 'b'}\n"),
    *("  by:\n", "    - a\n", "    - {a: b, c: {d: 'e, f'}}\n", "    - 'it''s'\n", "    - a: b\n"),
    *("  by: ['a, b', c]\n", "  m: {a: {b: c}, d: 'e}'}\n", "    words\n", "  text: 北约 #x\n"),
    *("  text: >-\n    a - b: c\n    d\n", "\n    e\n", "  text: >\n", "     f\n", "    g \n"),
    *(
        "- {id: a, by: [b, 'c, d'], m: {x: y}, URL: z}\n",
        "- {a: b, a: c}\n",
        "- {a: b} \n",
        "- {}\n",
    ),
    *("  text: a\n- ", "'", '"', "  a: no\n", "  a: 1.10\n", "  date: 2024-07-11\n", "  A: b\n"),
]


def read(reader: Callable[[Path], Iterable[Any]], path: Path) -> object:
    """Read a file, or give the error that reading it ends in."""
    try:
        return list(reader(path))
    except YamlError as error:
        return (error.mark, error.message)


@settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=12).map("".join))
@example('- id: a\n  text: "one\n- two"\n')
@example("- id: a\n  text: one\n\n  two: b\n")
@example("- id: a\n  text: one\n  more words\n- id: b\n")
def test_same_as_the_parser(tmp_path: Path, text: str) -> None:
    """Any text of pieces that matter to YAML gives the same values or the same error."""
    path = tmp_path / "file.yaml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    assert read(values, path) == read(values_of, path)


@settings(
    max_examples=800, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(*[st.lists(st.sampled_from(PIECES), max_size=8)] * 3)
def test_what_is_passed_over_is_the_same(
    tmp_path: Path, before: list[str], after: list[str], end: list[str]
) -> None:
    """Records passed over as known, and those that are read, are those of the file as it is."""
    path = tmp_path / "file.yaml"
    path.write_text("".join(before + end))
    try:
        first = list(entries(path, {}))
    except YamlError:
        first = []
    path.write_text("".join(after + end))
    known: dict[int, int] = {place: checksum for place, checksum, _ in first if checksum}
    values_by_place = {place: value for place, _, value in first}

    def put_together(path: Path) -> list[Any]:
        read = {place: value for place, _, value in entries(path, known)}
        same = values_by_place.keys() - known.keys() - read.keys()
        whole = read | {place: values_by_place[place] for place in same}
        return [whole[place] for place in sorted(whole)]

    for place in values_by_place.keys() - known.keys():
        del values_by_place[place]
    assert read(put_together, path) == read(values_of, path)


RECORDS = [
    "- " + record
    for group in paths(shipped()).values()
    for path in group
    for record in path.read_text("utf-8").split("\n- ")[1:]
]


@settings(
    max_examples=1500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.sampled_from(RECORDS),
    st.lists(
        st.tuples(
            st.floats(0, 1), st.integers(0, 2), st.sampled_from(" \n:,-#'\"[]{}>|&*!\t\r\u0085ax")
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_mutated_records(tmp_path: Path, text: str, edits: list[tuple[float, int, str]]) -> None:
    """A shipped record with a few characters changed is read alike both ways."""
    for where, cut, put in edits:
        at = int(where * len(text))
        text = text[:at] + put + text[at + cut :]
    path = tmp_path / "file.yaml"
    path.write_bytes((text + "\n- id: last\n").encode())
    assert read(values, path) == read(values_of, path)


def test_known_records_are_not_read(tmp_path: Path) -> None:
    """Of a file that was edited, the records whose text is as it was are passed over."""
    path = tmp_path / "file.yaml"
    path.write_text("- id: a\n# odd one\n- id: b\n  text: |\n    b\n- id: c\n- id: x\n")
    first = list(entries(path, {}))
    assert [value for *_, value in first] == list(values_of(path))
    known = {place: checksum for place, checksum, _ in first}
    assert 0 not in known.values()
    path.write_text("- id: a\n# odd two\n- id: b\n  text: |\n    b\n- id: d\n")
    found = [(place, value) for place, _, value in entries(path, known)]
    assert found == [(0, {"id": "a"}), (2, {"id": "d"})]
    assert list(known) == [0, 2, 3]


def test_known_records_before_a_fault(tmp_path: Path) -> None:
    """A file that the parser must read whole goes on where the known records end."""
    path = tmp_path / "file.yaml"
    path.write_text("- id: a\n- id: b\n")
    known = {place: checksum for place, checksum, _ in entries(path, {})}
    path.write_text("- id: a\n- id: b\n- id: 'c\n- '\n- id: d\n")
    assert list(values_of(path))[2:] == [{"id": "c - "}, {"id": "d"}]
    found = list(entries(path, known))
    assert found == [(2, 0, {"id": "c - "}), (3, 0, {"id": "d"})]
    assert known == {}


def test_a_first_run_needs_no_parser() -> None:
    """The corpus that ships is plain, so that nothing waits for the parser to load."""
    asked = (
        "import sys; from explore.corpus.place import paths, shipped\n"
        "from explore.corpus.stream import records_of\n"
        "for kind, group in paths(shipped()).items():\n"
        "    for path in group: list(records_of(kind, path))\n"
        "print('yaml' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True)
    assert found.stdout == b"False\n"


@pytest.mark.parametrize("path", [path for group in paths(shipped()).values() for path in group])
def test_shipped_files(path: Path) -> None:
    """The shipped files are read alike both ways."""
    assert list(values(path)) == list(values_of(path))
