"""What the dates of a query leave out."""

import sqlite3
from typing import NamedTuple

from explore.index.select import WAS_SAID, select, within
from explore.model.query import DATES, Query


class LeftOut(NamedTuple):
    """How many claims the dates of a query leave out that fit the rest of it.

    Attributes:
        added: those that the other reading of dates adds.
        undated: others, without a date in the reading of the query.
    """

    added: int
    undated: int


def left_out(db: sqlite3.Connection, query: Query) -> LeftOut:
    """Count what the dates of a query leave out."""
    if not (query.since or query.until):
        return LeftOut(0, 0)
    rest = select(db, query._replace(since=None, until=None, sort="order"))
    [other] = [reading for reading in DATES if reading != query.reading]
    fits, days = within(query)
    added, other_days = within(query._replace(dates=other))
    undated = f"NOT {WAS_SAID}"
    if query.reading == "event":
        undated += " AND record.first_day IS NULL"
    sql = (
        f"SELECT coalesce(sum({added}), 0), coalesce(sum(NOT ({added}) AND {undated}), 0)"
        f" FROM {rest.tables} WHERE {rest.condition} AND NOT ({fits})"
    )
    values = [*other_days, *other_days, *rest.values, *days]
    return LeftOut(*db.execute(sql, values).fetchone())
