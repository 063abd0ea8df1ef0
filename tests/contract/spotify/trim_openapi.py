"""Make spotify-openapi.yml: the part of a public description of the Web API that lives in development mode.

Run with the file `fixed-spotify-open-api.yml` of https://github.com/sonallux/spotify-web-api, release 2026.5.31:

    python -m tests.contract.spotify.trim_openapi fixed-spotify-open-api.yml > tests/contract/spotify-openapi.yml

Deprecated operations go. A deprecated property becomes one that no answer may have, so that the simulator cannot
revive what Spotify took away. Where the description is wrong or too narrow, CORRECTIONS says what Spotify answers.
"""

from pathlib import Path
import re
import sys
from typing import Any, Final

import yaml

type Node = dict[str, Any]

HEADER: Final = """\
# The Web API's endpoints that live in development mode. Made by trim_openapi.py: change that, not this.
#
# Source: https://github.com/sonallux/spotify-web-api, fixed-spotify-open-api.yml, release 2026.5.31 (trimmed, corrected).
# MIT License. Copyright (c) 2020 sonallux. Permission is hereby granted, free of charge, to any person obtaining a copy
# of this software and associated documentation files (the "Software"), to deal in the Software without restriction,
# including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
# copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following
# conditions: The above copyright notice and this permission notice shall be included in all copies or substantial
# portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING
# BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT
# SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
# CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
# SOFTWARE.
"""

_DROPPED: Final = ("example", "examples", "description", "externalDocs", "summary")
_PLAYABLE: Final = {
    "propertyName": "type",
    "mapping": {
        "track": "#/components/schemas/TrackObject",
        "episode": "#/components/schemas/EpisodeObject",
    },
}
_METHODS: Final = ("get", "put", "post", "delete")

# Properties of schemas that Spotify also answers as null, and the description does not say so.
_NULLABLE: Final = (
    ("CursorPagingObject", "next"),
    ("CursorPagingObject", "cursors"),
    ("CursorObject", "after"),
    ("PlayHistoryObject", "context"),
    ("CurrentlyPlayingObject", "context"),
    ("CurrentlyPlayingContextObject", "context"),
    ("CurrentlyPlayingObject", "item"),
    ("CurrentlyPlayingContextObject", "item"),
    ("QueueObject", "currently_playing"),
)


def trimmed(source: Node) -> Node:
    """Return the description of what lives, given the whole one."""
    paths = {
        path: living
        for path, operations in source["paths"].items()
        if (living := _living(operations))
    }
    components = source["components"]
    description: Node = _clean(
        {
            "openapi": source["openapi"],
            "info": {
                "title": "Spotify Web API in development mode",
                "version": source["info"]["version"],
                "license": {"name": "MIT"},
            },
            "servers": [{"url": "/v1"}],
            "paths": paths,
            "components": {
                "schemas": components["schemas"],
                "responses": components["responses"],
                "parameters": components["parameters"],
            },
        }
    )
    _correct(description)
    _forget_unused(description)
    return description


def _living(operations: Node) -> Node:
    """Return the operations of a path that are not deprecated, without what only readers need."""
    return {
        method: {
            name: part
            for name, part in operation.items()
            if name not in ("security", "tags")
        }
        for method, operation in operations.items()
        if method in _METHODS and not operation.get("deprecated")
    }


def _clean(node: Any) -> Any:
    """Return a node without prose, and with every deprecated property forbidden."""
    if isinstance(node, list):
        return [_clean(one) for one in node]
    if not isinstance(node, dict):
        return node
    cleaned = {
        name: _clean(part)
        for name, part in node.items()
        if not name.startswith("x-")
        and not (name in _DROPPED and (name != "description" or isinstance(part, str)))
    }
    properties = node.get("properties")
    if isinstance(properties, dict):
        removed = {name for name, part in properties.items() if part.get("deprecated")}
        # A property may well be called `description`, which is no prose here.
        cleaned["properties"] = {
            name: {"not": {}} if name in removed else _clean(part)
            for name, part in properties.items()
        }
    return cleaned


