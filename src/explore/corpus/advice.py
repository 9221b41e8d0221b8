"""Explain to a curator what to type where a file is not YAML.

libyaml says what it expected and where it gave up. The line shows what the curator did.
"""

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

import yaml

from explore.corpus.events import NO_LIST, fault_of
from explore.corpus.layout import (
    FIELD,
    SPACES,
    Diagnosis,
    diagnose_beginning,
    diagnose_indentation,
    field_names,
)
from explore.corpus.located import ForgottenDashError
from explore.corpus.problems import Position, YamlError, short
from explore.escaping import visible

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


class SyntaxProblem(NamedTuple):
    """Where reading a file ended, and what to report.

    Attributes:
        line: the line at which the parser gave up, from 0.
        position: the line and column to look at, from 1.
        message: what is wrong and what to type.
    """

    line: int
    position: Position
    message: str


class _Context(NamedTuple):
    """What is known about a syntax error: the lines of the file, and positions from 0."""

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


def explain(
    error: Exception, lines: Sequence[str], before: int, last: Any, column: int
) -> SyntaxProblem:
    """Return where a file is broken and what to type.

    Args:
        error: the error of the parser or of the reader of its events.
        lines: the lines of the file.
        before: the number of lines that the parser skipped.
        last: the last scalar before the error, as an event; None if there was none.
        column: the column of the fields of the record that is broken, from 0.
    """
    if isinstance(error, YamlError):
        line, at = error.position[0] - 1 + before, error.position[1] - 1
        message = error.message
        if isinstance(error, ForgottenDashError):
            shown = short(_line(lines, line).strip())
            message = f"{message}, or if a record begins here, write '- {shown}'"
        elif message == NO_LIST:
            (line, at), message = diagnose_beginning(_line(lines, line), line, column)
        return SyntaxProblem(line, (line + 1, at + 1), message)
    problem = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if not isinstance(error, yaml.MarkedYAMLError) or problem is None:
        text = " ".join(str(error).split())
        return SyntaxProblem(before, (before + 1, 1), f"invalid YAML: {text}")
    since = error.context_mark or problem
    context = _Context(
        lines,
        (problem.line + before, problem.column),
        (since.line + before, since.column),
        fault_of(error),
        last,
        before,
        column,
    )
    for check in _CHECKS:
        found = check(context)
        if found:
            (line, at), message = found
            gave_up = context.since if "simple key" in context.problem else context.at
            return SyntaxProblem(gave_up[0], (line + 1, at + 1), message)
    line, at = context.at if context.at[0] < len(lines) else context.since
    return SyntaxProblem(context.at[0], (line + 1, at + 1), context.problem)


def _tab(context: _Context) -> Diagnosis:
    line, at = context.at
    text = context.text(line)
    indent = SPACES.match(text)
    if indent and "\t" in indent[0]:
        return (line, indent[0].index("\t")), "tab in the indentation; use spaces"
    if text[at : at + 1] == "\t":
        return (line, at), "tab after the dash; use a space"
    return None


def _quote(context: _Context) -> Diagnosis:
    """Look for a quotation mark that is not closed, or closes too early."""
    line = context.at[0]
    if "unexpected end of stream" in context.problem and "quoted" in context.problem:
        return context.since, "unclosed quotation mark; close it where the text ends"
    if "escape" in context.problem:
        return (
            context.at,
            "'\\' has a meaning in double quotes; write '\\\\', or use single quotes",
        )
    last = context.last
    if last is None or last.style not in ("'", '"') or last.end_mark.line + context.before != line:
        return None
    begin = last.start_mark.line + context.before, last.start_mark.column
    if begin[0] < line:
        return begin, "unclosed quotation mark; close it where the text ends"
    text = context.text(line)
    if "',' or" in context.problem and text[context.at[1] : context.at[1] + 1] in ("'", '"'):
        return context.at, "missing comma; put one between the entries of a list"
    return begin, f"text after the closing quotation mark; {_quoting(text[begin[1] :])}"


def _quoting(text: str) -> str:
    """Return how a text must be quoted that has quotation marks of its own."""
    inner = text[1:]
    if text.startswith('"') and "'" not in text:
        return "put the whole text in single quotes: '…'"
    if text.startswith("'") and '"' not in inner:
        return 'put the whole text in double quotes: "…"'
    return 'put the whole text in double quotes, with \\" for each one inside'


