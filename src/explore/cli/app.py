"""The program as Typer sees it: its commands, their examples, and its exit statuses."""

from typing import Annotated, Any

import typer

from explore import __version__
from explore.cli import options as o
from explore.cli.catalogue import ENTRIES, Catalogue
from explore.cli.healing import HealingGroup
from explore.errors import ExploreError


class _Group(HealingGroup):
    """Turns errors into one line on standard error and an exit status, for every command."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Catalogue()

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except ExploreError as error:
            _tell(error)
            raise typer.Exit(error.status) from error
        except BrokenPipeError as error:
            raise typer.Exit(0) from error
        except OSError as error:
            _tell(ExploreError(f"{error.filename or 'the system'}: {error.strerror or error}"))
            raise typer.Exit(1) from error


def _tell(error: ExploreError) -> None:
    from explore.visible import visible

    if str(error):
        typer.echo(f"explore: {visible(str(error))}", err=True)


app = typer.Typer(
    name="explore",
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Question a contested subject: who claims what, about whom, and who answers.",
    # A line of its own for each: \b keeps Typer from filling the paragraph.
    epilog="\b\nExamples:\n" + "\n".join(f"  {entry.example}" for entry in ENTRIES.values()),
)


def _version(value: bool) -> None:
    if value:
        typer.echo(f"explore {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _overview(
    ctx: typer.Context,
    corpus: o.Corpus = None,
    color: o.Color = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version
    if ctx.invoked_subcommand is None:
        from explore.cli.session import Session
        from explore.views.summary import overview

        session = Session(ctx, corpus, color)
        session.screen.show(overview(session.index, session.screen))
