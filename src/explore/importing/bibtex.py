"""BibTeX and biblatex as CSL: as Zotero, JabRef, BibDesk, Mendeley, Citavi and people write it."""

import re
from collections.abc import Iterator

from explore.formats.citations import bibtex_fields as table
from explore.formats.citations.bibtex_types import CSL_TYPES, GENRES, SUBTYPES
from explore.formats.citations.edtf import date_of_text
from explore.importing.bibtex_entries import MONTHS, Entry, entries_of
from explore.importing.bibtex_names import names_of
from explore.importing.ids import as_id
from explore.importing.item import Gathered, Item
from explore.importing.latex import decoded, verbatim
from explore.model.csl import date_fields, name_fields
from explore.model.dates import is_date

_ISSUED = ("date", "year", "month", "day")
# What is taken care of before the others.
_TAKEN = frozenset(
    (
        *(*_ISSUED, *table.EDITORS, *table.EDITORS.values(), *table.SUBTITLES),
        *("entrysubtype", "options", "howpublished", "ids"),
    )
)
_SHORTEST_MONTH = 3
# "January 7", "7 January".
_MONTH_DAY = re.compile(r"([^\W\d]+\.?) (\d{1,2})(?:st|nd|rd|th)?|(\d{1,2})\.? ([^\W\d]+\.?)")
_YEAR = re.compile(r"\d{4}", re.ASCII)
_DIGIT = re.compile(r"\d")
# What biblatex calls editors of other kinds, where CSL has another word.
_ROLES = {"collaborator": "contributor"}
_ADDRESS = re.compile(r"\s*(?:\\url\s*\{.*\}|https?://\S+)\s*")
_USEPREFIX = re.compile(r"useprefix ?(?:= ?(true|false))? ?(?:, ?|$)")
_LINKING = re.compile(r"[?!:.]$")


def items(text: str) -> Iterator[Item]:
    """Yield the entries of a BibTeX file; what is none comes with what is wrong."""
    for entry in entries_of(text):
        place = f"line {entry.line}"
        if entry.kind == "set":
            yield Item(place, entry.key, {}, [], "a set of other entries is not a source")
        elif entry.fault or not entry.kind:
            yield Item(place, entry.key, {}, entry.left, entry.fault)
        elif entry.kind == "xdata":
            left = ["@xdata (its fields are in the entries that name it)"]
            yield Item(place, entry.key, {}, left)
        elif len({value.strip() for name, value in entry.fields if name == "title"}) > 1:
            yield Item(place, entry.key, {}, entry.left, "it has the field 'title' twice")
        else:
            found = _gathered(entry)
            yield Item(place, entry.key, found.fields, entry.left + found.left)


def _gathered(entry: Entry) -> Gathered:
    found = Gathered()
    first: dict[str, str] = {}
    for name, value in entry.fields:
        if name not in first:
            first[name] = value
        elif first[name] != value and name in _TAKEN:
            found.left.append(name)
    if entry.key:
        found.put("id", entry.key, "")
        if as_id(entry.key, "source") != entry.key:
            found.put("citation-key", entry.key, "")
    _put_type(entry.kind, first, found)
    particle = _particle(first.get("options", ""), found)
    for name, kind in table.EDITORS.items():
        if first.get(name, "").strip():
            _put_names(found, _role(kind, first.get(kind, ""), found), first[name], name, particle)
        elif first.get(kind, "").strip():
            found.left.append(kind)
    _put_issued(first, found)
    _put_howpublished(entry.kind, first, found)
    found.put("citation-key", verbatim(first.get("ids", "")), "ids")
    _put_others(entry, first, particle, found)
    return found


def _put_others(entry: Entry, first: dict[str, str], particle: str, found: Gathered) -> None:
    """Put the fields that are each for themselves."""
    known, dates, people = table.fields_of(entry.kind).read, date_fields(), name_fields()
    for name, value in _with_subtitles(entry.fields, first):
        # A book that others refer to by `crossref` has its title twice.
        again = name == "booktitle" and table.is_book(entry.kind) and value == first.get("title")
        if name in _TAKEN or again:
            continue
        field = known.get(name)
        if field is None:
            found.drop([name] if value.strip() else [])
        elif field in people:
            _put_names(found, field, value, name, particle)
        elif field in dates:
            text = verbatim(value) if name in table.VERBATIM else decoded(value)
            found.put(field, text and date_of_text(text), name)
        else:
            _put_text(found, field, name, value)


def _put_text(found: Gathered, field: str, name: str, value: str) -> None:
    if name in table.VERBATIM:
        found.put(field, verbatim(value), name)
    elif field == "page":
        found.put(field, decoded(value.replace("---", "-").replace("--", "-")), name)
    elif name == "maintitle" and "container-title" in found.fields:
        # What is in a volume of a whole: the volume is between the two.
        found.put("volume-title", found.fields.pop("container-title"), "booktitle")
        found.put(field, decoded(value), name)
    else:
        found.put(field, decoded(value), name)


