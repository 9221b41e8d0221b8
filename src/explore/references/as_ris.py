"""RIS, as EndNote, Mendeley and Zotero read it; rispy writes the lines."""

from collections.abc import Iterable
from typing import Any

import rispy

from explore.citation import issued
from explore.records import Record
from explore.visible import one_line

# CSL types and RIS's own; what is not here is GEN, for generic.
_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "chapter": "CHAP",
    "paper-conference": "CPAPER",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
    "post-weblog": "BLOG",
    "legislation": "STAT",
    "treaty": "GEN",
}
_FIELDS = {
    "title": "title",
    "container-title": "secondary_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "number",
    "page": "start_page",
    "DOI": "doi",
    "note": "abstract",
}


def write(sources: Iterable[Record]) -> str:
    """Give the sources as RIS entries."""
    text: str = rispy.dumps([_entry(source) for source in sources])
    return text


def _entry(source: Record) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type_of_reference": _TYPES.get(source["type"], "GEN"),
        "id": source["id"],
    }
    entry |= {field: one_line(source[name]) for name, field in _FIELDS.items() if source.get(name)}
    if source["author"]:
        entry["authors"] = [_name(name) for name in source["author"]]
    if date := issued(source):
        entry["year"] = date[:4]
        entry["date"] = date.split("/")[0].replace("-", "/")
    if source["URL"]:
        entry["urls"] = [source["URL"]]
    return entry


def _name(name: dict[str, str]) -> str:
    given = ", ".join(filter(None, (name.get("family"), name.get("given"))))
    return one_line(name.get("literal") or given)
