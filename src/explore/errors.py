"""What can go wrong, as types; each knows the exit status it stands for."""


class ExploreError(Exception):
    """Base of all errors that a user can be told about in a sentence.

    Attributes:
        status: the exit status of the process.
    """

    status = 1


class CorpusError(ExploreError):
    """The corpus has problems; `problems` lists them, ready to print."""

    def __init__(self, folder: str, problems: list[str]) -> None:
        self.problems = problems
        count = len(problems)
        ones = "problem keeps" if count == 1 else "problems keep"
        super().__init__(
            f"{count} {ones} this corpus from answering; 'explore check {folder}' lists them"
        )


class CorpusFileError(ExploreError):
    """A file of a corpus cannot be read; `what` says why, and what to do."""

    def __init__(self, path: str, what: str) -> None:
        self.path = path
        self.what = what
        super().__init__(f"{path}: {what}")


class UsageError(ExploreError):
    """The command was used wrongly."""

    status = 2


class NoCorpusError(UsageError):
    """The folder named as a corpus holds none."""


class UnknownNameError(UsageError):
    """No record answers to a name; the message offers the nearest ones."""

    def __init__(self, what: str, name: str, nearest: list[str]) -> None:
        hint = f"; did you mean {_either(nearest)}?" if nearest else ""
        super().__init__(f"no {what} is called '{name}'{hint}")


class NoActorButTopicError(UsageError):
    """A name that is asked for as an actor's is a topic."""

    def __init__(self, name: str, topic: str) -> None:
        super().__init__(f"no actor is called '{name}', but a topic is; ask with --topic {topic}")


class AmbiguousNameError(UsageError):
    """More than one record answers to a name."""

    def __init__(self, what: str, name: str, matches: list[str]) -> None:
        super().__init__(f"'{name}' could be more than one {what}: {_either(matches)}")


class ClosedPipeError(ExploreError):
    """Whoever read the output has gone; that is no error of the user's."""

    status = 0


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
