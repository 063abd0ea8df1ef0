"""The `fields` parameter of playlists: a filter such as `total,items(item(name,uri)),owner.id,!images`.

Source: the description of `fields` at https://developer.spotify.com/documentation/web-api/reference/get-playlist.
"""

import re
from typing import Any, Final

from .api_errors import bad_request

_TOKEN: Final = re.compile(r"[A-Za-z_]+|[(),.!]")

type Wanted = dict[str, Wanted]
"""Field names, each with what is wanted of it; `!` before a name leaves it out; nothing further means all of it."""


def only_fields(value: Any, fields: str | None) -> Any:
    """Return `value` with nothing but the wanted fields; raises ApiError 400 for a filter that makes no sense."""
    if not fields:
        return value
    tokens = _TOKEN.findall(fields)
    if "".join(tokens) != fields.replace(" ", ""):
        raise bad_request("Invalid fields")
    wanted = _group(tokens)
    if tokens:
        raise bad_request("Invalid fields")
    return _pick(value, wanted)


def _group(tokens: list[str]) -> Wanted:
    """Read fields up to the end or a closing parenthesis."""
    wanted: Wanted = {}
    while True:
        prefix = "!" if tokens and tokens[0] == "!" else ""
        if prefix:
            tokens.pop(0)
        name = _name(tokens)
        wanted.setdefault(prefix + name, {}).update(_below(tokens))
        if not tokens or tokens[0] != ",":
            return wanted
        tokens.pop(0)


def _below(tokens: list[str]) -> Wanted:
    """Read what is wanted of the field just read: `.name…` or `(…)`."""
    match tokens:
        case [".", *_]:
            tokens.pop(0)
            name = _name(tokens)
            return {name: _below(tokens)}
        case ["(", *_]:
            tokens.pop(0)
            wanted = _group(tokens)
            if not tokens or tokens.pop(0) != ")":
                raise bad_request("Invalid fields")
            return wanted
        case _:
            return {}


def _name(tokens: list[str]) -> str:
    if not tokens or not tokens[0].isidentifier():
        raise bad_request("Invalid fields")
    return tokens.pop(0)


def _pick(value: Any, wanted: Wanted) -> Any:
    if not wanted or value is None:
        return value
    if isinstance(value, list):
        return [_pick(one, wanted) for one in value]
    if not isinstance(value, dict):
        return value
    left_out = {name[1:] for name in wanted if name.startswith("!")}
    asked_for = {name for name in wanted if not name.startswith("!")}
    return {
        name: _pick(part, wanted.get(name, {}))
        for name, part in value.items()
        if name not in left_out and (not asked_for or name in asked_for)
    }
