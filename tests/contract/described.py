"""Holds a request against the description of the Web API: method, path, query parameters and body."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
import re
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest
import requests
import yaml

DESCRIPTION: Final = Path(__file__).with_name("spotify-openapi.yml")

type Node = Mapping[str, Any]


def fault_of(request: requests.PreparedRequest) -> str | None:
    """Return what is wrong with a request to `…/v1/…`, or None where it is as described."""
    method = str(request.method).lower()
    url = urlsplit(str(request.url))
    path = url.path.partition("/v1")[2].rstrip("/")
    if (operation := _operation(method, path)) is None:
        return f"{request.method} {path}: no such endpoint lives"
    asked = dict(parse_qsl(url.query, keep_blank_values=True))
    if unknown := set(asked) - _parameters(operation):
        return f"{request.method} {path}: unknown query parameters {sorted(unknown)}"
    body = request.body.encode() if isinstance(request.body, str) else request.body
    assert body is None or isinstance(body, bytes)
    if body and "requestBody" not in operation:
        return f"{request.method} {path}: a body where none is described"
    headers = {str(name): str(value) for name, value in request.headers.items()}
    try:
        _validator().validate_request(
            MockRequest(
                f"{url.scheme}://{url.netloc}",
                method,
                f"/v1{path}",
                args=asked,
                headers=headers,
                data=body,
                content_type=headers.get("Content-Type", "application/json"),
            )
        )
    except OpenAPIError as err:
        return f"{request.method} {path}?{url.query}: {err!r}, {err.__cause__}"
    return None


@cache
def _validator() -> OpenAPI:
    return OpenAPI.from_file_path(str(DESCRIPTION))


@cache
def _description() -> Node:
    found: Node = yaml.safe_load(DESCRIPTION.read_text(encoding="utf-8"))
    return found


@cache
def _paths() -> list[tuple[re.Pattern[str], str]]:
    """Return what a path looks like, those without a gap first."""
    return [
        (re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path)
        for path in sorted(_description()["paths"], key=lambda path: path.count("{"))
    ]


def _operation(method: str, path: str) -> Node | None:
    for pattern, name in _paths():
        if pattern.fullmatch(path):
            found: Node | None = _description()["paths"][name].get(method)
            return found
    return None


def _parameters(operation: Node) -> set[str]:
    """Return the names of the query parameters that an operation knows."""
    return {
        parameter["name"]
        for parameter in map(_resolved, operation.get("parameters", []))
        if parameter["in"] == "query"
    }


def _resolved(node: Node) -> Node:
    if (reference := node.get("$ref")) is None:
        return node
    found: Any = _description()
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    resolved: Node = found
    return resolved
