"""Which claims are asked for, in which order, and how many."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

# Around what matched in an excerpt of a search result.
MARK = "*"
# What `since` and `until` look at.
DATES = ("event", "said")
SORT_KEYS = ("order", "id", "date", "kind", "role", "subject", "source")
# Whether a claim has any of the values of one filter, or all of them.
Match = Literal["any", "all"]

_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Query(NamedTuple):
    """What to look for; names are resolved to ids, and an empty value asks for nothing.

    Values of one filter widen (or); different filters narrow (and), as do the entries of `each`.

    Attributes:
        ids: the claims themselves.
        where: values by the options in `explore.model.references.filters("claim")`.
        each: more filters, an option with its values; an option may be repeated.
        disputed: whether another claim disputes it.
        responses: only claims that respond to a claim.
        unanswered: only threats that no claim responds to.
        dated: only claims with a date.
        since, until: first and last date; a claim whose date overlaps them counts.
        dates: which date that is, one of `DATES`; see `reading`.
        search: words, in the syntax of `explore.index.search_terms`.
        sort: one of `SORT_KEYS`, with `-` before it for the reverse.
        limit: maximum number; 0 for all.
    """

    ids: tuple[str, ...] = ()
    where: Mapping[str, tuple[str, ...]] = _NONE
    each: tuple[tuple[str, tuple[str, ...]], ...] = ()
    disputed: bool | None = None
    responses: bool = False
    unanswered: bool = False
    dated: bool = False
    since: str | None = None
    until: str | None = None
    dates: str = ""
    search: str = ""
    sort: str = ""
    limit: int = 0

    @property
    def reading(self) -> str:
        """Which date `since` and `until` look at.

        `event` is the date of what a claim describes, and where it has none, when it was said;
        `said` is when it was said. Who asks what somebody says means the latter.
        """
        return self.dates or ("said" if self.where.get("by") else "event")

    @property
    def is_narrow(self) -> bool:
        """Whether any filter is set, besides the words that are searched for."""
        bare = self._replace(search="", sort="", dates="", limit=0, where=_NONE)
        return bare != Query() or any(self.where.values())
