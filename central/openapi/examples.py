"""Pure: an example for every body of the document, made from its schema."""

from typing import Any

from central.rest.document import EXAMPLE_ID

Schema = dict[str, Any]

_WORDS = {
    "date-time": "2026-03-14T13:55:00+01:00",
}


def example_of(schema: Schema, components: dict[str, Schema]) -> Any:
    """Return a value that fits the schema: what is needed, and one field at least."""
    if "$ref" in schema:
        return example_of(components[schema["$ref"].rsplit("/", 1)[1]], components)
    if "examples" in schema:
        return schema["examples"][0]
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return example_of(schema[key][0], components)
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        return _object(schema, components)
    if kind == "array":
        items = schema.get("items")
        return [example_of(items, components)] if items else []
    if kind in ("integer", "number"):
        return schema.get("minimum", 1)
    if kind == "boolean":
        return False
    return None if kind == "null" else _text(schema)


def _object(schema: Schema, components: dict[str, Schema]) -> dict[str, Any]:
    fields = schema.get("properties", {})
    names = schema.get("required") or list(fields)[:1]
    return {name: example_of(fields[name], components) for name in names if name in fields}


def _text(schema: Schema) -> str:
    if schema.get("format") in _WORDS:
        return _WORDS[schema["format"]]
    pattern, most = schema.get("pattern", ""), schema.get("maxLength", 200)
    if "{1,64}" in pattern:
        return EXAMPLE_ID
    if "{1,40}" in pattern:
        return "report"
    if r"\d{6}" in pattern:
        return "123456"
    if "sha256" in schema.get("description", "") or "{64}" in pattern:
        return "0" * 64
    return "voorbeeld"[:most]
