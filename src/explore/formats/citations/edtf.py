"""Dates of CSL as EDTF text (ISO 8601-2, level 1), and back."""

import re
from typing import Any

from explore.model.dates import is_date

# EDTF's months 21 to 24 are the seasons that CSL numbers 1 to 4.
_SEASON = 20
_SEASONS = re.compile(r"(\d{4})-2([1-4])")


def text_of_date(value: Any) -> str:
    """Return a date as EDTF text, or "" where only words can say it."""
    if isinstance(value, str):
        return value if is_date(value) else ""
    if value.keys() - {"date-parts", "season", "circa"}:
        return ""
    days = value.get("date-parts") or []
    if not all(days):
        return ""
    text = "/".join(
        "-".join([f"{day[0]:04}", *(f"{part:02}" for part in day[1:])]) for day in days
    )
    season = value.get("season")
    if not is_date(text):
        return ""
    if season:
        alone = len(days) == 1 and len(days[0]) == 1 and season in {"1", "2", "3", "4"}
        if not alone:
            return ""
        text += f"-{_SEASON + int(season)}"
    circa = value.get("circa")
    if circa == "true" and "/" not in text:
        return text + "~"
    return "" if circa else text


def words_of_date(value: Any) -> str:
    """Return what a date says in words, or ""."""
    if isinstance(value, str):
        return "" if is_date(value) else value
    return str(value.get("literal") or value.get("raw") or "")


def date_of_text(text: str) -> Any:
    """Return a date as a source has it: EDTF text, or CSL's structure for what that cannot say."""
    if is_date(text):
        return text
    plain = text.removesuffix("~")
    circa = {"circa": "true"} if plain != text else {}
    if season := _SEASONS.fullmatch(plain):
        return {"date-parts": [[int(season[1])]], "season": season[2], **circa}
    if circa and is_date(plain) and "/" not in plain:
        return {"date-parts": [[int(part) for part in plain.split("-")]], **circa}
    return {"literal": text}
