"""What to type where a file is not YAML: the parser's finding in the words of a curator.

libyaml says what it expected and where it gave up. What a person did is read off the line.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from explore.corpus.items import ForgottenDashError
from explore.corpus.layout import FIELD, SPACES, Told, beginning_of, indented, known
from explore.corpus.problem import Mark, YamlError, short
from explore.corpus.read import NO_LIST, fault_of
from explore.visible import visible

MERGE = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")

_COMMENT = re.compile(r"[ \t]#")
# What the parser says where a value begins with a character that means something to it.
_BEGINNINGS = (
    "cannot start any token",
    "alphabetic or numeric character",
    "comment or line break",
    "block sequence entries",
    "mapping keys",
    "node content",
)


class Fault(NamedTuple):
    """Where reading a file ended, and what is to be told.

    Attributes:
        line: the line at which the parser gave up, from 0.
        mark: the line and column to look at, from 1.
        message: what is wrong and what to type.
    """

    line: int
    mark: Mark
    message: str


class _Place(NamedTuple):
    """What is known of a fault: the lines of the file, and the parser's marks, from 0."""

    lines: Sequence[str]
    at: tuple[int, int]
    since: tuple[int, int]
    problem: str
    last: Any
    before: int
    column: int

    def text(self, line: int) -> str:
        """Return a line without its end; nothing behind the last."""
        return _line(self.lines, line)


def _line(lines: Sequence[str], line: int) -> str:
    return lines[line].rstrip("\r\n\x85\u2028\u2029") if line < len(lines) else ""


def fault(error: Exception, lines: Sequence[str], before: int, last: Any, column: int) -> Fault:
    """Return where a file is broken and what to type.

    Args:
        error: what the parser, or the reader of its events, raised.
        lines: the lines of the file.
        before: how many of these the parser did not read.
        last: the last scalar before the fault, as an event; None if there was none.
        column: the column of the fields of the record that is broken, from 0.
    """
    if isinstance(error, YamlError):
        line, at = error.mark[0] - 1 + before, error.mark[1] - 1
        message = error.message
        if isinstance(error, ForgottenDashError):
            shown = short(_line(lines, line).strip())
            message = f"{message}, or if a record begins here, write '- {shown}'"
        elif message == NO_LIST:
            (line, at), message = beginning_of(_line(lines, line), line, column)
        return Fault(line, (line + 1, at + 1), message)
    problem = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or problem is None:
        text = " ".join(str(error).split())
        return Fault(before, (before + 1, 1), f"invalid YAML: {text}")
    since = error.context_mark or problem
    place = _Place(
        lines,
        (problem.line + before, problem.column),
        (since.line + before, since.column),
        fault_of(error),
        last,
        before,
        column,
    )
    for look in _LOOKS:
        found = look(place)
        if found:
            (line, at), message = found
            gave_up = place.since if "simple key" in place.problem else place.at
            return Fault(gave_up[0], (line + 1, at + 1), message)
    line, at = place.at if place.at[0] < len(lines) else place.since
    return Fault(place.at[0], (line + 1, at + 1), place.problem)


def _tab(place: _Place) -> Told:
    line, at = place.at
    text = place.text(line)
    indent = SPACES.match(text)
    if indent and "\t" in indent[0]:
        return (line, indent[0].index("\t")), "tab in the indentation; use spaces"
    if text[at : at + 1] == "\t":
        return (line, at), "tab after the dash; use a space"
    return None


def _quote(place: _Place) -> Told:
    """Look for a quotation mark that is not closed, or closes too early."""
    line = place.at[0]
    if "unexpected end of stream" in place.problem and "quoted" in place.problem:
        return place.since, "unclosed quotation mark; close it where the text ends"
    if "escape" in place.problem:
        return place.at, "'\\' has a meaning in double quotes; write '\\\\', or use single quotes"
    last = place.last
    if last is None or last.style not in ("'", '"') or last.end_mark.line + place.before != line:
        return None
    begin = last.start_mark.line + place.before, last.start_mark.column
    if begin[0] < line:
        return begin, "unclosed quotation mark; close it where the text ends"
    text = place.text(line)
    if "',' or" in place.problem and text[place.at[1] : place.at[1] + 1] in ("'", '"'):
        return place.at, "missing comma; put one between the entries of a list"
    return begin, f"text after the closing quotation mark; {_quoting(text[begin[1] :])}"


def _quoting(text: str) -> str:
    """Return how a text must be quoted that has quotation marks of its own."""
    inner = text[1:]
    if text.startswith('"') and "'" not in text:
        return "put the whole text in single quotes: '…'"
    if text.startswith("'") and '"' not in inner:
        return 'put the whole text in double quotes: "…"'
    return 'put the whole text in double quotes, with \\" for each one inside'


