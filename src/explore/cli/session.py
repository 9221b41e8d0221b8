"""One question from its options to its answer on the screen."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import typer

from explore.formats import Format, writer
from explore.model.records import Record
from explore.terminal.screen import ColorChoice, Screen

if TYPE_CHECKING:
    from explore.index.queries import Index
    from explore.index.compile import Progress
    from explore.terminal.progress import Building

TABLE_LIMIT = 200
# A build that is shorter than this, in seconds, is over before anybody wonders.
_PATIENCE = 0.5

View = Callable[["Index", list[Record], Screen], Iterable[str]]


class Answer(NamedTuple):
    """Records, and how they are shown.

    Attributes:
        noun: what they are, in the plural.
        records: the records.
        fields: the columns of CSV.
        table: the view that prints them as a table.
        brief: the columns of Markdown, which has less room than CSV.
        total: how many there are without a limit.
        header: lines above the table that say how the question was understood.
        of_none: what to say where there is no record.
    """

    noun: str
    records: Iterable[Record]
    fields: Sequence[str]
    table: View
    brief: Sequence[str]
    total: int
    header: Sequence[str] = ()
    of_none: str = ""


class Session:
    """The corpus that is asked, and the screen that is answered on."""

    def __init__(
        self,
        ctx: typer.Context,
        corpus: str | None,
        color: ColorChoice | None,
        *,
        raw: bool = False,
    ) -> None:
        """Open the corpus; an option of the command comes before the program's own.

        With `raw`, cells of CSV stay as they are.

        Raises:
            NoCorpusError: if there is no corpus at the place named.
            CorpusError: if the corpus has problems.
        """
        from explore.corpus.files import find
        from explore.index.queries import Index
        from explore.index.store import open_index

        general = ctx.parent.params if ctx.parent else {}
        self.raw = raw
        self.screen = Screen(color or general.get("color") or "auto")
        self.folder = find(corpus or general.get("corpus"))
        db = open_index(self.folder, _watch, self.screen.note)
        ctx.call_on_close(db.close)
        self.index = Index(db)

    def give(self, answer: Answer, form: Format) -> None:
        """Write an answer in a format; what is beside the answer goes to standard error."""
        if form == "table":
            self._give_table(answer)
            return
        for line in answer.header:
            self.screen.note(line)
        fields = answer.brief if form == "md" else answer.fields
        self.screen.write(writer(form, raw=self.raw)(answer.records, fields))
        if not answer.total:
            self._say_none(answer)

    def _give_table(self, answer: Answer) -> None:
        records = list(answer.records)
        # All that is asked comes before the first line is written; see `explore.held`.
        table = list(answer.table(self.index, records, self.screen)) if records else []
        title = self.index.title()
        if answer.header:
            self.screen.say(answer.header)
        if not records:
            self._say_none(answer)
            return
        self.screen.show(table)
        if len(records) < answer.total:
            count = f"{len(records)} of {_written(answer.total)}"
            self.screen.note(f"{count} {answer.noun} from {title}; --limit 0 shows all")
        else:
            noun = answer.noun[:-1] if answer.total == 1 else answer.noun
            self.screen.note(f"{_written(answer.total)} {noun} from {title}")

    def _say_none(self, answer: Answer) -> None:
        what = answer.of_none or f"no {answer.noun} answer this question"
        self.screen.note(f"{what} in {self.index.title()}")


@contextmanager
def _watch() -> "Iterator[Progress]":
    """Show on a terminal how a build goes, once it has taken a while; most are over before."""
    started = time.monotonic()
    shown: Building | None = None
    with ExitStack() as stack:

        def tell(what: str, records: int, done: int, total: int) -> None:
            nonlocal shown
            if not shown and (time.monotonic() - started < _PATIENCE or not sys.stderr.isatty()):
                return
            if not shown:
                from explore.terminal.progress import Building

                shown = stack.enter_context(Building(started, total))
            shown(what, records, done)

        yield tell


def _written(total: int) -> str:
    """Write a count; of claims it may have stopped at a round number."""
    from explore.index.queries import COUNTED

    return f"{total:,} or more" if total == COUNTED else f"{total:,}"


def cut(records: Iterable[Record], limit: int) -> Iterator[Record]:
    """Yield at most `limit` records; all for 0."""
    return islice(records, limit or None)


def limit_for(form: Format, limit: int | None) -> int:
    """Give the limit in force: a table has one of its own, other formats stream all."""
    if limit is not None:
        return limit
    return TABLE_LIMIT if form == "table" else 0
