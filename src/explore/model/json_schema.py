"""JSON Schema of the files of a corpus, from the declarations of the record types.

Editors that read it (yaml-language-server, in VS Code, Neovim and others) complete and explain
fields. YAML is typed by editors, so a text may come as a number there: `date: 2022`, `page: 12`.
Source: JSON Schema 2020-12.
"""

from typing import Any, Literal, NotRequired, get_args, get_origin, is_typeddict

from explore.model.fields import EdtfDate, Field, is_range
from explore.model.records import RECORD_TYPES, CorpusInfo, declaration

Part = Literal["actors", "claims", "sources", "corpus"]
Schema = dict[str, Any]

PARTS: tuple[Part, ...] = get_args(Part)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ANY_DATE: Any = EdtfDate
_DATE = r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}(-\d{2}(-\d{2})?)?)?$"


def schema(part: Part | None = None) -> Schema:
    """Return the schema of a file of a corpus, or of all its records under `$defs`."""
    if part is None:
        return {
            "$schema": _DIALECT,
            "title": "Records of an explore corpus",
            "$defs": {
                **{
                    kind: _of(declared)
                    for kind, declared in ((kind, declaration(kind)) for kind in RECORD_TYPES)
                },
                "corpus": _of(CorpusInfo),
            },
        }
    if part == "corpus":
        return {"$schema": _DIALECT, **_of(CorpusInfo)}
    declared = next(declaration(kind) for kind in RECORD_TYPES if part.startswith(kind))
    title = f"The {part} of an explore corpus"
    return {"$schema": _DIALECT, "title": title, "type": "array", "items": _of(declared)}


def _of(hint: Any) -> Schema:
    """Return the schema of a declared type."""
    if get_origin(hint) is NotRequired:
        return _of(get_args(hint)[0])
    if hint == _ANY_DATE:
        return {"type": ["string", "integer"], "pattern": _DATE} | _keywords(hint.__metadata__)
    if is_range(hint):
        return _number_or_range(hint)
    if hasattr(hint, "__metadata__"):
        inner = _ANY_DATE if hint.__metadata__[:1] == _ANY_DATE.__metadata__ else hint.__origin__
        return _with_typed_examples(_of(inner) | _keywords(hint.__metadata__))
    if is_typeddict(hint):
        return _object(hint)
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if get_origin(hint) is list:
        return {"type": "array", "items": _of(get_args(hint)[0])}
    return _plain(hint)


def _plain(hint: Any) -> Schema:
    if get_args(hint):
        return {"anyOf": [_of(part) for part in get_args(hint)]}
    return {"type": "integer"} if hint is int else {"type": ["string", "number"]}


def _number_or_range(hint: Any) -> Schema:
    found = _keywords(hint.__metadata__)
    least, pattern = found.pop("minItems"), found.pop("pattern")
    found["examples"] = [int(example) for example in found["examples"]]
    parts = [{"type": "integer", "minimum": least}, {"type": "string", "pattern": pattern}]
    return {"anyOf": parts, **found}


def _object(declared: Any) -> Schema:
    hints = declared.__annotations__
    found: Schema = {
        "type": "object",
        "description": (declared.__doc__ or "").partition("\n")[0],
        "properties": {name: _of(hint) for name, hint in hints.items()},
        "required": [name for name in hints if name in declared.__required_keys__],
        "additionalProperties": False,
    }
    if not declared.__doc__ or declared.__doc__ == dict.__doc__:
        del found["description"]
    return found


def _keywords(metadata: tuple[Any, ...]) -> Schema:
    """Return what a field is declared with, the nearest declaration first."""
    found: Schema = {}
    for field in metadata:
        if not isinstance(field, Field):
            continue
        found["description"] = field.doc
        if field.pattern:
            found["pattern"] = field.pattern
        if field.example:
            found["examples"] = [field.example]
        if field.least is not None:
            found["minItems"] = field.least
    return found


def _with_typed_examples(found: Schema) -> Schema:
    """Return a schema whose examples are what its type takes: lists of one, and numbers."""
    if "examples" in found and found.get("type") == "array":
        found["examples"] = [found["examples"]]
    if found.get("type") == "integer":
        found["examples"] = [int(example) for example in found["examples"]]
        found["minimum"] = found.pop("minItems")
    return found
