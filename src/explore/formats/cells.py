"""Cells of CSV: a value as the text of a cell, and the way back.

Each rule stands beside its inverse, and all of them in `docs/tables.md`. A cell is made in three
steps: `flat` writes a value as text, `guarded` makes that text harmless in a spreadsheet, `line`
quotes it. Reading takes the same steps backwards.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

# What begins a formula, in the forms that East Asian keyboards have too.
_FORMULA = "=+\\-@＝＋－＠﹦﹢﹣﹫"
# What may stand before it and not keep a spreadsheet from running it: blanks, controls,
# characters without width, and quotes that a reader of other separators takes off.
_SKIPPED = (
    '[\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0"\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f'
    "\u205f-\u206f\u3000\ufeff]*"
)
_RUNS = (
    rf"(\A|;)(?:{{}})(?={{}}{_SKIPPED}[{_FORMULA}\t\r\n])"
    rf"|([\t\r\n])(?:{{}})(?={{}}{_SKIPPED}[{_FORMULA}])"
)
_BARE = re.compile(_RUNS.format("", "", "", ""))
_TO_GUARD = re.compile(_RUNS.format("", "'*", "", "'*"))
_GUARDED = re.compile(_RUNS.format("'", "'*", "'", "'*"))

_LABELS = ("paragraph", "page", "section", "article", "chapter")
_PLACE = re.compile(rf"({'|'.join(_LABELS)}) (.*)", re.DOTALL)
_ID = "[a-z0-9]+(?:-[a-z0-9]+)*"
_LINK = re.compile(rf"({_ID}): (.+)", re.DOTALL)
_CITATION = re.compile(rf"({_ID})(?: (.+))?", re.DOTALL)
# What parts the entries of a list, and the parts of a place; backslashes before it count.
_LIST = re.compile(r"(?<!\\)(\\*)(;)")
_PLACES = re.compile(rf"(?<!\\)(\\*)(, )(?=(?:{'|'.join(_LABELS)}) )")
_AT_END = re.compile(r"(?<!\\)(\\+)\Z")
# A list may be written as JSON instead; one that only looks like it begins with a backslash.
_LIKE_JSON = re.compile(r"\\*\[")

# What a cell is quoted for. Programs that split CSV at semicolons or tabs must not split it there.
_QUOTED = {",": re.compile('[,;"\t\r\n]'), "\t": re.compile('["\t\r\n]')}


def flat(value: Any) -> str:
    """Return a value as text: lists joined by `;`, places as `paragraph 8`, links as their id."""
    if value is None:
        return ""
    if isinstance(value, list):
        return joined(map(flat, value))
    return _mapping(value) if isinstance(value, dict) else str(value)


def _mapping(value: dict[str, Any]) -> str:
    if "claim" in value and value.keys() <= {"claim", "note"}:
        return f"{value['claim']}: {value['note']}" if value.get("note") else str(value["claim"])
    if "source" in value and value.keys() <= {"source", "locator"}:
        where = place_text(value.get("locator") or {})
        return f"{value['source']} {where}" if where else str(value["source"])
    if value and value.keys() <= set(_LABELS):
        return place_text(value)
    # A name of two parts or in one piece is written as people write it, all else whole.
    if list(value) == ["literal"] and "," not in value["literal"]:
        return str(value["literal"])
    if set(value) == {"family", "given"} and "," not in value["family"] + value["given"]:
        return f"{value['family']}, {value['given']}"
    return json.dumps(value, ensure_ascii=False)


def joined(items: Iterable[str]) -> str:
    r"""Return a list as one text, joined by `;`; one inside an entry is written `\;`."""
    text = _together(list(items), ";", _LIST)
    return f"\\{text}" if _LIKE_JSON.match(text) else text


def split(text: str) -> list[str]:
    """Return the list that `joined` made a text of, or that the text is in JSON."""
    if text.startswith("["):
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, list) and all(isinstance(entry, str) for entry in found):
            return found
    elif _LIKE_JSON.match(text):
        text = text.removeprefix("\\")
    return _apart(text, _LIST)


def place_text(locator: dict[str, Any]) -> str:
    """Return a place in a source in words, such as `article 10, paragraph 2`."""
    parts = [f"{label} {value}" for label, value in locator.items()]
    return _together(parts, ", ", _PLACES)


def place_of(text: str) -> dict[str, str] | None:
    """Return the place that a text of `place_text` tells, or None if it tells none."""
    found = [_PLACE.fullmatch(part) for part in _apart(text, _PLACES)]
    if not all(found):
        return None
    return {part[1]: part[2] for part in found if part}


def link_of(text: str) -> str | dict[str, str]:
    """Return the link that a text tells: an id, or `id: note` as a mapping."""
    found = _LINK.fullmatch(text)
    return {"claim": found[1], "note": found[2]} if found else text


def citation_of(text: str) -> dict[str, Any] | None:
    """Return the citation that a text such as `charter article 10` tells, or None."""
    found = _CITATION.fullmatch(text)
    if found is None:
        return None
    where = place_of(found[2]) if found[2] else {}
    if where is None:
        return None
    return {"source": found[1], "locator": where} if where else {"source": found[1]}


def _together(items: list[str], glue: str, mark: re.Pattern[str]) -> str:
    r"""Join texts; a separator in one gets a `\`, and backslashes before it are doubled."""
    escaped = [mark.sub(lambda found: f"{found[1] * 2}\\{found[2]}", item) for item in items]
    ended = [_AT_END.sub(r"\1\1", item) for item in escaped[:-1]]
    return glue.join([*ended, *escaped[-1:]])


def _apart(text: str, mark: re.Pattern[str]) -> list[str]:
    """Take apart what `_together` joined."""
    items = [""]
    at = 0
    for found in mark.finditer(text):
        slashes = len(found[1])
        items[-1] += text[at : found.start()] + "\\" * (slashes // 2)
        if slashes % 2:
            items[-1] += found[2]
        else:
            items.append("")
        at = found.end()
    items[-1] += text[at:]
    return items if text else []


def guarded(text: str) -> str:
    """Return a text of which no spreadsheet runs a part, with a `'` before what it would run.

    Parts begin where a spreadsheet may split: at the beginning, after a `;`, a tab, a line end.
    What already has such a `'` gets one more, so that `unguarded` gives each text back.
    """
    return _TO_GUARD.sub(lambda found: f"{found[0]}'", text)


def unguarded(cell: str) -> str:
    """Return the text that `guarded` made a cell of."""
    return _GUARDED.sub(lambda found: found[1] or found[2] or "", cell)


def is_bare(cell: str) -> bool:
    """Whether a spreadsheet would run a cell or a part of it, which `guarded` never returns."""
    return _BARE.search(cell) is not None


def line(cells: Iterable[str | int | None], separator: str = ",") -> str:
    """Return a row as RFC 4180 has it; an empty text is quoted, and so differs from none.

    The standard library's writer leaves a lone carriage return unquoted, which no reader takes,
    and tabs and semicolons, at which some programs split.
    """
    quoted = _QUOTED[separator]
    return separator.join(_quoted(cell, quoted) for cell in cells) + "\n"


def _quoted(value: str | int | None, quoted: re.Pattern[str]) -> str:
    if not isinstance(value, str):
        return "" if value is None else str(value)
    if value and not quoted.search(value):
        return value
    return '"' + value.replace('"', '""') + '"'
