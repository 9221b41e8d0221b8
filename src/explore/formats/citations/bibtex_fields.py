"""How BibTeX and biblatex call what CSL has: one table, for reading and for writing.

A CSL field is written under the first name that its kind of entry has for it, and read under all.
"""

from typing import NamedTuple

_FAMILIES = {
    "article": "article",
    "suppperiodical": "article",
    "review": "article",
    "incollection": "part",
    "inproceedings": "part",
    "conference": "part",
    "inbook": "part",
    "bookinbook": "part",
    "suppbook": "part",
    "suppcollection": "part",
    "inreference": "part",
    "techreport": "report",
    "report": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "book": "book",
    "mvbook": "book",
    "collection": "book",
    "mvcollection": "book",
    "proceedings": "book",
    "mvproceedings": "book",
    "reference": "book",
    "mvreference": "book",
    "manual": "book",
    "booklet": "book",
    "periodical": "book",
}
# BibTeX's name first. These differ with the kind of entry.
_OWN: dict[str, dict[str, str]] = {
    "article": {
        "journal": "container-title",
        "issuetitle": "volume-title",
        "number": "issue",
        "eid": "number",
        "howpublished": "medium",
        "publisher": "publisher",
    },
    "part": {
        "booktitle": "container-title",
        "number": "collection-number",
        "issue": "issue",
        "eid": "number",
        "howpublished": "medium",
        "publisher": "publisher",
    },
    "book": {
        "maintitle": "container-title",
        "number": "collection-number",
        "issue": "issue",
        "eid": "number",
        "howpublished": "medium",
        "publisher": "publisher",
    },
    "report": {
        "booktitle": "container-title",
        "number": "number",
        "issue": "issue",
        "howpublished": "medium",
        "institution": "publisher",
    },
    "thesis": {
        "booktitle": "container-title",
        "number": "number",
        "issue": "issue",
        "howpublished": "medium",
        "school": "publisher",
    },
    "loose": {
        "howpublished": "container-title",
        "number": "number",
        "issue": "issue",
        "publisher": "publisher",
    },
}
_COMMON = {
    "title": "title",
    "shorttitle": "title-short",
    "shortjournal": "container-title-short",
    "series": "collection-title",
    "volume": "volume",
    "volumes": "number-of-volumes",
    "part": "part-number",
    "chapter": "chapter-number",
    "pages": "page",
    "pagetotal": "number-of-pages",
    "edition": "edition",
    "version": "version",
    "address": "publisher-place",
    "eventtitle": "event-title",
    "venue": "event-place",
    "type": "genre",
    "language": "language",
    "note": "note",
    "abstract": "abstract",
    "keywords": "keyword",
    "library": "call-number",
    "pubstate": "status",
    "copyright": "license",
    "origtitle": "original-title",
    "origpublisher": "original-publisher",
    "origlocation": "original-publisher-place",
    "eprinttype": "archive",
    "eprintclass": "archive_collection",
    "eprint": "archive_location",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "ids": "citation-key",
    "date": "issued",
    "urldate": "accessed",
    "eventdate": "event-date",
    "origdate": "original-date",
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "bookauthor": "container-author",
}
# Other names of these, which are only read.
_READ = {
    "journal": "container-title",
    "journaltitle": "container-title",
    "booktitle": "container-title",
    "maintitle": "container-title",
    "publisher": "publisher",
    "institution": "publisher",
    "school": "publisher",
    "organization": "publisher",
    "location": "publisher-place",
    "journalabbr": "container-title-short",
    "shortbooktitle": "container-title-short",
    "numpages": "number-of-pages",
    "langid": "language",
    "keyword": "keyword",
    "mendeley-tags": "keyword",
    "annote": "annote",
    "annotation": "annote",
    "comment": "annote",
    "review": "annote",
    "addendum": "note",
    "titleaddon": "note",
    "booktitleaddon": "note",
    "maintitleaddon": "note",
    "journaltitleaddon": "note",
    "eventtitleaddon": "note",
    "bdsk-url-1": "URL",
    "conference": "event-title",
    "lccn": "call-number",
    "rights": "license",
    "license": "license",
    "archiveprefix": "archive",
    "archive": "archive",
    "primaryclass": "archive_collection",
    "medium": "medium",
    "lastaccessed": "accessed",
    "lastchecked": "accessed",
    "accessed": "accessed",
    "origyear": "original-date",
    "section": "section",
    "holder": "authority",
    "annotator": "contributor",
    "commentator": "contributor",
    "introduction": "contributor",
    "foreword": "contributor",
    "afterword": "contributor",
    "director": "director",
}
# These come after the others, so that they add to what those say and never stand in for it.
READ_LATE = frozenset(_READ) - frozenset(("journal", "booktitle", "publisher"))
# What holds no LaTeX.
VERBATIM = frozenset(
    (
        *("doi", "url", "bdsk-url-1", "eprint", "isbn", "issn", "pmid", "pmcid", "ids", "file"),
        *("date", "urldate", "eventdate", "origdate"),
    )
)
# Each field that goes on with the text of another.
SUBTITLES = {
    "subtitle": "title",
    "booksubtitle": "booktitle",
    "mainsubtitle": "maintitle",
    "journalsubtitle": "journaltitle",
    "issuesubtitle": "issuetitle",
}
# biblatex's editors of other kinds, each with what says the kind.
EDITORS = {name: f"{name}type" for name in ("editor", "editora", "editorb", "editorc")}


class Fields(NamedTuple):
    """The names of one kind of entry.

    Attributes:
        written: the BibTeX field of each CSL field.
        read: the CSL field of each BibTeX field.
    """

    written: dict[str, str]
    read: dict[str, str]


def _fields(own: dict[str, str]) -> Fields:
    written = {csl: name for name, csl in (_COMMON | own).items()}
    return Fields(written, _READ | _COMMON | own)


_BY_FAMILY = {family: _fields(own) for family, own in _OWN.items()}


def fields_of(entry_type: str) -> Fields:
    """Return the names that an entry type has."""
    return _BY_FAMILY[_FAMILIES.get(entry_type, "loose")]


def is_book(entry_type: str) -> bool:
    """Whether an entry type is a whole that others may be part of."""
    return _FAMILIES.get(entry_type) == "book"
