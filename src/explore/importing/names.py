"""Names in a table as records of the corpus: those that it has, and new ones for the others."""

from explore.importing.ids import Ids
from explore.names import fold
from explore.records import Record


class Names:
    """Actors or sources by any of their names."""

    def __init__(self, known: list[Record], new: dict[str, str], title: str, ids: Ids) -> None:
        """Know the records of a corpus.

        Args:
            known: the records.
            new: the fields of records that are made.
            title: the field that holds the name of a record that is made.
            ids: gives records that are made their ids.
        """
        self.made: dict[str, Record] = {}
        self._new = new
        self._title = title
        self._ids = ids
        self._by_name: dict[str, str] = {}
        for record in known:
            self.know(record)

    def know(self, record: Record) -> None:
        """Let the names of a record lead to it, but for those that lead elsewhere."""
        for name in (record["id"], *_named(record)):
            self._by_name.setdefault(fold(name), record["id"])

    def id_of(self, name: str) -> str:
        """Give the id of the record that a name leads to, which is made if there is none."""
        key = fold(name) or name
        if key not in self._by_name:
            made = self._ids.new(name, "actor" if self._title == "name" else "source")
            self._by_name[key] = made
            self.made[made] = {"id": made, self._title: name} | self._new
        return self._by_name[key]


def _named(record: Record) -> list[str]:
    names = [record.get(field) for field in ("name", "short", "title")]
    return [name for name in (*names, *record.get("aliases", [])) if isinstance(name, str)]
