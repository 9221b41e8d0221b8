"""What `import explore` gives: a corpus, queried with the names and filters of the commands.

Results are lists of plain dictionaries, as the commands write them with `--format json`; they go
into pandas, polars or DuckDB as they are.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from explore.analysis.resolution import Resolved, dating, resolve, resolve_values
from explore.index.queries import Index
from explore.model.query import Query
from explore.model.records import Record
from explore.model.references import filters

if TYPE_CHECKING:
    from explore.index.build import Progress

Names = str | Sequence[str]


def open_corpus(
    folder: str | os.PathLike[str] | None = None,
    watch: "Callable[[], AbstractContextManager[Progress | None]]" = nullcontext,
    note: Callable[[str], None] = lambda _: None,
) -> "Corpus":
    """Return the corpus in a folder, checked and up to date.

    Args:
        folder: a folder of YAML files; else `$EXPLORE_CORPUS`, else the bundled corpus.
        watch: returns a context in which an index is built; it gives what is called on the way.
        note: is called with what keeps the caller waiting.

    Raises:
        NoCorpusError: if the folder is not a corpus.
        CorpusError: if the corpus has errors; `explore check` lists them.

    Example:
        >>> import explore
        >>> corpus = explore.open()
        >>> corpus.title
        "NATO's turn to the Asia-Pacific"
    """
    from explore.corpus.files import find
    from explore.index.store import open_index

    path = find(os.fspath(folder) if folder is not None else None)
    return Corpus(path, Index(open_index(path, watch, note)))


class Corpus:
    """An opened corpus. It can be used as a context manager, which closes it.

    Every filter takes one value or a list of values, with names as people type them. Errors are
    those of the commands, with the same messages: see `explore.errors`.

    Attributes:
        folder: its folder.
        index: its index, for queries without a method here.
    """

    def __init__(self, folder: Path, index: Index) -> None:
        """Query an opened index; `open_corpus` opens one."""
        self.folder = folder
        self.index = index

    @property
    def title(self) -> str:
        """The title of the corpus."""
        return self.index.title()

    def close(self) -> None:
        """Close the corpus; it cannot be queried after that."""
        self.index.db.close()

    def __enter__(self) -> Self:
        """Return the corpus."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the corpus."""
        self.close()

    def __repr__(self) -> str:
        """Return the title and the folder."""
        return f"<explore.Corpus {self.title!r} in {str(self.folder)!r}>"

    def resolve(self, **options: Any) -> Resolved:
        """Return the query that filters of claims ask for; see `claims` for what these are."""
        known = filters("claim")
        where = {option: options.pop(option) for option in [*options] if option in known}
        return resolve(self.index, where, **options)

    def actors(
        self,
        *names: str,
        kind: Names = (),
        member_of: Names = (),
        partner_of: Names = (),
        limit: int = 0,
    ) -> list[Record]:
        """Return actors.

        Args:
            *names: the actors themselves, in this order; all if there are none.
            kind: of these kinds.
            member_of: members of these actors.
            partner_of: partners of these actors.
            limit: maximum number; 0 for all.

        Example:
            >>> import explore
            >>> [actor["short"] for actor in explore.open().actors("asean", "nato")]
            ['ASEAN', 'NATO']
        """
        from explore.index import lookup

        ids = [lookup.actor(self.index.db, name) for name in names]
        typed = {"kind": kind, "member_of": member_of, "partner_of": partner_of}
        where = {
            option: resolve_values(self.index, filters("actor")[option], values)
            for option, values in typed.items()
            if values
        }
        found = self.index.actors(ids, where)
        if ids:
            found.sort(key=lambda actor: ids.index(actor["id"]))
        return found[: limit or None]

    def claims(self, *ids: str, limit: int = 0, **options: Any) -> list[Record]:
        """Return claims.

        Args:
            *ids: the claims themselves; all if there are none.
            limit: maximum number; 0 for all.
            **options: `about`, `by`, `subject`, `kind`, `role`, `topic`, `source`, `to`,
                `instrument`, `status`: values of these filters. `disputed`: whether another claim
                disputes it. `since`, `until`: dates; a `LeftOutWarning` says what they leave out.
                `dates`: `event` or `said`, which date they look at. `search`: words. `members`:
                whether `about` includes the members of its actors. `groups`: whether it includes
                the groups that they belong to. `match`: `"all"` for claims with all the values of
                each filter, not any of them. `sort`: a key.

        Example:
            >>> import explore
            >>> threats = explore.open().claims(about="asean", role="threat", limit=2)
            >>> [claim["kind"] for claim in threats]
            ['value', 'value']
        """
        return self._claims(self.resolve(ids=ids, **options).query, limit)

    def responses(self, *, limit: int = 0, **options: Any) -> list[Record]:
        """Return claims that respond to a claim; filters as `claims`."""
        return self._claims(self.resolve(responses=True, **options).query, limit)

    def show(self, *names: str) -> list[Record]:
        """Return records of any type by their ids, names or prefixes, in the order given.

        A topic stands for its claims.

        Example:
            >>> import explore
            >>> [asean] = explore.open().show("asean")
            >>> asean["name"]
            'Association of Southeast Asian Nations'
        """
        from explore.index import lookup

        ids = dict.fromkeys(
            found for name in names for found in lookup.opened(self.index.db, name)
        )
        return [self.index.record(name)[1] for name in ids]

    def search(self, words: str, *, limit: int = 20, **options: Any) -> list[Record]:
        """Return the records that have some words, best first.

        Args:
            words: words, `"a phrase"`, `-excluded`; the last word may be a prefix.
            limit: maximum number; 0 for all.
            **options: filters as `claims`; with any of them only claims are found.

        Example:
            >>> import explore
            >>> hits = explore.open().search("centrality", limit=1)
            >>> hits[0]["type"]
            'claim'
        """
        from explore.index.search import search

        query = self.resolve(**options).query
        _warn(dating(self.index, query._replace(search=words)), 3)
        return search(self.index, words, query, limit).records

    def tree(
        self,
        claim: str | None = None,
        *,
        depth: int | None = None,
        only: Sequence[str] = (),
        limit: int = 0,
    ) -> list[Record]:
        """Return an argument as the lines of a tree.

        Args:
            claim: the claim to start from; the theses of the corpus if None.
            depth: how many levels to follow; all if None.
            only: the links to follow; all if empty.
            limit: maximum number of lines; 0 for all.
        """
        from explore.analysis.tree import tree
        from explore.index import lookup

        top = lookup.claim(self.index.db, claim) if claim else None
        nodes, _ = tree(self.index, top, depth, only, limit)
        return [node.record() for node in nodes]

    def timeline(self, *, limit: int = 0, **options: Any) -> list[Record]:
        """Return dated facts in the order of their dates; filters as `claims`."""
        from explore.analysis.timeline import event_query

        return self._claims(event_query(self.resolve(**options).query), limit)

    def compare(self, first: str, second: str, *, topic: Names = ()) -> list[Record]:
        """Return two actors side by side, a record for each topic on which both do something."""
        from explore.analysis.comparison import compare
        from explore.index import lookup

        actors = [lookup.actor(self.index.db, name) for name in (first, second)]
        topics = [topic] if isinstance(topic, str) else topic
        wanted = [lookup.topic(self.index.db, name) for name in topics]
        return compare(self.index, actors[0], actors[1], wanted).records()

    def topics(self) -> list[Record]:
        """Return every topic with its number of claims and the actors that these concern most."""
        from explore.analysis.listings import topic_rows

        return [row.record() for row in topic_rows(self.index)]

    def sources(self, *words: str) -> list[Record]:
        """Return the sources as CSL references; with words, those that have all of them.

        Words are looked for in authors, title, date, container, publisher, type and id.
        """
        from explore.analysis.listings import sources_with

        return sources_with(self.index, words) if words else self.index.sources()

    def stats(self, source: str | None = None) -> list[Record]:
        """Return counts over the corpus.

        Args:
            source: the source that the others are set beside; that of the thesis if None.
        """
        from explore.analysis.statistics import statistics
        from explore.index import lookup

        main = lookup.source(self.index.db, source) if source else None
        return statistics(self.index, main).counts

    def summary(self, source: str | None = None) -> list[Record]:
        """Return the claims of an argument in order.

        Args:
            source: the source that contains it; that of whoever states the thesis if None.
        """
        from explore.analysis.outline import outline
        from explore.index import lookup

        main = lookup.source(self.index.db, source) if source else None
        return [line.summary.claim for line in outline(self.index, main).lines()]

    def _claims(self, query: Query, limit: int) -> list[Record]:
        """Return the claims of a query; a warning says what its dates leave out."""
        _warn(dating(self.index, query), 4)
        return list(self.index.claims(query._replace(limit=limit)))


def _warn(lines: list[str], level: int) -> None:
    """Warn whoever called the library, so many frames up, of what an answer leaves out."""
    for line in lines:
        import warnings

        from explore.errors import LeftOutWarning

        warnings.warn(line, LeftOutWarning, stacklevel=level)
