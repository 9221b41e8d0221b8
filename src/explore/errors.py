"""The errors that users see; each knows its exit status."""


class ExploreError(Exception):
    """Base of all errors that a user sees as one sentence.

    Attributes:
        status: the exit status of the process.
    """

    status = 1


class CorpusError(ExploreError):
    """The corpus has errors.

    Attributes:
        problems: the errors, ready to print.
    """

    def __init__(self, folder: str, problems: list[str]) -> None:
        self.problems = problems
        count = len(problems)
        errors, them = ("error", "it") if count == 1 else ("errors", "them")
        super().__init__(
            f"the corpus has {count:,} {errors}; run 'explore check {folder}' to list {them}"
        )


class CorpusFileError(ExploreError):
    """A file of a corpus cannot be read.

    Attributes:
        path: the file.
        what: why it cannot be read, and what to do.
    """

    def __init__(self, path: str, what: str) -> None:
        self.path = path
        self.what = what
        super().__init__(f"{path}: {what}")


class UsageError(ExploreError):
    """The command was used wrongly."""

    status = 2


class NoCorpusError(UsageError):
    """The folder is not a corpus."""


class UnknownNameError(UsageError):
    """No record has a name; the message suggests those that were probably meant."""

    def __init__(self, what: str, name: str, nearest: list[str]) -> None:
        hint = f"; did you mean {_either(nearest)}?" if nearest else ""
        super().__init__(f"no {what} is called '{name}'{hint}")


class TopicNotActorError(UsageError):
    """A topic was named where an actor is needed."""

    def __init__(self, name: str, topic: str) -> None:
        super().__init__(f"'{name}' is a topic, not an actor; use --topic {topic}")


class NotACommandError(UsageError):
    """A record or a topic was named where a command is needed."""

    def __init__(self, word: str, what: str, name: str) -> None:
        command = {"actor": "actors", "topic": "topics"}.get(what, "show")
        article = "an" if what == "actor" else "a"
        super().__init__(
            f"'{word}' is {article} {what}, not a command; run 'explore {command} {name}'"
        )


class AmbiguousNameError(UsageError):
    """A name matches more than one record."""

    def __init__(self, what: str, name: str, matches: list[str]) -> None:
        super().__init__(f"'{name}' matches more than one {what}; use {_either(matches)}")


class ClosedPipeError(ExploreError):
    """The reader of the output has closed the pipe, which is not an error."""

    status = 0


class LeftOutWarning(UserWarning):
    """An answer of the library leaves out what the question may have meant."""


def _either(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
