"""The filters of claims and the options of output, as decorators: each is declared once."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Annotated, Any, NamedTuple

import typer

from explore.cli import completion
from explore.formats import Format
from explore.model.fields import RecordType
from explore.model.query import SORT_KEYS, Match
from explore.model.references import Filter, filters
from explore.terminal.screen import ColorChoice

# What the filters of a command were given, by the names in `filters(...)`.
Filters = Mapping[str, Any]

_COMPLETIONS: dict[str | None, Any] = {
    "actor": completion.actor,
    "claim": completion.claim,
    "source": completion.source,
    None: completion.topic,
}


class Output(NamedTuple):
    """How a result is to be written: the options that every listing has.

    Attributes:
        form: the format.
        raw: whether cells of CSV and TSV stay as they are, even if a spreadsheet would run them.
        limit: maximum number of records; 0 for all, None for the format's own limit.
        corpus: the folder of the corpus as typed.
        color: when to use color.
    """

    form: Format
    raw: bool
    limit: int | None
    corpus: str | None
    color: ColorChoice | None


# More records or levels than any corpus has, and less than SQLite can count.
MAX_LIMIT = 1_000_000_000

Corpus = Annotated[
    str | None,
    typer.Option(
        metavar="DIR", help="Corpus folder. [default: $EXPLORE_CORPUS, then the bundled corpus]"
    ),
]
Color = Annotated[
    ColorChoice | None,
    typer.Option(help="When to use color and links. [default: auto, on a terminal]"),
]
Limit = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=MAX_LIMIT,
        help="Maximum number of records; 0 means all. [default: 200 in tables, else 0]",
    ),
]
_OUTPUT: dict[str, tuple[Any, Any]] = {
    "limit": (Limit, None),
    "form": (Annotated[Format, typer.Option("--format", help="Output format.")], "table"),
    "raw": (
        Annotated[
            bool,
            typer.Option(
                "--raw",
                help="Do not escape CSV or TSV cells that spreadsheets would run as formulas.",
            ),
        ],
        False,
    ),
    "corpus": (Corpus, None),
    "color": (Color, None),
}

# Filters of claims that are not fields of theirs: the option, and its default.
_OTHER: dict[str, tuple[Any, Any]] = {
    "disputed": (
        Annotated[
            bool | None,
            typer.Option(
                "--disputed/--undisputed",
                help="Claims that another claim disputes, or that none does.",
            ),
        ],
        None,
    ),
    "since": (
        Annotated[
            str | None,
            typer.Option(metavar="DATE", help="Dated on or after (YYYY, YYYY-MM or YYYY-MM-DD)."),
        ],
        None,
    ),
    "until": (
        Annotated[
            str | None,
            typer.Option(metavar="DATE", help="Dated on or before (YYYY, YYYY-MM or YYYY-MM-DD)."),
        ],
        None,
    ),
    "dates": (
        Annotated[
            str | None,
            typer.Option(
                metavar="DATE",
                help="What --since and --until look at: event (when it happened, else when it was"
                " said) or said (when it was said; the default for claims by a speaker).",
                autocompletion=completion.dates,
            ),
        ],
        None,
    ),
    "search": (
        Annotated[
            str | None,
            typer.Option(
                metavar="WORDS", help='Claims with all these words; "exact phrase", -exclude.'
            ),
        ],
        None,
    ),
    "members": (
        Annotated[
            bool,
            typer.Option("--members", help="Also match members of the --about actors."),
        ],
        False,
    ),
    "groups": (
        Annotated[
            bool,
            typer.Option("--groups", help="Also match groups that the --about actors belong to."),
        ],
        False,
    ),
    "match": (
        Annotated[
            Match,
            typer.Option(help="Claims with any value of a repeated option, or with all of them."),
        ],
        "any",
    ),
    "sort": (
        Annotated[
            str | None,
            typer.Option(
                metavar="KEY",
                help=f"Sort by one of {', '.join(SORT_KEYS)}; -KEY reverses.",
                autocompletion=completion.sort_key,
            ),
        ],
        None,
    ),
}


def output_options(*left_out: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that turns the parameter `output` of a command into options.

    Args:
        *left_out: options that the command does not have.
    """
    options = {name: option for name, option in _OUTPUT.items() if name not in left_out}

    def gather(values: dict[str, Any]) -> Output:
        return Output(
            values.get("form", "table"),
            values.get("raw", False),
            values.get("limit"),
            values.get("corpus"),
            values.get("color"),
        )

    return _options_for("output", options, gather)


def filter_options(
    kind: RecordType = "claim",
    *,
    leave_out: Sequence[str] = (),
    named: Mapping[str, str] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that turns the parameter `where` of a command into filter options.

    Args:
        kind: the type of record that is filtered.
        leave_out: filters that the command does not have.
        named: other names that the command has for filters, such as `{"subject": "by"}`.
    """
    names = named or {}
    declared = {
        name: _option(each, names.get(name, name)) for name, each in filters(kind).items()
    } | (_OTHER if kind == "claim" else {})
    options = {
        names.get(name, name): option for name, option in declared.items() if name not in leave_out
    }
    original = {names.get(name, name): name for name in declared}

    def gather(values: dict[str, Any]) -> Filters:
        return {original[name]: value for name, value in values.items() if value is not None}

    return _options_for("where", options, gather)


def _option(declared: Filter, name: str) -> tuple[Any, Any]:
    """Return the option of a filter, which may be repeated, and its default."""
    flag = f"--{name.replace('_', '-')}"
    choices = declared.choices
    if not choices:
        metavar = (declared.refers or declared.option).upper()
        completed = _COMPLETIONS[declared.refers]
        help_ = f"{declared.doc}."
    else:
        metavar = declared.option.upper()
        help_ = f"{declared.doc}: {', '.join(choices)}."

        def completed(incomplete: str) -> list[str]:
            return [value for value in choices if value.startswith(incomplete)]

    option = typer.Option(flag, metavar=metavar, help=help_, autocompletion=completed)
    return Annotated[list[str] | None, option], None


def _options_for(
    parameter: str, options: dict[str, tuple[Any, Any]], gather: Callable[[dict[str, Any]], Any]
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return a decorator that puts options in place of a parameter.

    Typer reads the signature of a function; the function gets what `gather` makes of the values.
    """

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        signature = inspect.signature(function)
        parameters: list[inspect.Parameter] = []
        for each in signature.parameters.values():
            if each.name != parameter:
                parameters.append(each.replace(kind=inspect.Parameter.KEYWORD_ONLY))
                continue
            parameters += [
                inspect.Parameter(
                    name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation
                )
                for name, (annotation, default) in options.items()
            ]

        @wraps(function)
        def command(**values: Any) -> None:
            found = {name: values.pop(name) for name in options}
            function(**values, **{parameter: gather(found)})

        command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
        command.__annotations__ = {each.name: each.annotation for each in parameters}
        return command

    return decorate
