"""The program as Typer sees it: its commands, their examples, and its exit statuses."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Annotated, Any

import typer
from typer._click.exceptions import ClickException, UsageError

from explore import __version__
from explore.cli.filters import Color, Corpus, Output
from explore.cli.healing import HealingGroup
from explore.cli.registry import ENTRIES, Registry
from explore.errors import ExploreError, NotACommandError

# What shells set when they ask for completions.
COMPLETION = "_EXPLORE_COMPLETE"
# The help of a command in a list is at most so long.
_MAX_HELP = 65


class _Group(HealingGroup):
    """Ends every error of every command in the same way; see `_reported`."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = Registry()

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, panel by panel, with their help in one column."""
        del ctx
        width = max(map(len, ENTRIES))
        for panel, entries in groupby(ENTRIES, key=lambda name: ENTRIES[name].panel):
            with formatter.section(panel):
                formatter.write_dl(
                    [
                        (name.ljust(width), self.commands[name].get_short_help_str(_MAX_HELP))
                        for name in entries
                    ]
                )

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command line and end with its exit status; write Typer's errors as our own."""
        from explore.terminal.screen import take_any_text

        take_any_text()
        try:
            status = super().main(*args, **{**more, "standalone_mode": False})
        except ClickException as error:
            _report_usage(error)
            status = error.exit_code
        sys.exit(status)

    def _main_shell_completion(self, *args: Any, **more: Any) -> None:
        if COMPLETION in os.environ:
            from explore.cli.shells import make_inert

            make_inert()
        super()._main_shell_completion(*args, **more)

    def make_context(self, *args: Any, **more: Any) -> Any:
        """Read the program's own options; Typer writes help and installs completion meanwhile."""
        with _reported():
            try:
                return super().make_context(*args, **more)
            except (typer.Exit, typer.Abort):
                raise
            except (UnicodeError, RuntimeError) as error:
                # The shell's start file is in another encoding, or there is no home folder.
                raise ExploreError(
                    f"completion cannot be installed: {error}; --show-completion prints the script"
                ) from error

    def invoke(self, ctx: Any) -> Any:
        with _reported():
            return super().invoke(ctx)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that is named; of a record's name, say which command shows it."""
        try:
            return super().resolve_command(ctx, args)
        except UsageError:
            _refer(ctx, args[0])
            raise


def _refer(ctx: typer.Context, word: str) -> None:
    """Raise an error that names the command for a word, if a record or topic is called so."""
    from explore.cli.session import Session
    from explore.index import lookup

    try:
        session = Session(ctx, Output("table", False, None, ctx.params.get("corpus"), None))
    except ExploreError:
        # What is wrong with the corpus is not what is wrong with the command.
        return
    if named := lookup.named(session.index.db, word):
        raise NotACommandError(word, *named)


@contextmanager
def _reported() -> Iterator[None]:
    """Turn errors into one line on standard error and an exit status."""
    try:
        yield
    except ExploreError as error:
        _report(error)
        raise typer.Exit(error.status) from error
    except BrokenPipeError as error:
        raise typer.Exit(0) from error
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        _report(ExploreError(f"{name}{error.strerror or error}"))
        raise typer.Exit(1) from error


def _report(error: ExploreError) -> None:
    from explore.terminal.screen import complain

    if str(error):
        complain(f"explore: {error}")


def _report_usage(error: ClickException) -> None:
    """Say what Typer says; its message may have in it whatever was typed."""
    from explore.terminal.screen import complain

    if isinstance(error, UsageError) and error.ctx:
        complain(error.ctx.get_usage())
        complain(f"Try '{error.ctx.command_path} --help' for help.")
        complain("")
    complain(f"Error: {error.format_message()}")


app = typer.Typer(
    name="explore",
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Question a contested subject: who claims what, about whom, and who responds.",
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
    corpus: Corpus = None,
    color: Color = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version
    if ctx.invoked_subcommand is None:
        from explore.analysis.overview import overview
        from explore.cli.session import Session
        from explore.terminal.summary import overview as show

        session = Session(ctx, Output("table", False, None, corpus, color))
        found = overview(session.index)
        session.screen.show(show(found, session.screen))