def _put_type(kind: str, first: dict[str, str], found: Gathered) -> None:
    csl = CSL_TYPES.get(kind)
    if csl is None:
        found.left.append(f"@{kind} (kept as a document)")
    found.put("type", csl or "document", "")
    subtype = first.get("entrysubtype", "").strip()
    if subtype.lower() in SUBTYPES:
        found.fields["type"] = SUBTYPES[subtype.lower()]
    elif subtype:
        found.left.append("entrysubtype")
    if kind in GENRES and not first.get("type", "").strip():
        found.put("genre", GENRES[kind], "")


def _particle(options: str, found: Gathered) -> str:
    options = " ".join(options.split())
    rest = _USEPREFIX.sub("", options)
    if rest.strip():
        found.left.append("options")
    said = _USEPREFIX.search(options)
    return "dropping-particle" if said and said[1] == "false" else "non-dropping-particle"


def _role(name: str, value: str, found: Gathered) -> str:
    kind = decoded(value).lower()
    role = _ROLES.get(kind, kind or "editor")
    if role in name_fields():
        return role
    found.left.append(f"{name} ({value.strip()})")
    return "editor"


def _put_names(found: Gathered, field: str, value: str, name: str, particle: str) -> None:
    names, others = names_of(value, particle)
    found.put(field, names, name)
    if others:
        found.left.append(f"{name} (and others)")


def _with_subtitles(
    fields: list[tuple[str, str]], first: dict[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield fields, titles with their subtitles; names that are only read come last."""
    subtitles = {
        table.SUBTITLES[name]: value
        for name, value in first.items()
        if name in table.SUBTITLES and value.strip()
    }
    if "journaltitle" in subtitles and "journaltitle" not in first:
        subtitles["journal"] = subtitles.pop("journaltitle")
    for title, value in subtitles.items():
        if title not in first:
            yield title, value
    late = [field for field in fields if field[0] in table.READ_LATE]
    for name, value in [field for field in fields if field[0] not in table.READ_LATE] + late:
        more = subtitles.get(name, "")
        if more:
            plain = value.strip()
            yield name, f"{plain}{'' if _LINKING.search(plain) else ':'} {more}"
        else:
            yield name, value


def _put_howpublished(kind: str, first: dict[str, str], found: Gathered) -> None:
    value = first.get("howpublished", "")
    if _ADDRESS.fullmatch(value):
        address = verbatim(value)
        own = verbatim(first.get("url", ""))
        if own and own != address:
            found.left.append("howpublished")
        found.put("URL", own or address, "howpublished")
    elif value.strip():
        found.put(table.fields_of(kind).read["howpublished"], decoded(value), "howpublished")


def _put_issued(first: dict[str, str], found: Gathered) -> None:
    """Put together when it was issued; year, month and day are reported if a date differs."""
    date = verbatim(first.get("date", ""))
    year, month, day = (decoded(first.get(name, "")) for name in ("year", "month", "day"))
    if not date and year:
        found.put("issued", _dated(year, month, day), "year")
        return
    if not date:
        # A month of no year is no date.
        found.drop(name for name, part in (("month", month), ("day", day)) if part)
        return
    found.put("issued", date_of_text(date), "date")
    apart = _dated(year, month, day) if year or month or day else ""
    if apart and not (year and date.startswith(str(apart))):
        found.left += [name for name in ("year", "month", "day") if first.get(name, "").strip()]


def _dated(year: str, month: str, day: str) -> object:
    if not day and (apart := _MONTH_DAY.fullmatch(month)):
        month, day = apart[1] or apart[4], apart[2] or apart[3]
    number = _month(month)
    parts = [year, number or month, f"{day:0>2}" if day.isdigit() else day]
    text = "-".join(part for part in parts if part)
    if (number or not month) and (month or not day) and is_date(text):
        return text
    if _YEAR.fullmatch(year) and month and not day and not _DIGIT.search(month):
        return {"date-parts": [[int(year)]], "season": month}
    if not month and not day:
        return date_of_text(year)
    # A year such as "c. 380" makes a date in words.
    return {"literal": " ".join(part for part in (day, month, year) if part)}


def _month(month: str) -> str:
    """Return the number of a month, with two digits; "" if it is none."""
    if month.isdigit():
        return f"{month:0>2}"
    name = month.lower().removesuffix(".")
    if len(name) < _SHORTEST_MONTH:
        return ""
    if name == "sept":
        name = "sep"
    found = [n for n, whole in enumerate(MONTHS, 1) if whole.lower().startswith(name)]
    return f"{found[0]:02}" if len(found) == 1 else ""
