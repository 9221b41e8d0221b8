"""The one filter object: which claims a question asks for, in which order, how many."""

from typing import NamedTuple

SORT_KEYS = ("order", "id", "date", "kind", "role", "subject", "source")


class Query(NamedTuple):
    """What to look for; ids are resolved, an empty tuple asks for nothing in particular.

    Values of one field widen (or), different fields narrow (and).

    Attributes:
        ids: the claims themselves.
        about, by, subject: actors.
        kind, role, topic, source, instrument, status: values of these fields.
        to: claims that the claim answers.
        disputed: whether another claim disputes it.
        responses: only claims that answer some claim.
        unanswered: only threats that no claim answers.
        dated: only claims with a date.
        since, until: first and last date; a claim whose date overlaps them counts.
        search: words, in the syntax of `explore.index.words`.
        sort: one of `SORT_KEYS`, with `-` before it for the reverse.
        limit: how many at most; 0 for all.
    """

    ids: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    role: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    instrument: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    disputed: bool | None = None
    responses: bool = False
    unanswered: bool = False
    dated: bool = False
    since: str | None = None
    until: str | None = None
    search: str = ""
    sort: str = ""
    limit: int = 0