def _beginning(place: _Place) -> Told:
    """Look for a text that begins with a character that means something to YAML."""
    if not any(part in place.problem for part in _BEGINNINGS) and not place.problem.startswith(
        "mapping values"
    ):
        return None
    line, at = place.since
    text = place.text(line)
    before = text[:at].rstrip(" ")
    if not before.endswith((":", ",", "[", "{", "-")) or text[at : at + 1].isalnum():
        return None
    return (line, at), f"a text cannot begin with '{visible(text[at])}'; put it in quotes"


def _record(place: _Place) -> Told:
    """Look for what stands where a record should begin."""
    if "'-' indicator" not in place.problem:
        return None
    line = place.at[0]
    field = FIELD.match(place.text(line))
    # The first field of a record lacks its dash, any other its indentation.
    is_first = field is not None and field["name"] == "id"
    off = None if is_first else indented(place.text(line), line, place.column)
    return off or beginning_of(place.text(line), line, place.column)


def _indentation(place: _Place) -> Told:
    if "expected key" not in place.problem and "mapping values" not in place.problem:
        return None
    line, at = place.at
    text = place.text(line)
    field = FIELD.match(text)
    # In the middle of a line the indentation is not what is wrong.
    if not field or at > field.end("name"):
        return None
    return indented(text, line, place.column)


def _colon(place: _Place) -> Told:
    line, at = place.at
    text = place.text(line)
    is_value = "mapping values" in place.problem
    in_brackets = "',' or" in place.problem and place.since[0] == line
    if not is_value and not (in_brackets and text[at : at + 1] == ":"):
        return None
    return (line, at), "': ' inside a text begins a field; put the text in quotes"


def _comment(place: _Place) -> Told:
    """Look for a text that a comment cut short, so that what follows is read as something else."""
    first = max(place.since[0], place.at[0] - 1) if "flow" not in place.problem else place.since[0]
    for line in range(first, min(place.at[0] + 1, len(place.lines))):
        text = place.text(line)
        found = _COMMENT.search(text, place.since[1] if line == place.since[0] else 0)
        goes_on = line < place.at[0] and not FIELD.match(place.text(line + 1))
        if found and (goes_on or "flow" in place.problem) and _holds_text(text):
            message = "a comment begins here, inside what looks like a sentence"
            return (line, found.start() + 1), f"{message}; put the text in quotes"
    return None


def _holds_text(text: str) -> bool:
    """Whether a comment on a line stands behind a word rather than a bracket or a comma."""
    before = text[: text.find("#")].rstrip()
    return bool(before) and before[-1] not in "[]{},:-"


def _flow(place: _Place) -> Told:
    """Look for a bracket that is not closed, or is followed by more text."""
    line, at = place.since
    text = place.text(line)
    if "parsing a flow" in place.problem:
        opened = text[at : at + 1]
        closing = {"[": "]", "{": "}"}.get(opened, "]")
        if place.at[0] == line:
            return place.at, f"expected ',' or '{closing}'; put texts with commas in quotes"
        message = f"unclosed '{opened}'; close it with '{closing}', or put the text in quotes"
        return (line, at), message
    line, at = place.at
    field = re.match(r"(\s*(?:- +)?[\w-]+: +)([\[{])", place.text(line))
    if "expected key" in place.problem and field and at > field.end():
        closing = "]" if field[2] == "[" else "}"
        begin = line, field.start(2)
        return begin, f"text after the closing '{closing}'; put the whole text in quotes"
    return None


def _key(place: _Place) -> Told:
    """Look for a field name without its colon, or its space."""
    if "simple key" not in place.problem and "expected ':'" not in place.problem:
        return None
    line = place.since[0]
    text = place.text(line)
    found = re.match(r"(\s*(?:- +)?)([\w-]+):(\S|[^\S \t\n])", text)
    if found and found[2] in known():
        value = text[found.end(2) + 1 :].strip()
        shown = f"{found[2]}: {short(value)}"
        return (line, found.end(2)), f"the colon needs a plain space after it; write '{shown}'"
    if re.match(r"\s*-[^\s-]", text):
        return place.since, "the dash needs a space after it"
    word = re.match(r"\s*(?:- +)?([\w-]+)(?=\s)", text)
    if word and word[1] in known():
        return (line, word.end(1)), f"missing ':'; write '{word[1]}: …'"
    return place.since, "missing ':'; write 'name: value', or indent a continued line"


def _lost(place: _Place) -> Told:
    if "expected key" in place.problem:
        return place.at, "expected a field or a record; check the indentation"
    return None


_LOOKS = (
    _tab,
    _quote,
    _indentation,
    _beginning,
    _record,
    _comment,
    _colon,
    _flow,
    _key,
    _lost,
)
