"""Names in a table as records of the corpus: those that it has, and new ones for the others."""

from explore.importing.ids import Ids
from explore.names import fold
from explore.records import Record

# Fields of claims and actors that name actors and sources.
ACTORS = ("by", "subject", "about", "member_of", "partner_of")
SOURCES = ("source", "via")


class AmbiguousError(ValueError):
    """A name that several records have."""


class Names:
    """Actors or sources by any of their names."""

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
            owners = self._by_name.setdefault(fold(name), [])
            if own not in owners:
                owners.append(own)

    def id_of(self, name: str, field: str) -> str:
        """Give the id of the record that a name in a field leads to; if there is none, make it.

        Raises:
            AmbiguousError: if the name leads to several.
        """
        if name in self._own:
            return name
        key = fold(name) or name
        if key not in self._by_name:
            made = self._ids.new(name, "actor" if self._title == "name" else "source")
            self._by_name[key] = [made]
            own = {key: value for key, value in self._new.items() if isinstance(value, str)}
            self.made[made] = {"id": made, self._title: name} | own | self._new.get(field, {})
        first, *others = self._by_name[key]
        if others:
            raise AmbiguousError(
                f"'{name}' may be {', '.join((first, *others))}; name one by its id"
            )
        return first


def _named(record: Record) -> list[str]:
    names = [record.get(field) for field in ("name", "short", "title", "citation-key")]
    return [name for name in (*names, *record.get("aliases", [])) if name]
