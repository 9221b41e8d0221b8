"""Dates as the corpus writes them: EDTF level 0 (ISO 8601-2), so `2022` is one too."""

import re
from functools import lru_cache

_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


# A corpus repeats its days many times.
@lru_cache(maxsize=4_096)
def is_date(text: str) -> bool:
    """Whether `text` is a year, month or day that exists, or `start/end` of these."""
    start, slash, end = text.partition("/")
    return _exists(start) and (not slash or (_exists(end) and start <= end))


def _exists(text: str) -> bool:
    if not _DATE.fullmatch(text) or not text.isascii():
        return False
    from datetime import date

    try:
        date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        return False
    return True


def span(text: str) -> tuple[str, str]:
    """Return the first and last day that a date covers, as ISO text that sorts.

    The last day of a month is always written 31: it is a bound and need not exist.
    """
    start, _, end = text.partition("/")
    end = end or start
    return start + "-01-01"[len(start) - 4 :], end + "-12-31"[len(end) - 4 :]
