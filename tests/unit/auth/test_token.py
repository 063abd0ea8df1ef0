"""The token of an account: what a login and a refresh make of Spotify's answers."""

import time

from cryptography.fernet import Fernet
import pytest

from custom_components.encore.spotify.auth.token import (
    authorized_token,
    refreshed_token,
)
from custom_components.encore.spotify.auth.token_encryption import TokenEncryption

SEAL = TokenEncryption(Fernet.generate_key())
ANSWER = {
    "access_token": "BQ-1",
    "token_type": "Bearer",
    "expires_in": 3600,
    "refresh_token": "AQ-1",
    "scope": "user-read-playback-state",
}


def test_each_login_has_a_name_of_its_own() -> None:
    """A token of another login is another token, even for the same account."""
    first, second = authorized_token(SEAL, ANSWER), authorized_token(SEAL, ANSWER)
    assert first["grant"] != second["grant"]
    assert first["rotation"] == 0
    assert abs(first["authorized_at"] - time.time() * 1000) < 60_000


def test_a_refresh_keeps_the_login_and_counts_up() -> None:
    """The newer token of a login is the one with the higher number, whatever the clocks say."""
    before = authorized_token(SEAL, ANSWER)
    after = refreshed_token(
        SEAL, before, {**ANSWER, "access_token": "BQ-2", "refresh_token": "AQ-2"}
    )
    assert (after["grant"], after["authorized_at"]) == (
        before["grant"],
        before["authorized_at"],
    )
    assert after["rotation"] == 1
    assert SEAL.open(after["access_token"]) == "BQ-2"
    assert SEAL.open(after["refresh_token"]) == "AQ-2"
    assert 3500 < after["expires_at"] - time.time() <= 3600


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"refresh_token": None, "scope": None, "expires_in": None},
        {"refresh_token": "", "scope": ""},
        {"refresh_token": " "},
    ],
)
def test_what_an_answer_leaves_out_stays(more: dict[str, object]) -> None:
    """A service may keep the refresh token and the lifetime as they were (RFC 6749 sections 5.1 and 6)."""
    before = authorized_token(SEAL, ANSWER)
    after = refreshed_token(SEAL, before, {"access_token": "BQ-2", **more})
    assert SEAL.open(after["refresh_token"]) == "AQ-1"
    assert SEAL.open(after["access_token"]) == "BQ-2"
    assert (after["expires_in"], after["scope"]) == (3600, "user-read-playback-state")
