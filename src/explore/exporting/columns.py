"""From the declared fields of a record to columns of a table, and to the values in them."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal, NamedTuple, NotRequired, get_args, get_origin, is_typeddict

from explore.formats.cells import place_text
from explore.model.csl_parts import CslDate
from explore.model.dates import is_date, span
from explore.model.fields import Id, is_range
from explore.model.records import Record

Type = Literal["text", "integer", "date", "array"]
Value = str | int | list[str] | None

# The table that an id stands in, for the fields that hold one.
_REFERS = {"source": "sources", "via": "sources", "subject": "actors"}
# What a database can take as an integer.
_LARGEST = 2**63 - 1
_ID = get_args(Id)[1:]


class Column(NamedTuple):
    """A column: what it holds, and how far that is bound.

    Attributes:
        name: as in the YAML, with `_` for `-`.
        told: what it holds, in a sentence.
        type: an array holds texts; a date is a day.
        required: whether every row has it.
        refers: the table whose `id` it holds, if it does.
        choices: the only values there are, if they are few.
    """

    name: str
    told: str
    type: Type = "text"
    required: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()


class Part(NamedTuple):
    """A column, and how its value is got from a record."""

    column: Column
    value: Callable[[Record], Value]


def parts(declared: Any) -> Iterator[Part]:
    """Yield the columns of a declared type, in its order."""
    for name, hint in declared.__annotations__.items():
        yield from _parts(name, hint)


def _parts(name: str, hint: Any) -> Iterator[Part]:
    required = get_origin(hint) is not NotRequired
    inner = hint if required else get_args(hint)[0]
    # Every field is declared with what it means; its own words come after those of its type.
    metadata, bare = inner.__metadata__, inner.__origin__
    column = Column(
        name.replace("-", "_"),
        metadata[-1].doc,
        required=required,
        refers=_REFERS[name] if metadata[:1] == _ID and name != "id" else "",
        choices=get_args(bare) if get_origin(bare) is Literal else (),
    )
    if is_typeddict(bare):
        yield Part(column, lambda record: _place(record.get(name)))
        for part in parts(bare):
            yield _within(name, part)
    elif get_origin(bare) is list:
        yield Part(column._replace(type="array"), lambda record: _briefs(record.get(name)))
    elif is_range(hint):
        yield from _range(column, name)
    elif bare is int:
        yield Part(column._replace(type="integer"), lambda record: _integer(record.get(name)))
    elif CslDate in get_args(bare):
        yield Part(column, lambda record: written(record.get(name)))
    else:
        yield Part(column, lambda record: record.get(name))
    if name == "date":
        yield Part(FIRST_DAY, lambda record: days(record.get(name))[0])
        yield Part(LAST_DAY, lambda record: days(record.get(name))[1])


def _range(column: Column, name: str) -> Iterator[Part]:
    """Yield the columns of a number that may be a range: where it begins, and where it ends."""

    def end(record: Record, at: int) -> int | None:
        numbers = str(record.get(name, "")).split("-")
        return _integer(int(numbers[at])) if numbers[at:] and numbers[at] else None

    first = f"{column.told} Of a range, the first."
    yield Part(column._replace(type="integer", told=first), partial(end, at=0))
    told = f"Of a range, the last {name}."
    yield Part(Column(f"last_{column.name}", told, "integer"), partial(end, at=1))


FIRST_DAY = Column("first_day", "The first day that `date` covers.", "date")
LAST_DAY = Column("last_day", "The last day that `date` covers.", "date")


def _within(name: str, part: Part) -> Part:
    """Give a part of a field that falls into parts."""
    column = part.column._replace(name=f"{name}_{part.column.name}")
    return Part(column, lambda record: part.value(record.get(name) or {}))


def written(date: str | Record | None) -> str | None:
    """Give a date of a source as text: EDTF where it can be, else as it was put in words."""
    if not isinstance(date, dict):
        return date
    days = ["-".join(f"{number:02}" for number in day) for day in date.get("date-parts", ())]
    return "/".join(days) or date.get("literal") or date.get("raw")


def days(date: str | None) -> tuple[str | None, str | None]:
    """Give the first and the last day of a date, which exist; nothing for words."""
    if not date or not is_date(date):
        return None, None
    first, last = span(date)
    year, month, day = map(int, last.split("-"))
    return first, f"{last[:8]}{min(day, monthrange(year, month)[1]):02}"


def _place(locator: Record | None) -> str | None:
    return place_text(locator) if locator else None


def _integer(number: int | None) -> int | None:
    """Give a number that a database can hold; the place in words has those that it cannot."""
    return number if number is not None and abs(number) <= _LARGEST else None


def _briefs(entries: list[Any] | None) -> list[str] | None:
    return None if entries is None else [brief(entry) for entry in entries]


def brief(entry: str | Record) -> str:
    """Give an entry of a list as one text: an id for a link or a citation, a name for a name."""
    if isinstance(entry, str):
        return entry
    one: str | None = entry.get("claim") or entry.get("source") or entry.get("literal")
    return one or ", ".join(filter(None, (entry.get("family"), entry.get("given"))))
