"""The token of an account, as entry and journal store it.

It is Spotify's answer (`access_token` and `refresh_token` sealed, `expires_in` seconds, `scope`, `token_type`), the
`expires_at` in seconds that Home Assistant adds, and three fields of ours that are no secrets:

- `authorized_at`: when the person logged in (ms, UTC); six months later Spotify lets the refresh token die
- `grant`: a random name for that login; a token of another login is another token
- `rotation`: how often it was refreshed since; the higher number is the newer token
"""

from collections.abc import Mapping
import time
from typing import Any, Final
import uuid

from .token_encryption import TokenEncryption

AUTHORIZED_AT: Final = "authorized_at"
EXPIRES_AT: Final = "expires_at"
EXPIRES_IN: Final = "expires_in"
GRANT: Final = "grant"
ROTATION: Final = "rotation"

type Token = dict[str, Any]


def authorized_token(seal: TokenEncryption, answer: Mapping[str, Any]) -> Token:
    """Return the first token of a login from what the accounts service answered to its code."""
    return {
        **seal.close_token(answer),
        AUTHORIZED_AT: int(time.time() * 1000),
        GRANT: uuid.uuid4().hex,
        ROTATION: 0,
    }


def refreshed_token(
    seal: TokenEncryption, before: Token, answer: Mapping[str, Any]
) -> Token:
    """Return the token that follows `before` (sealed) once the accounts service answered to its refresh.

    What the answer leaves out, or has empty, stays as it was: since July 2026 most answers bring no refresh token,
    and some an empty one (https://github.com/hrkfdn/ncspot/pull/1861).
    """
    received = {
        name: value
        for name, value in answer.items()
        if value is not None and str(value).strip()
    }
    token = {**before, **seal.close_token(received)}
    return {
        **token,
        EXPIRES_AT: time.time() + token[EXPIRES_IN],
        ROTATION: before[ROTATION] + 1,
    }
