"""When things were said or happened, measured by the source that the corpus starts from."""

from explore.model.citation import issued
from explore.model.dates import is_date, span
from explore.index.queries import Index
from explore.model.query import Query
from explore.model.records import Record


class Chronology:
    """Tells what is later than the source of the thesis: its authors could not know it.

    Attributes:
        source: the source of the first thesis, or None.
        appeared: the date of that source as written, or nothing.
    """

    def __init__(self, index: Index) -> None:
        """Find the source of the thesis."""
        self._index = index
        thesis = next(index.claims(Query(role=("thesis",), limit=1)), None)
        self.source: Record | None = index.record(thesis["source"])[1] if thesis else None
        date = issued(self.source) if self.source else ""
        self.appeared = date if is_date(date) else ""

    @property
    def source_id(self) -> str | None:
        """The id of the source of the thesis."""
        return str(self.source["id"]) if self.source else None

    def when(self, claim: Record) -> str:
        """Give the date of what a claim tells, else that of its source, or nothing."""
        date = claim["date"] or issued(self._index.record(claim["source"])[1])
        return str(date) if is_date(date or "") else ""

    def is_later(self, claim: Record) -> bool:
        """Tell whether all of a claim's date comes after the source of the thesis."""
        date = self.when(claim)
        return bool(date and self.appeared) and span(date)[0] > span(self.appeared)[1]
