"""Names in a table as records of the corpus: those that it has, and new ones for the others."""

import re

from explore.importing.ids import Ids, as_id, same, slug
from explore.model.fields import ID_PATTERN
from explore.model.names import fold
from explore.model.records import Record
from explore.model.references import reference_types

# Fields of claims and actors that name actors; `offices.of` is a part of an entry.
ACTORS = tuple(
    field
    for kind in ("claim", "actor")
    for field, type_ in reference_types(kind).items()
    if type_ == "actor"
)


class AmbiguousError(ValueError):
    """A name that several records have."""


class Names:
    """Actors or sources by any of their names.

    Attributes:
        made: the records made for names that nobody had.
        apart: for each of them whose id had to be told from another's, a sentence that says so.
    """

    def __init__(self, known: list[Record], new: Record, title: str, ids: Ids) -> None:
        """Know the records of a corpus.

        Args:
            known: the records.
            new: the fields of records that are made; those under the name of a field are for
                records that are first named there, and come before the others.
            title: the field that holds the name of a record that is made.
            ids: gives records that are made their ids.
        """
        self.made: dict[str, Record] = {}
        self.apart: dict[str, str] = {}
        self._new = new
        self._title = title
        self._ids = ids
        self._own: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        for record in known:
            self.know(record)

    def know(self, record: Record) -> None:
        """Let names lead to a record; an id always leads to its own."""
        own = record["id"]
        self._own.add(own)
        for name in (own, *_named(record)):
            owners = self._by_name.setdefault(same(name), [])
            if own not in owners:
                owners.append(own)

    def id_of(self, name: str, field: str) -> str:
        """Return the id of the record that a name in a field leads to; if there is none, make it.

        Raises:
            AmbiguousError: if the name leads to several.
        """
        if name in self._own:
            return name
        key = same(name)
        if key not in self._by_name:
            kind = "actor" if self._title == "name" else "source"
            made = self._ids.new(name, kind)
            self._by_name[key] = [made]
            own = {key: value for key, value in self._new.items() if isinstance(value, str)}
            self.made[made] = {"id": made, self._title: name} | own | self._new.get(field, {})
            if made != slug(name, kind):
                self.apart[made] = f"{kind} '{name}' is '{made}', as '{slug(name, kind)}' is taken"
        first, *others = self._by_name[key]
        if others:
            raise AmbiguousError(f"'{name}' matches {', '.join((first, *others))}; use an id")
        return first


class Topics:
    """Topics, which have no record of their own, by their names.

    Attributes:
        notes: for each id from which the name cannot be read, a sentence that has the name.
    """

    def __init__(self) -> None:
        self.notes: dict[str, str] = {}
        self._by_name: dict[str, str] = {}
        self._owners: dict[str, str] = {}

    def id_of(self, name: str) -> str:
        """Return the id of a topic; an id is its own, and different names have different ids."""
        if re.fullmatch(ID_PATTERN, name):
            self._owners.setdefault(name, same(name))
            return name
        key = same(name)
        if key not in self._by_name:
            base = as_id(name, "topic")
            found, number = base, 1
            while self._owners.setdefault(found, key) != key:
                number += 1
                found = f"{base}-{number}"
            self._by_name[key] = found
            if fold(name).replace(" ", "") != found.replace("-", ""):
                self.notes[found] = f"topic '{name}' is written as '{found}'"
        return self._by_name[key]


def _named(record: Record) -> list[str]:
    names = [record.get(field) for field in ("name", "short", "title", "citation-key")]
    lists = (*record.get("aliases", []), *record.get("former_ids", []))
    return [name for name in (*names, *lists) if name]
