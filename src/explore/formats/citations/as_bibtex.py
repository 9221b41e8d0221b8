"""BibTeX, as biblatex and biber read it; bibtexparser writes the entries."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from explore.formats.citations.bibtex_fields import EDITORS, VERBATIM, fields_of
from explore.formats.citations.bibtex_types import GENRES, TYPES
from explore.formats.citations.edtf import text_of_date, words_of_date
from explore.formats.citations.latex import escaped, in_name, in_particle, verbatim
from explore.model.csl import date_fields, name_fields, renewed
from explore.model.records import Record

# What is the key and the type of the entry.
_WRITTEN_APART = ("id", "type")
_DIGIT = re.compile(r"\d")
_MONTHS = 12


def write(sources: Iterable[Record], left: Counter[str]) -> str:
    """Return the sources as BibTeX entries, with the source's id as the key.

    Args:
        sources: the sources.
        left: counts the fields that BibTeX has no place for.
    """
    text: str = write_string(Library([_entry(source, left) for source in sources]))
    return text


def _entry(source: Record, left: Counter[str]) -> Entry:
    kind, subtype = TYPES[source["type"]]
    if kind == "thesis":
        genres = {genre: entry for entry, genre in GENRES.items()}
        kind = genres.get(source.get("genre") or "", kind)
    filled = renewed(source)
    names = fields_of(kind).written
    if kind == "incollection" and {"volume-title", "container-title"} <= filled.keys():
        names = names | {"volume-title": "booktitle", "container-title": "maintitle"}
    fields: dict[str, str] = {}
    roles: dict[str, Any] = {}
    for name, value in filled.items():
        if name == "issued":
            _put_issued(fields, value, left)
        elif name in names:
            _put(fields, names[name], name, value, left)
        elif name in name_fields():
            roles[name] = value
        elif name not in _WRITTEN_APART:
            left[name] += 1
    _put_roles(fields, roles, left)
    if subtype:
        fields["entrysubtype"] = subtype
    if _drops_particles(source):
        fields["options"] = "useprefix=false"
    written = [Field(key, value, enclosing="{") for key, value in fields.items() if value]
    return Entry(kind, source["id"], written)


def _put(fields: dict[str, str], field: str, name: str, value: Any, left: Counter[str]) -> None:
    if name in name_fields():
        fields[field] = _names(name, value, left)
        return
    if name in date_fields():
        value = text_of_date(value) or words_of_date(value)
        if not value:
            left[name] += 1
            return
    if field in VERBATIM:
        fields[field] = verbatim(value)
    elif field == "title":
        # Braces keep the capitals of a title.
        fields[field] = "{" + escaped(value) + "}"
    else:
        fields[field] = escaped(value)


def _put_issued(fields: dict[str, str], value: Any, left: Counter[str]) -> None:
    """Put the year and month that BibTeX knows, and biblatex's whole date."""
    date = text_of_date(value)
    if not date:
        words = words_of_date(value)
        year = str(value["date-parts"][0][0]) if _is_season(value) else ""
        fields["year"] = year or escaped(words)
        if year:
            fields["month"] = escaped(value["season"])
        elif not words:
            left["issued"] += 1
        return
    start = date.partition("/")[0].removesuffix("~")
    year, *rest = start.split("-")
    fields["year"] = year
    fields["date"] = date
    if rest and int(rest[0]) <= _MONTHS:
        fields["month"] = str(int(rest[0]))


def _is_season(value: Any) -> bool:
    """Whether a date is the season of a year, which BibTeX has in place of a month."""
    if not isinstance(value, dict) or value.keys() != {"date-parts", "season"}:
        return False
    parts = value["date-parts"]
    return len(parts) == 1 and len(parts[0]) == 1 and not _DIGIT.search(value["season"])


def _put_roles(fields: dict[str, str], roles: dict[str, Any], left: Counter[str]) -> None:
    """Put people of other kinds where biblatex has room for three kinds more of editors."""
    free = [(name, kind) for name, kind in EDITORS.items() if name != "editor"]
    for (role, people), (name, kind) in zip(roles.items(), free, strict=False):
        fields[name] = _names(role, people, left)
        fields[kind] = role
    for role in list(roles)[len(free) :]:
        left[role] += 1


def _names(field: str, names: list[dict[str, str]], left: Counter[str]) -> str:
    written = []
    for name in names:
        if "literal" in name:
            written.append("{" + escaped(name["literal"]) + "}")
            if len(name) > 1:
                left[field] += 1
            continue
        particles = [name.get("dropping-particle", ""), name.get("non-dropping-particle", "")]
        von = [in_particle(part) for part in particles if part]
        last = " ".join([*von, in_name(name.get("family", ""), first=True) or "{}"])
        suffix = in_name(name.get("suffix", ""))
        written.append(
            ", ".join(
                [last, *([suffix] if suffix else []), in_name(name.get("given", "")) or "{}"]
            )
        )
    return " and ".join(written)


def _drops_particles(source: Record) -> bool:
    """Whether the particles of all names are dropped in sorting, which BibTeX does not do."""
    people = [name for field in name_fields() for name in source.get(field) or []]
    return any("dropping-particle" in name for name in people) and not any(
        "non-dropping-particle" in name for name in people
    )
