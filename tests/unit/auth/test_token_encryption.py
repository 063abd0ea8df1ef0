"""The seal: what it hides, what it refuses to open, and where its key comes from."""

import errno
from pathlib import Path

from cryptography.fernet import Fernet
from hypothesis import given, strategies as st
import pytest

from custom_components.encore.spotify.auth.token_encryption import (
    KeyUnusable,
    TokenEncryption,
    TokensUnreadable,
    read_key,
)

KEY = Fernet.generate_key()


@given(st.text())
def test_what_was_encrypted_can_be_opened(text: str) -> None:
    """Any text comes back as it was."""
    seal = TokenEncryption(KEY)
    assert seal.open(seal.close(text)) == text


@given(st.text(min_size=8))
def test_encrypted_text_does_not_show(text: str) -> None:
    """What is sealed cannot be read in the result."""
    assert text not in TokenEncryption(KEY).close(text)


def test_another_key_does_not_open() -> None:
    """A seal of another key is broken, not misread."""
    with pytest.raises(TokensUnreadable):
        TokenEncryption(Fernet.generate_key()).open(
            TokenEncryption(KEY).close("secret")
        )


@pytest.mark.parametrize("damaged", ["", "no seal at all", "gAAAAA==", "é"])
def test_damaged_values_do_not_open(damaged: str) -> None:
    """Anything that is no sealed value is refused by name."""
    with pytest.raises(TokensUnreadable):
        TokenEncryption(KEY).open(damaged)


def test_only_the_two_secrets_of_a_token_are_encrypted() -> None:
    """Home Assistant goes on reading the other fields."""
    seal = TokenEncryption(KEY)
    token = seal.close_token(
        {
            "access_token": "BQaccess",
            "refresh_token": "AQrefresh",
            "expires_in": 3600,
            "scope": "user-read-playback-state",
            "token_type": "Bearer",
        }
    )
    assert seal.open(token["access_token"]) == "BQaccess"
    assert seal.open(token["refresh_token"]) == "AQrefresh"
    assert token["expires_in"] == 3600
    assert token["scope"] == "user-read-playback-state"
    assert token["token_type"] == "Bearer"


def test_the_first_need_makes_a_key_for_its_owner_only(tmp_path: Path) -> None:
    """Without a key there is a new one, kept with mode 0600, and it stays."""
    file = tmp_path / ".encore_key"
    key = read_key(file, None)
    assert file.stat().st_mode & 0o777 == 0o600
    assert read_key(file, None) == key == file.read_bytes()


def test_a_key_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    """A file that was restored with wide permissions gets narrow ones."""
    file = tmp_path / ".encore_key"
    file.write_bytes(KEY + b"\n")
    file.chmod(0o644)
    assert read_key(file, None) == KEY
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_key_whose_mode_cannot_be_changed_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A secret that is mounted read-only is a key like any other; that others can read it is said."""

    def read_only(*_: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    file = tmp_path / ".encore_key"
    file.write_bytes(KEY)
    file.chmod(0o444)
    monkeypatch.setattr(Path, "chmod", read_only)
    assert read_key(file, None) == KEY
    assert f"Others can read {file}: Read-only file system" in caplog.text


def test_the_environment_comes_first_and_leaves_no_file(tmp_path: Path) -> None:
    """A key from the environment is never written anywhere."""
    assert read_key(tmp_path / ".encore_key", KEY.decode()) == KEY
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "key_from_environment",
    ["hunter2", "é" * 44, KEY.decode()[:-4]],
    ids=["word", "letters", "cut"],
)
def test_an_environment_that_holds_no_key_is_never_replaced(
    tmp_path: Path, key_from_environment: str
) -> None:
    """Who set a key wants that one: falling back to a file would hide the mistake."""
    with pytest.raises(KeyUnusable) as caught:
        read_key(tmp_path / ".encore_key", key_from_environment)
    assert caught.value.source == "ENCORE_KEY"
    assert key_from_environment not in str(caught.value)


@pytest.mark.parametrize(
    "content", [b"", b"cut sho", KEY[:20]], ids=["nothing", "words", "cut"]
)
def test_a_damaged_key_file_is_stored_beside_a_new_one(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """A power cut may leave half a key; it opens nothing, and a person may still want to look at it."""
    file = tmp_path / ".encore_key"
    file.write_bytes(content)
    key = read_key(file, None)
    assert read_key(file, None) == key
    assert (tmp_path / ".encore_key.unusable").read_bytes() == content
    assert "held no key" in caplog.text


def test_a_key_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """Nothing is made anew when the old key may still be there."""
    file = tmp_path / ".encore_key"
    file.mkdir()
    with pytest.raises(KeyUnusable) as caught:
        read_key(file, None)
    assert caught.value.source == str(file)
