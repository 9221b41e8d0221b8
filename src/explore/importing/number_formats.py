"""Cells of a spreadsheet as its number formats show them."""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal

# Text in quotes, an escaped character, a width to leave free, a character to fill up with, a
# currency or language, a color or condition.
_LITERAL = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<sign>[^\]-]*)[^\]]*\]|\[[^\]]*\]'
)
_DIGITS = re.compile(r"[#0?,]*(?:\.[#0?]*)?")
_SCIENCE = re.compile(r"E[+-]0+", re.IGNORECASE)
_HOLD = "\x00"
# What a float holds for sure; Excel stores no more.
_PRECISION = 15


def shown_date(value: dt.datetime | dt.date | dt.time | dt.timedelta, form: str) -> str:
    """Return a date or time in ISO 8601, as exactly as a number format shows it."""
    plain = _LITERAL.sub("", form.partition(";")[0]).lower()
    seconds = "s" in plain
    timed = seconds or "h" in plain
    if isinstance(value, dt.timedelta):
        minutes, second = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}" + (f":{second:02}" if seconds else "")
    if isinstance(value, dt.time):
        return value.isoformat("seconds" if seconds or value.second else "minutes")
    day = value.isoformat()[:10]
    # A date may be stored as such, in a cell whose format is for anything.
    timed = timed or not {"y", "m", "d"} & set(plain)
    if isinstance(value, dt.datetime) and timed and value.time() != dt.time():
        return value.isoformat(" ", "seconds" if seconds or value.second else "minutes")
    if timed or "y" not in plain or "d" in plain:
        return day
    return day[:7] if "m" in plain else day[:4]


def shown_number(value: float, form: str) -> str:
    """Return a number as a number format shows it, or as it is if the format is a rare one."""
    sections = _sections(form)
    negative = value < 0 and len(sections) > 1
    section = sections[1] if negative else sections[0]
    if value == 0 and len(sections) > 2:  # noqa: PLR2004 - positive; negative; zero
        section = sections[2]
    return _formatted(abs(value) if negative else value, section) or general(value)


def general(value: float) -> str:
    """Return a number in as many digits as it has, without those that a float makes up."""
    if isinstance(value, int):
        return str(value)
    if value.is_integer() and abs(value) < 10**_PRECISION:
        return str(int(value))
    return f"{value:.{_PRECISION}g}"


def _sections(form: str) -> list[str]:
    """Return the parts of a format for positive and negative numbers, zero and text."""
    held = _LITERAL.sub(lambda match: match[0].replace(";", _HOLD), form)
    return [part.replace(_HOLD, ";") for part in held.split(";")]


def _formatted(value: float, section: str) -> str:
    """Return a number in a section of a format; "" if the section is not of a plain kind."""
    literals: list[str] = []

    def hold(match: re.Match[str]) -> str:
        literals.append(match["quoted"] or match["escaped"] or match["sign"] or "")
        return _HOLD

    plain = _LITERAL.sub(hold, section)
    digits = next((match for match in _DIGITS.finditer(plain) if match[0].strip(",.")), None)
    if digits is None or not {"0", "#"} & set(digits[0]):
        return ""
    before, after = plain[: digits.start()], plain[digits.end() :]
    science = _SCIENCE.match(after)
    after = after[science.end() :] if science else after
    if re.search(r"[#0?/@a-zA-Z]", before + after):
        return ""
    number = _digits(value, digits[0], (before + after).count("%"), bool(science))
    parts = iter(literals)
    filled = re.sub(_HOLD, lambda _: next(parts), f"{before}\x01{after}")
    sign = "-" if number.startswith("-") else ""
    return (sign + filled.replace("\x01", number.removeprefix("-"))).strip()


def _digits(value: float, form: str, percents: int, science: bool) -> str:
    whole, _, part = form.partition(".")
    least = part.count("0")
    if science:
        return f"{value:.{len(part)}E}"
    number = Decimal(general(value)) * 100**percents
    scaled = whole.rstrip(",")
    number /= 1000 ** (len(whole) - len(scaled))
    number = number.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    text = f"{number:,f}" if "," in scaled else f"{number:f}"
    left, _, right = text.partition(".")
    sign = "-" if left.startswith("-") and number else ""
    left = left.removeprefix("-").rjust(scaled.count("0"), "0")
    right = right[:least] + right[least:].rstrip("0")
    return sign + left + (f".{right}" if right else "")
