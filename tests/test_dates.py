"""Dates of any precision."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from explore.model.dates import is_date, span


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_every_day_month_and_year_is_a_date(day: date, length: int) -> None:
    """A day lies in the span of its year, its month and itself."""
    text = day.isoformat()
    written = text[:length]
    assert is_date(written)
    first, last = span(written)
    assert first <= text <= last
    assert first.startswith(written)
    assert last.startswith(written)


@given(st.dates(), st.dates())
def test_intervals(start: date, end: date) -> None:
    """An interval is a date if it does not run backwards, and spans both its ends."""
    text = f"{start}/{end}"
    assert is_date(text) == (start <= end)
    assert span(text) == (str(start), str(end))


@pytest.mark.parametrize(
    "text", ["", "22", "2022-13", "2022-02-30", "soon", "2022/", "٢٠٢٢", "0000"]
)
def test_no_date(text: str) -> None:
    """What the calendar does not have is no date."""
    assert not is_date(text)


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    """No text raises."""
    assert is_date(text) in {True, False}
