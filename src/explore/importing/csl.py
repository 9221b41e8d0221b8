"""CSL-JSON and CSL-YAML, as Zotero, Pandoc and citeproc write them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from explore.corpus.events import document_in
from explore.corpus.problems import YamlError
from explore.errors import UsageError
from explore.importing.item import Item

# Where a file may keep its list, beside other things.
_LISTS = ("references", "items")


def items_of_json(path: Path, text: str) -> Iterator[Item]:
    """Yield the items of a CSL-JSON text.

    Raises:
        UsageError: if it is none.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path} is not valid JSON: {error}") from error
    yield from _items(path, found)


def items_of_yaml(path: Path, text: str) -> Iterator[Item]:
    """Yield the items of a CSL-YAML text, which may be the metadata of a Pandoc document.

    Raises:
        UsageError: if it is none.
    """
    try:
        found = document_in(_metadata(text))
    except YamlError as error:
        raise UsageError(f"{path}:{error.position[0]}: {error.message}") from error
    yield from _items(path, found)


def list_in(found: Any) -> list[Any] | None:
    """Return the list of items in what a file holds; None if there is none."""
    if isinstance(found, dict):
        lists = [found[name] for name in _LISTS if isinstance(found.get(name), list)]
        found = lists[0] if len(lists) == 1 else None
    return found if isinstance(found, list) else None


def _metadata(text: str) -> str:
    """Return the first document of a text that ends with `...` or `---`, if nothing follows."""
    lines = text.rstrip().split("\n")
    if len(lines) > 1 and lines[-1].rstrip() in ("---", "..."):
        return "\n".join(lines[:-1]) + "\n"
    return text


def _items(path: Path, found: Any) -> Iterator[Item]:
    listed = list_in(found)
    if listed is None or (listed and not any(isinstance(item, dict) for item in listed)):
        raise UsageError(f"{path} contains no list of references")
    if isinstance(found, dict):
        others = [str(name) for name, part in found.items() if part is not listed]
        if others:
            yield Item(str(path), "", {}, others)
    for number, item in enumerate(listed, 1):
        if not isinstance(item, dict):
            yield Item(f"item {number}", "", {}, [], "a reference has fields by name")
            continue
        key = item.get("id")
        known = isinstance(key, (str, int)) and key != ""
        yield Item(f"item {number}", str(key) if known else "", item, [])
