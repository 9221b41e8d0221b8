"""Sources from a library of references: CSL-JSON, CSL-YAML or BibTeX."""

import json
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple, get_args

from explore.corpus.problem import YamlError
from explore.csl import CslName, SourceType
from explore.dates import is_date
from explore.errors import UsageError
from explore.importing.rows import Row, text_of
from explore.records import declaration

_DATES = ("accessed", "available-date", "event-date", "issued", "original-date", "submitted")
# BibTeX's entry types and fields as CSL's.
_TYPES = {
    "article": "article-journal",
    "book": "book",
    "booklet": "pamphlet",
    "collection": "book",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "conference": "paper-conference",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "thesis": "thesis",
    "techreport": "report",
    "report": "report",
    "online": "webpage",
    "electronic": "webpage",
    "www": "webpage",
    "dataset": "dataset",
    "software": "software",
    "unpublished": "manuscript",
}
_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "address": "publisher-place",
    "location": "publisher-place",
    "volume": "volume",
    "number": "issue",
    "issue": "issue",
    "pages": "page",
    "edition": "edition",
    "series": "collection-title",
    "chapter": "chapter-number",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "note": "note",
    "abstract": "abstract",
    "keywords": "keyword",
    "language": "language",
    "langid": "language",
    "type": "genre",
    "urldate": "accessed",
}
# In these entries a number is the document's own, not an issue's.
_NUMBERED = frozenset(("techreport", "report", "manual", "patent", "standard", "phdthesis"))


class References(NamedTuple):
    """The sources of a library.

    Attributes:
        rows: a row a source.
        dropped: fields that a corpus does not keep, with how many sources had them.
    """

    rows: list[Row]
    dropped: Counter[str]


def references_of(path: Path) -> References:
    """Read a library of references.

    Raises:
        UsageError: if it is none.
    """
    readers: dict[str, Callable[[Path], Iterator[dict[str, Any]]]] = {
        ".bib": _bibtex,
        ".json": _json,
        ".yaml": _yaml,
        ".yml": _yaml,
    }
    dropped: Counter[str] = Counter()
    rows = []
    for number, item in enumerate(readers[path.suffix.lower()](path), 1):
        fault = item.get("fault", "")
        rows.append(Row(number, {} if fault else _kept(item, dropped), fault))
    return References(rows, dropped)


def are_references(path: Path) -> bool:
    """Tell whether a file is a library of references, by its suffix or by what it holds."""
    suffix = path.suffix.lower()
    if suffix != ".json":
        return suffix in {".bib", ".yaml", ".yml"}
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, list) and all(
        isinstance(item, dict) and item.get("type") in get_args(SourceType) for item in found
    )


def _json(path: Path) -> Iterator[dict[str, Any]]:
    try:
        found = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is no JSON: {error}") from error
    yield from _items(path, found)


def _yaml(path: Path) -> Iterator[dict[str, Any]]:
    from explore.corpus.read import mapping_of, values_of

    try:
        yield from _items(path, list(values_of(path)))
    except YamlError:
        try:
            # Pandoc writes a document whose field `references` is the list.
            found = mapping_of(path).get("references")
        except YamlError as error:
            raise UsageError(f"{path}:{error.mark[0]}: {error.message}") from error
        yield from _items(path, found)


