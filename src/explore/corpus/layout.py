"""Explain what is wrong with a line at which a record or a field should begin."""

import re

from explore.corpus.events import NO_LIST
from explore.corpus.problems import short
from explore.model.records import RECORD_TYPES, CorpusInfo, declaration

FIELD = re.compile(r"(?P<indent>\s*)(?P<dash>- +)?(?P<name>[\w-]+):(?=\s|$)")
SPACES = re.compile(r"[^\S\n]*")
DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"

# A line and a column, from 0, and what is wrong there; None if nothing is.
Diagnosis = tuple[tuple[int, int], str] | None


def diagnose_beginning(text: str, line: int, column: int) -> tuple[tuple[int, int], str]:
    """Return what is wrong with a line that begins neither a record nor one of its fields.

    Args:
        text: the line.
        line: its number, from 0.
        column: the column of the fields of the record before it, from 0.
    """
    space = SPACES.match(text)
    indent = space[0] if space else ""
    odd = next((n for n, c in enumerate(indent) if c not in " \t"), None)
    if odd is not None:
        return (line, odd), "no-break space in the indentation; use plain spaces"
    rest = text[len(indent) :]
    at = line, len(indent)
    shown = short(rest.lstrip(DASHES + "-").strip())
    if rest and rest[0] in DASHES:
        return at, f"'{rest[0]}' is not a hyphen; write '- {shown}'"
    if re.match(r"-[^\s-]|-[^\S \t\n]", rest):
        return at, f"missing space after the dash; write '- {shown}'"
    if re.match(r"- +[\w-]+:", rest):
        return at, "a record's dash belongs in column 1; remove the spaces before it"
    if not indent:
        return at, f"{NO_LIST}; write '- {short(rest)}'" if FIELD.match(rest) else NO_LIST
    return diagnose_indentation(text, line, column) or (
        at,
        "expected a field or a record; check the indentation",
    )


def diagnose_indentation(text: str, line: int, column: int) -> Diagnosis:
    """Return by how much a field is indented wrongly; None if it is not, or is not a field."""
    field = FIELD.match(text)
    if not field or field["dash"] or field["name"] not in field_names():
        return None
    found = len(field["indent"])
    odd = next((n for n, c in enumerate(field["indent"]) if c != " "), None)
    if odd is not None:
        return (line, odd), "no-break space in the indentation; use plain spaces"
    if found == column:
        return None
    remedy = f"remove {found - column}" if found > column else f"add {column - found}"
    message = f"indented by {_spaces(found)}, other fields of the record by {column}; {remedy}"
    return (line, found), message


def field_names() -> set[str]:
    """Return the names of all fields."""
    declared = [declaration(kind) for kind in RECORD_TYPES]
    return {name for one in (*declared, CorpusInfo) for name in one.__annotations__}


def _spaces(count: int) -> str:
    return f"{count} space{'' if count == 1 else 's'}"
