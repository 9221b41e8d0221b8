"""BibTeX, as biblatex and biber read it; bibtexparser writes the entries."""

import re
from collections.abc import Iterable

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.model import Entry, Field

from explore.citation import issued
from explore.records import Record
from explore.visible import one_line

# CSL types and the entry types of BibTeX; what is not here is `misc`.
_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
}
_FIELDS = {
    "publisher": "publisher",
    "volume": "volume",
    "issue": "number",
    "number": "number",
    "page": "pages",
    "DOI": "doi",
    "URL": "url",
    "ISBN": "isbn",
    "ISSN": "issn",
    "note": "note",
}
_VERBATIM = {"doi", "url"}


def write(sources: Iterable[Record]) -> str:
    """Give the sources as BibTeX entries, with the source's id as the key."""
    text: str = write_string(Library([_entry(source) for source in sources]))
    return text


def _entry(source: Record) -> Entry:
    kind = _TYPES.get(source["type"], "misc")
    fields = {
        "title": "{" + _escaped(source["title"]) + "}",
        "author": " and ".join(map(_name, source["author"] or [])),
        **_container(kind, source),
        **_dated(issued(source)),
    }
    for name, field in _FIELDS.items():
        if value := source[name]:
            fields.setdefault(field, value if field in _VERBATIM else _escaped(value))
    written = [Field(key, value) for key, value in fields.items() if value]
    return Entry(kind, source["id"], written)


def _container(kind: str, source: Record) -> dict[str, str]:
    title = source["container-title"]
    names = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
    return {names.get(kind, "howpublished"): _escaped(title)} if title else {}


def _dated(date: str) -> dict[str, str]:
    """Give the year and month that BibTeX knows, and biblatex's whole date."""
    year, *rest = date.partition("/")[0].split("-")
    found = {"year": year, "date": date}
    if rest:
        found["month"] = str(int(rest[0]))
    return found if year.isdigit() else {}


def _name(name: dict[str, str]) -> str:
    if "literal" in name:
        return "{" + _escaped(name["literal"]) + "}"
    return _escaped(", ".join(filter(None, (name.get("family"), name.get("given")))))


def _escaped(text: str) -> str:
    r"""Escape what TeX would act on; braces and backslashes have commands of their own."""
    words = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}"}
    return re.sub(
        r"[\\{}~^&%$#_]",
        lambda found: words.get(
            found[0], r"\textasciicircum{}" if found[0] == "^" else "\\" + found[0]
        ),
        one_line(text),
    )