def _items(path: Path, found: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        raise UsageError(f"{path} holds no list of references")
    yield from found


def _bibtex(path: Path) -> Iterator[dict[str, Any]]:
    from bibtexparser import middlewares as parts
    from bibtexparser.entrypoint import parse_string
    from pylatexenc.latex2text import LatexNodes2Text

    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8; save it as UTF-8 and try again") from error
    # Names are taken apart while their braces still hold them together.
    wanted = [parts.SeparateCoAuthors(), parts.SplitNameParts(), parts.LatexDecodingMiddleware()]
    # What the library logs is told as the fault of its row.
    logging.getLogger("bibtexparser").addHandler(logging.NullHandler())
    library = parse_string(text, append_middleware=wanted)
    decoder = LatexNodes2Text()
    blocks: list[Any] = library.blocks
    for block in blocks:
        if hasattr(block, "error"):
            yield {"fault": f"line {(block.start_line or 0) + 1}: {_fault(block)}"}
        elif hasattr(block, "entry_type"):
            values = {field.key.lower(): field.value for field in block.fields}
            yield _entry(block.key, block.entry_type.lower(), values, decoder.latex_to_text)


def _fault(block: Any) -> str:
    if hasattr(block, "previous_block"):
        return f"the key '{block.key}' is there twice"
    if hasattr(block, "duplicate_keys"):
        return f"it has the field '{min(block.duplicate_keys)}' twice"
    return f"it is no BibTeX: {getattr(block.error, 'abort_reason', block.error)}"


def _entry(
    key: str, kind: str, values: dict[str, Any], decoded: Callable[[str], str]
) -> dict[str, Any]:
    found: dict[str, Any] = {"id": key, "type": _TYPES.get(kind, "document")}
    for people in ("author", "editor", "translator"):
        if people in values:
            names = [_name(name, decoded) for name in values.pop(people)]
            # "and others" is no one.
            found[people] = [name for name in names if name != {"literal": "others"}]
    date = values.pop("date", None) or _dated(values.pop("year", ""), values.pop("month", ""))
    if date:
        found["issued"] = date
    if kind in _NUMBERED and "number" in values:
        found["number"] = values.pop("number")
    if values.get("howpublished", "").startswith(("http://", "https://")):
        values.setdefault("url", values.pop("howpublished"))
    for name, value in values.items():
        found[_FIELDS.get(name, name)] = value.replace("\u2013", "-") if name == "pages" else value
    return found


def _name(parts: Any, decoded: Callable[[str], str]) -> dict[str, str]:
    family = decoded(" ".join([*parts.von, *parts.last]))
    given = decoded(" ".join(parts.first))
    if not given:
        return {"literal": family}
    return {"family": family, "given": given} | (
        {"suffix": decoded(" ".join(parts.jr))} if parts.jr else {}
    )


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def _dated(year: str, month: str) -> str:
    name = month.lower()[:3]
    if name in _MONTHS:
        name = str(_MONTHS.index(name) + 1)
    date = f"{year}-{name:0>2}"
    # A year such as "c. 380" has no month.
    return date if is_date(date) else year


def _kept(item: dict[str, Any], dropped: Counter[str]) -> dict[str, Any]:
    """Give the fields that a corpus keeps, in its form, and count the others."""
    known = declaration("source").__annotations__
    found: dict[str, Any] = {}
    for name, value in item.items():
        if name not in known:
            dropped[name] += 1
        else:
            kept = _value(name, value, dropped)
            if kept not in (None, "", [], {}):
                found[name] = kept
    return found


def _value(name: str, value: Any, dropped: Counter[str]) -> Any:
    if name in _DATES:
        return _date(value)
    if isinstance(value, list) and all(isinstance(part, dict) for part in value):
        names = []
        for part in value:
            dropped.update(f"{name}.{label}" for label in part if label not in _NAME)
            names.append({label: text_of(text) for label, text in part.items() if label in _NAME})
        return names
    return ", ".join(map(text_of, value)) if isinstance(value, list) else text_of(value)


_NAME = frozenset(CslName.__annotations__)


def _date(value: Any) -> Any:
    """Give a date as text where CSL's structure says no more than that, else as it stands.

    Text that is no date becomes a date in words.
    """
    if not isinstance(value, dict):
        text = text_of(value)
        return text if is_date(text) or not text else {"literal": text}
    parts = value.get("date-parts")
    if set(value) != {"date-parts"} or not isinstance(parts, list):
        return {name: _texts(part) for name, part in value.items() if part not in (None, "")}
    if parts in ([], [[]]):
        return ""
    days = [[text_of(part) for part in day] if isinstance(day, list) else [] for day in parts]
    text = "/".join("-".join(f"{part:0>2}" for part in day) for day in days)
    return text if is_date(text) else value


def _texts(part: Any) -> Any:
    """Give what is no list as text; `circa` may be a truth value, and a season a number."""
    return part if isinstance(part, (list, dict)) else text_of(part)