def _correct(description: Node) -> None:
    """Say what Spotify answers where the description does not."""
    schemas = description["components"]["schemas"]
    responses = description["components"]["responses"]

    # A required property that is deprecated, in its schema or one that it is made of, is not required any more.
    for name, schema in schemas.items():
        removed = _forbidden(schemas, name)
        for part in (schema, *schema.get("allOf", [])):
            if "required" in part:
                part["required"] = [
                    one for one in part["required"] if one not in removed
                ]
                if not part["required"]:
                    del part["required"]

    for schema_name, property_name in _NULLABLE:
        properties = _properties(schemas, schema_name)
        properties[property_name] = _or_null(properties[property_name])

    # The values of `type` are `track` and `episode`, not the names of the schemas.
    for node in _nodes(schemas):
        if "discriminator" in node:
            node["discriminator"] = _PLAYABLE

    # Player commands and, since July 2026, an exceeded quota give a reason.
    schemas["ErrorObject"]["properties"]["reason"] = {"type": "string"}

    # The answer wraps the actions that are not allowed now.
    for name in ("CurrentlyPlayingObject", "CurrentlyPlayingContextObject"):
        _properties(schemas, name)["actions"] = {
            "type": "object",
            "properties": {
                "disallows": {"$ref": "#/components/schemas/DisallowsObject"}
            },
        }

    # A cover travels as base64 text, which the validator sees as bytes.
    cover = description["paths"]["/playlists/{playlist_id}/images"]["put"]
    cover["requestBody"]["content"]["image/jpeg"]["schema"]["format"] = "binary"

    # Nothing plays: 204 here as at /me/player.
    current = description["paths"]["/me/player/currently-playing"]["get"]
    current["responses"]["204"] = {"description": "Nothing plays"}

    for operations in description["paths"].values():
        for operation in operations.values():
            # Any of them may find a parameter or an id wrong; the library's own 400 lacks the object around the error.
            operation["responses"]["400"] = {
                "$ref": "#/components/responses/BadRequest"
            }
            operation["responses"]["404"] = {"$ref": "#/components/responses/NotFound"}
    for response in _nodes({**description["paths"], "": responses}):
        for answer in response.get("responses", {}).values():
            if "$ref" not in answer:
                answer.setdefault("description", "Done")
    for answer in responses.values():
        answer.setdefault("description", "An answer")


def _or_null(schema: Node) -> Node:
    """Return a schema that lets null through too; beside `allOf` or `oneOf`, `nullable` alone would not."""
    if "type" in schema:
        return {**schema, "nullable": True}
    return {"nullable": True, "anyOf": [schema, {"enum": [None], "nullable": True}]}


def _properties(schemas: Node, name: str) -> Node:
    """Return the properties that a schema itself states."""
    schema = schemas[name]
    properties: Node = schema.get("properties") or next(
        part["properties"] for part in schema["allOf"] if "properties" in part
    )
    return properties


def _forbidden(schemas: Node, name: str) -> set[str]:
    """Return the properties that a schema, or one that it is made of, forbids."""
    schema = schemas[name]
    found: set[str] = set()
    for part in (schema, *schema.get("allOf", [])):
        if reference := part.get("$ref"):
            found |= _forbidden(schemas, reference.rpartition("/")[2])
        found |= {
            one
            for one, shape in part.get("properties", {}).items()
            if shape == {"not": {}}
        }
    return found


def _nodes(node: Any) -> list[Node]:
    """Return every object in a tree."""
    if isinstance(node, list):
        return [found for one in node for found in _nodes(one)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for part in node.values() for found in _nodes(part))]


def _forget_unused(description: Node) -> None:
    """Remove components that nothing refers to any more."""
    components = description["components"]
    while True:
        text = yaml.safe_dump(description)
        used = set(re.findall(r"#/components/(\w+/\w+)", text))
        unused = [
            (kind, name)
            for kind, parts in components.items()
            for name in parts
            if f"{kind}/{name}" not in used
        ]
        if not unused:
            return
        for kind, name in unused:
            del components[kind][name]


def main() -> None:
    """Read the whole description that is named, write the trimmed one to the standard output."""
    source = yaml.safe_load(Path(sys.argv[1]).read_text(encoding="utf-8"))
    text = yaml.safe_dump(trimmed(source), sort_keys=False, width=120)
    sys.stdout.write(HEADER + text)


if __name__ == "__main__":
    main()
