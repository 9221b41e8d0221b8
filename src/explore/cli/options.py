"""The options that commands share, declared once."""

from typing import Annotated, Any

import typer

from explore.cli import completion as complete
from explore.formats import Format
from explore.model.query import SORT_KEYS
from explore.model.records import ACTOR_KINDS, CLAIM_KINDS, INSTRUMENTS, LINKS, ROLES, STATUSES
from explore.formats.citations import ReferenceFormat
from explore.terminal.screen import ColorChoice

Corpus = Annotated[
    str | None,
    typer.Option(
        metavar="DIR", help="The corpus to ask; else $EXPLORE_CORPUS, else the one that ships."
    ),
]
Color = Annotated[
    ColorChoice | None, typer.Option(help="Colour and links; auto asks the terminal.")
]
OutputFormat = Annotated[Format, typer.Option("--format", help="How to write the answer.")]
Raw = Annotated[
    bool,
    typer.Option(
        "--raw", help="Leave cells of CSV as they are, even if a spreadsheet would run them."
    ),
]
# More records or levels than any corpus has, and less than SQLite can count.
MOST = 1_000_000_000
Limit = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=MOST,
        help="Maximum number of records to show; 0 for all. [default: 200 in tables, else all]",
    ),
]


def _actors(what: str) -> Any:
    return typer.Option(metavar="ACTOR", help=what, autocompletion=complete.actor)


def _choice(name: str, values: tuple[str, ...], what: str) -> Any:
    """Declare an option that may be repeated; Typer has no lists of literals."""

    def check(typed: list[str] | None) -> list[str] | None:
        for value in typed or ():
            if value not in values:
                raise typer.BadParameter(f"'{value}' is none of {', '.join(values)}")
        return typed

    def offer(incomplete: str) -> list[str]:
        return [value for value in values if value.startswith(incomplete)]

    told = f"{what}: {', '.join(values)}."
    return typer.Option(
        name, metavar=name[2:].upper(), help=told, callback=check, autocompletion=offer
    )


About = Annotated[list[str] | None, _actors("Claims that concern this actor.")]
By = Annotated[list[str] | None, _actors("Claims that this actor makes.")]
Subject = Annotated[list[str] | None, _actors("Claims about what this actor does.")]
Responder = Annotated[list[str] | None, _actors("Responses by this actor.")]
MemberOf = Annotated[list[str] | None, _actors("Members of this actor.")]
PartnerOf = Annotated[list[str] | None, _actors("Partners of this actor.")]
Members = Annotated[
    bool, typer.Option("--members", help="Let --about take the members of its actors too.")
]
ActorKinds = Annotated[list[str] | None, _choice("--kind", ACTOR_KINDS, "Actors of this kind")]
Kinds = Annotated[list[str] | None, _choice("--kind", CLAIM_KINDS, "Claims of this kind")]
Roles = Annotated[list[str] | None, _choice("--role", ROLES, "Claims with this role")]
Instruments = Annotated[
    list[str] | None, _choice("--instrument", INSTRUMENTS, "How the response acts")
]
Statuses = Annotated[list[str] | None, _choice("--status", STATUSES, "How far it has come")]
Topic = Annotated[
    list[str] | None,
    typer.Option(metavar="TOPIC", help="Claims on this topic.", autocompletion=complete.topic),
]
Source = Annotated[
    list[str] | None,
    typer.Option(
        metavar="SOURCE", help="Claims from this source.", autocompletion=complete.source
    ),
]
To = Annotated[
    list[str] | None,
    typer.Option(metavar="CLAIM", help="Responses to this claim.", autocompletion=complete.claim),
]
Disputed = Annotated[
    bool | None,
    typer.Option("--disputed/--undisputed", help="Whether another claim disputes it."),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="From this year, month or day.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="To this year, month or day.")]
Search = Annotated[
    str | None,
    typer.Option(metavar="WORDS", help='Claims with all these words; "a phrase", -without.'),
]
Sort = Annotated[
    str | None,
    typer.Option(
        metavar="KEY",
        help=f"One of {', '.join(SORT_KEYS)}; -KEY for the reverse.",
        autocompletion=complete.sort_key,
    ),
]
Unanswered = Annotated[
    bool, typer.Option("--unanswered", help="Threats that no claim answers, instead.")
]

ActorNames = Annotated[
    list[str] | None,
    typer.Argument(metavar="[ACTOR]...", help="Actors.", autocompletion=complete.actor),
]
ClaimNames = Annotated[
    list[str] | None,
    typer.Argument(metavar="[CLAIM]...", help="Claims.", autocompletion=complete.claim),
]
RecordNames = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Records of any type.", autocompletion=complete.record),
]
Words = Annotated[
    list[str],
    typer.Argument(metavar="WORDS...", help='What to look for; "a phrase", -without, unfinishe.'),
]
Cite = Annotated[
    ReferenceFormat | None,
    typer.Option("--cite", help="Only the references that the records rest on, in this form."),
]
Texts = Annotated[
    list[str],
    typer.Option(metavar="SOURCE=FILE", help="A source and your own copy of it, text or HTML."),
]
Top = Annotated[
    str | None,
    typer.Argument(
        metavar="[CLAIM]", help="Where to start; else the thesis.", autocompletion=complete.claim
    ),
]
First = Annotated[
    str, typer.Argument(metavar="ACTOR", help="An actor.", autocompletion=complete.actor)
]
Second = Annotated[
    str, typer.Argument(metavar="OTHER", help="Another.", autocompletion=complete.actor)
]
Depth = Annotated[
    int | None,
    typer.Option(min=0, max=MOST, help="How many levels to follow. [default: all]"),
]
Only = Annotated[list[str] | None, _choice("--only", LINKS, "Follow only these links")]
OneSource = Annotated[
    str | None,
    typer.Option(metavar="SOURCE", help="Of this source.", autocompletion=complete.source),
]
