"""One command from its options to its result on the screen."""

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from explore.cli.filters import Output
from explore.formats import Format, writer
from explore.model.records import Record
from explore.terminal.screen import Screen

if TYPE_CHECKING:
    from explore.analysis.resolution import Resolved
    from explore.api import Corpus
    from explore.index.build import Progress
    from explore.terminal.progress import Building

TABLE_LIMIT = 200
# A build that takes less than this, in seconds, is over before anybody wonders.
_PROGRESS_AFTER_S = 0.5


class Answer(NamedTuple):
    """A result, and how it is shown.

    Attributes:
        noun: what its records are, in the plural.
        records: the records; for a table only those that are shown count.
        fields: the columns of CSV.
        table: yields the records as a table.
        shown: how many of them a table shows.
        total: how many there are without a limit.
        columns: the columns of Markdown, which has less room than CSV; `fields` if empty.
        notes: lines that say how the command was understood.
        hints: lines that say what it leaves out and how to get it, for standard error.
        empty: the line that says that there is no record; if empty, one like `No claims match.`
    """

    noun: str
    records: Iterable[Record]
    fields: Sequence[str]
    table: Callable[[], Iterable[str]]
    shown: int
    total: int
    columns: Sequence[str] = ()
    notes: Sequence[str] = ()
    hints: Sequence[str] = ()
    empty: str = ""


class Session:
    """The corpus that is queried, and the screen that the result is shown on."""

    def __init__(self, ctx: typer.Context, output: Output) -> None:
        """Open the corpus; an option of the command comes before the program's own.

        Raises:
            NoCorpusError: if the folder named is not a corpus.
            CorpusError: if the corpus has errors.
        """
        from explore.api import open_corpus

        general = ctx.parent.params if ctx.parent else {}
        self.output = output
        self.screen = Screen(output.color or general.get("color") or "auto")
        self.corpus: Corpus = open_corpus(
            output.corpus or general.get("corpus"), _watch, self.screen.note
        )
        self.index = self.corpus.index
        ctx.call_on_close(self.corpus.close)

    def resolve(self, **options: Any) -> "Resolved":
        """Return a query as the library does, and say what is left out of its search."""
        resolved = self.corpus.resolve(**options)
        self.say_left_out(resolved.left_out)
        return resolved

    def say_left_out(self, words: list[str]) -> None:
        """Say which words of a search its results lack."""
        if words:
            lacked = " or ".join(f"'{word}'" for word in words)
            self.screen.note(f"no record has all of these words; left out: {lacked}")

    @property
    def is_table(self) -> bool:
        """Whether the result is shown as a table."""
        return self.output.form == "table"

    @property
    def limit(self) -> int:
        """The limit in force: a table has one of its own, other formats write all."""
        if self.output.limit is not None:
            return self.output.limit
        return TABLE_LIMIT if self.is_table else 0

    def print_answer(self, answer: Answer) -> None:
        """Write a result in the format asked for; the rest goes to standard error."""
        if not self.is_table:
            for line in answer.notes:
                self.screen.note(line)
            self._write(answer, self.output.form)
        elif answer.shown:
            # All that is queried comes before the first line is written; see `held`.
            table, count = list(answer.table()), self._count(answer)
            self.screen.say(answer.notes)
            self.screen.show(table)
            self.screen.note(count)
        else:
            for line in answer.notes:
                self.screen.note(line)
        if not answer.total:
            self.screen.note(answer.empty or f"No {answer.noun} match in {self.corpus.title}.")
        for line in answer.hints:
            self.screen.note(line)

    def _write(self, answer: Answer, form: Format) -> None:
        fields = (answer.columns or answer.fields) if form == "md" else answer.fields
        written = writer(form, raw=self.output.raw)(answer.records, fields)
        self.screen.write(written, keep_tabs=form == "tsv")

    def _count(self, answer: Answer) -> str:
        """Return in words how many records there are, and how many of them are shown."""
        title = self.corpus.title
        if answer.shown < answer.total:
            count = f"{answer.shown:,} of {answer.total:,} {answer.noun}"
            return f"{count} from {title} (all: --limit 0)"
        noun = answer.noun[:-1] if answer.total == 1 else answer.noun
        return f"{answer.total:,} {noun} from {title}"


@contextmanager
def _watch() -> "Iterator[Progress]":
    """Show the progress of a build on a terminal, once it has taken a while."""
    started = time.monotonic()
    shown: Building | None = None
    with ExitStack() as stack:

        def progress(what: str, records: int, done: int, total: int) -> None:
            nonlocal shown
            waited = time.monotonic() - started
            if not shown and (waited < _PROGRESS_AFTER_S or not sys.stderr.isatty()):
                return
            if not shown:
                from explore.terminal.progress import Building

                shown = stack.enter_context(Building(started, total))
            shown(what, records, done)

        yield progress
