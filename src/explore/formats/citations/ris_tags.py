"""How RIS calls what CSL has: one table, for reading and for writing."""

import re

# Each CSL type with RIS's own; what is not here is GEN, for generic.
TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "broadcast": "MULTI",
    "chapter": "CHAP",
    "classic": "CLSWK",
    "dataset": "DATA",
    "document": "GEN",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "figure": "FIGURE",
    "graphic": "ART",
    "hearing": "HEAR",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "musical_score": "MUSIC",
    "pamphlet": "PAMP",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "periodical": "JFULL",
    "personal_communication": "PCOMM",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "regulation": "LEGAL",
    "report": "RPRT",
    "software": "COMP",
    "song": "SOUND",
    "speech": "SLIDE",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
CSL_TYPES = {ris: csl for csl, ris in TYPES.items()} | {
    "ABST": "article-journal",
    "AGGR": "dataset",
    "ANCIENT": "classic",
    "CONF": "paper-conference",
    "CTLG": "book",
    "DBASE": "dataset",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "EDBOOK": "book",
    "EJOUR": "article-journal",
    "GOVDOC": "report",
    "GRANT": "report",
    "INPR": "article-journal",
    "MANSCPT": "manuscript",
    "SER": "book",
    "UNBILL": "bill",
    "UNBILl": "bill",
    "VIDEO": "motion_picture",
}
# Types whose number is the document's own; ISBN where it is a book's.
BOOKS = frozenset(("BOOK", "CHAP", "EBOOK", "ECHAP", "EDBOOK", "CONF", "CPAPER", "CLSWK", "ENCYC"))
BOOKS |= {"DICT", "PAMP", "SER", "ANCIENT", "CTLG"}
# Types whose pages are a count, as they are part of nothing.
WHOLES = frozenset(("BOOK", "EBOOK", "EDBOOK", "THES", "RPRT", "PAMP", "CLSWK", "GOVDOC"))

NAMES = {
    "author": "AU",
    "editor": "A2",
    "collection-editor": "A3",
    "translator": "A4",
}
FIELDS = {
    "title": "TI",
    "title-short": "ST",
    "container-title": "T2",
    "container-title-short": "J2",
    "collection-title": "T3",
    "abstract": "AB",
    "archive": "DB",
    "archive_location": "AN",
    "call-number": "CN",
    "citation-key": "LB",
    "DOI": "DO",
    "edition": "ET",
    "event-place": "C1",
    "event-title": "C3",
    "genre": "M3",
    "issue": "IS",
    "keyword": "KW",
    "language": "LA",
    "note": "N1",
    "number": "M1",
    "number-of-volumes": "NV",
    "original-title": "OP",
    "PMCID": "C2",
    "publisher": "PB",
    "publisher-place": "CY",
    "reviewed-title": "RI",
    "section": "SE",
    "source": "DP",
    "URL": "UR",
    "volume": "VL",
}
DATES = {"issued": "DA", "accessed": "Y2"}
# Other tags of these, which are only read.
READ_NAMES = {"A1": "author", "ED": "editor"}
READ_FIELDS = {
    "T1": "title",
    "CT": "title",
    "BT": "container-title",
    "JF": "container-title",
    "JO": "container-title",
    "JA": "container-title-short",
    "J1": "container-title-short",
    "N2": "abstract",
    "RN": "annote",
    "CP": "issue",
    "VO": "volume",
    "AV": "archive_location",
    "PP": "publisher-place",
    "LK": "URL",
}
# Written and read together: pages, the standard number, and the year beside the date.
FIRST_PAGE, LAST_PAGE, STANDARD_NUMBER, YEAR, OTHER_YEAR = "SP", "EP", "SN", "PY", "Y1"

_ISBN = re.compile(r"(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx]\b")

_ISSN = re.compile(r"\d{4}-?\d{3}[\dXx]\b")


def standard_field(kind: str, number: str) -> str:
    """Return the CSL field of a standard number, for which RIS has one tag."""
    if kind in BOOKS or _ISBN.match(number):
        return "ISBN"
    # EndNote has a report's own number there.
    return "number" if kind in {"RPRT", "GOVDOC"} and not _ISSN.match(number) else "ISSN"
