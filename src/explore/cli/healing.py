"""A command is run once more if the index turns out to be damaged."""

import sys
from typing import Any

import typer
from typer._click.exceptions import ClickException
from typer.core import TyperGroup

from explore.terminal.held import Held
from explore.terminal.screen import complain


class HealingGroup(TyperGroup):
    """Runs a command, and once more from a new index if an index ends it in an error.

    Damage shows in any way: as an error of SQLite, or as what a record should not be. So any
    error that is not of the user's or the system's counts. The second one is an error of ours.
    """

    def main(self, *args: Any, **more: Any) -> Any:
        """Run a command line; as `TyperGroup.main`."""
        Held.begun = False
        try:
            return super().main(*args, **more)
        except (ClickException, typer.Abort, typer.Exit, OSError):
            raise
        except Exception:
            from explore.index.store import distrust

            if not distrust():
                raise
        if not Held.begun:
            return super().main(*args, **more)
        sys.stdout.flush()
        complain("explore: the index was damaged and is deleted; run the command again")
        return 1
