"""From the declared fields of a record to columns of a table, and to the values in them."""

from calendar import monthrange
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, Literal, NamedTuple, NotRequired, get_args, get_origin, is_typeddict

from explore.formats.cells import flat
from explore.model.csl_parts import CslDate, CslName
from explore.model.dates import is_date, span
from explore.model.fields import is_range
from explore.model.records import Record

Type = Literal["text", "integer", "date", "array"]
Value = str | int | list[str] | None

# The largest integer that a database can store.
_LARGEST = 2**63 - 1


class Column(NamedTuple):
    """A column: what it contains, and which values it can have.

    Attributes:
        name: as in the YAML, with `_` for `-`.
        doc: what it contains, in a sentence.
        type: an array contains texts; a date is a day.
        required: whether every row has a value.
        refers: the table whose `id` it contains; "" if none.
        choices: the only values there can be, if they are declared.
    """

    name: str
    doc: str
    type: Type = "text"
    required: bool = False
    refers: str = ""
    choices: tuple[str, ...] = ()


class FieldColumn(NamedTuple):
    """A column, and the function that returns its value from a record."""

    column: Column
    value: Callable[[Record], Value]


def field_columns(declared: Any) -> Iterator[FieldColumn]:
    """Yield the columns of a declared type, in the order of its fields."""
    for name, hint in declared.__annotations__.items():
        yield from _columns(name, hint)


def _columns(name: str, hint: Any) -> Iterator[FieldColumn]:
    required = get_origin(hint) is not NotRequired
    inner = hint if required else get_args(hint)[0]
    # Every field is declared with what it means; its own words come after those of its type.
    field, bare = inner.__metadata__[-1], inner.__origin__
    column = Column(
        name.replace("-", "_"),
        field.doc,
        required=required,
        refers=f"{field.refers}s" if field.refers and bare is str else "",
        choices=get_args(bare) if get_origin(bare) is Literal else (),
    )
    if is_typeddict(bare):
        yield FieldColumn(column, lambda record: _text(record.get(name)))
        for part in field_columns(bare):
            yield _within(name, part, required=required)
    elif get_origin(bare) is list:
        lead = _lead(bare)
        array = column._replace(type="array")
        yield FieldColumn(array, lambda record: _texts(record.get(name), lead))
    elif is_range(hint):
        yield from _range(column, name)
    elif bare is int:
        number = column._replace(type="integer")
        yield FieldColumn(number, lambda record: _integer(record.get(name)))
    elif CslDate in get_args(bare):
        yield FieldColumn(column, lambda record: date_text(record.get(name)))
    else:
        yield FieldColumn(column, lambda record: _text(record.get(name)))
    if name == "date":
        yield FieldColumn(FIRST_DAY, lambda record: days(record.get(name))[0])
        yield FieldColumn(LAST_DAY, lambda record: days(record.get(name))[1])


def _lead(hint: Any) -> str:
    """Return the part that stands for an entry of a list in an array; "" for names and texts.

    It is the first part: the claim of a link, the actor of a tie, the title of an office.
    """
    (entry,) = get_args(hint)
    for part in (entry, *get_args(entry)):
        if is_typeddict(part) and part is not CslName:
            return str(next(iter(part.__annotations__)))
    return ""


def _range(column: Column, name: str) -> Iterator[FieldColumn]:
    """Yield the columns of a number that may be a range: its first and its last number."""

    def end(record: Record, at: int) -> int | None:
        numbers = str(record.get(name, "")).split("-")
        return _integer(int(numbers[at])) if numbers[at:] and numbers[at] else None

    doc = f"{column.doc} Of a range, the first."
    yield FieldColumn(column._replace(type="integer", doc=doc), partial(end, at=0))
    last = Column(f"last_{column.name}", f"Of a range, the last {name}.", "integer")
    yield FieldColumn(last, partial(end, at=1))


FIRST_DAY = Column("first_day", "The first day that `date` covers.", "date")
LAST_DAY = Column("last_day", "The last day that `date` covers.", "date")


def _within(name: str, part: FieldColumn, *, required: bool) -> FieldColumn:
    """Return a column of a field that has parts, from the column of one part."""
    # A part that every value of the field has is missing where the field is.
    column = part.column._replace(
        name=f"{name}_{part.column.name}", required=part.column.required and required
    )
    return FieldColumn(column, lambda record: part.value(record.get(name) or {}))


def date_text(date: str | Record | None) -> str | None:
    """Return a date of a source as text: in EDTF if possible, else in its words."""
    if not isinstance(date, dict):
        return date
    days = ["-".join(f"{number:02}" for number in day) for day in date.get("date-parts", ())]
    return "/".join(days) or date.get("literal") or date.get("raw")


def days(date: str | None) -> tuple[str | None, str | None]:
    """Return the first and the last day of a date, as days that exist; None for words."""
    if not date or not is_date(date):
        return None, None
    first, last = span(date)
    year, month, day = map(int, last.split("-"))
    return first, f"{last[:8]}{min(day, monthrange(year, month)[1]):02}"


def _integer(number: int | None) -> int | None:
    """Return a number that a database can store, else None; `locator` has it in words."""
    return number if number is not None and abs(number) <= _LARGEST else None


def _text(value: Any) -> str | None:
    """Return a value as text, whatever its type; one with parts as in a cell of CSV."""
    return None if value in (None, {}) else flat(value)


def _texts(entries: list[Any] | None, lead: str) -> list[str] | None:
    if entries is None:
        return None
    return [str(e[lead]) if lead and isinstance(e, dict) else name_text(e) for e in entries]


def name_text(name: Any) -> str:
    """Return a name of CSL as text: the literal one, or family name and given name."""
    if not isinstance(name, dict):
        return str(name)
    parts = filter(None, (name.get("family"), name.get("given")))
    return name.get("literal") or ", ".join(parts)