def _beginning(context: _Context) -> Diagnosis:
    """Look for a text that begins with a character that means something to YAML."""
    if not any(part in context.problem for part in _BEGINNINGS) and not context.problem.startswith(
        "mapping values"
    ):
        return None
    line, at = context.since
    text = context.text(line)
    before = text[:at].rstrip(" ")
    if not before.endswith((":", ",", "[", "{", "-")) or text[at : at + 1].isalnum():
        return None
    return (line, at), f"a text cannot begin with '{visible(text[at])}'; put it in quotes"


def _record(context: _Context) -> Diagnosis:
    """Look for a line where a record should begin."""
    if "'-' indicator" not in context.problem:
        return None
    line = context.at[0]
    field = FIELD.match(context.text(line))
    # The first field of a record lacks its dash, any other its indentation.
    is_first = field is not None and field["name"] == "id"
    off = None if is_first else diagnose_indentation(context.text(line), line, context.column)
    return off or diagnose_beginning(context.text(line), line, context.column)


def _indentation(context: _Context) -> Diagnosis:
    if "expected key" not in context.problem and "mapping values" not in context.problem:
        return None
    line, at = context.at
    text = context.text(line)
    field = FIELD.match(text)
    # In the middle of a line the indentation is not what is wrong.
    if not field or at > field.end("name"):
        return None
    return diagnose_indentation(text, line, context.column)


def _colon(context: _Context) -> Diagnosis:
    line, at = context.at
    text = context.text(line)
    is_value = "mapping values" in context.problem
    in_brackets = "',' or" in context.problem and context.since[0] == line
    if not is_value and not (in_brackets and text[at : at + 1] == ":"):
        return None
    return (line, at), "': ' inside a text is read as a new field; put the text in quotes"


def _comment(context: _Context) -> Diagnosis:
    """Look for a text that a comment cut short, so that what follows is read as something else."""
    first = (
        max(context.since[0], context.at[0] - 1)
        if "flow" not in context.problem
        else context.since[0]
    )
    for line in range(first, min(context.at[0] + 1, len(context.lines))):
        text = context.text(line)
        found = _COMMENT.search(text, context.since[1] if line == context.since[0] else 0)
        goes_on = line < context.at[0] and not FIELD.match(context.text(line + 1))
        if found and (goes_on or "flow" in context.problem) and _holds_text(text):
            message = "a comment begins here, inside what looks like a sentence"
            return (line, found.start() + 1), f"{message}; put the text in quotes"
    return None


def _holds_text(text: str) -> bool:
    """Whether a comment on a line stands behind a word rather than a bracket or a comma."""
    before = text[: text.find("#")].rstrip()
    return bool(before) and before[-1] not in "[]{},:-"


def _flow(context: _Context) -> Diagnosis:
    """Look for a bracket that is not closed, or is followed by more text."""
    line, at = context.since
    text = context.text(line)
    if "parsing a flow" in context.problem:
        opened = text[at : at + 1]
        closing = {"[": "]", "{": "}"}.get(opened, "]")
        if context.at[0] == line:
            return context.at, f"expected ',' or '{closing}'; put texts with commas in quotes"
        message = f"unclosed '{opened}'; close it with '{closing}', or put the text in quotes"
        return (line, at), message
    line, at = context.at
    field = re.match(r"(\s*(?:- +)?[\w-]+: +)([\[{])", context.text(line))
    if "expected key" in context.problem and field and at > field.end():
        closing = "]" if field[2] == "[" else "}"
        begin = line, field.start(2)
        return begin, f"text after the closing '{closing}'; put the whole text in quotes"
    return None


def _key(context: _Context) -> Diagnosis:
    """Look for a field name without its colon, or its space."""
    if "simple key" not in context.problem and "expected ':'" not in context.problem:
        return None
    line = context.since[0]
    text = context.text(line)
    found = re.match(r"(\s*(?:- +)?)([\w-]+):(\S|[^\S \t\n])", text)
    if found and found[2] in field_names():
        value = text[found.end(2) + 1 :].strip()
        shown = f"{found[2]}: {short(value)}"
        return (line, found.end(2)), f"missing space after the colon; write '{shown}'"
    if re.match(r"\s*-[^\s-]", text):
        return context.since, "missing space after the dash; add one"
    word = re.match(r"\s*(?:- +)?([\w-]+)(?=\s)", text)
    if word and word[1] in field_names():
        return (line, word.end(1)), f"missing ':'; write '{word[1]}: …'"
    return context.since, "missing ':'; write 'name: value', or indent a continued line"


def _misplaced(context: _Context) -> Diagnosis:
    if "expected key" in context.problem:
        return context.at, "expected a field or a record; check the indentation"
    return None


_CHECKS = (
    _tab,
    _quote,
    _indentation,
    _beginning,
    _record,
    _comment,
    _colon,
    _flow,
    _key,
    _misplaced,
)
