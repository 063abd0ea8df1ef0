"""No token that the simulator ever issued lies about in clear."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from demo.api import HomeAssistantApi
from demo.home import Home
from demo.link import entries

from .evening import Account, Evening


async def test_no_token_is_found_in_the_home(
    home: Home, alva: Account, evening: Evening
) -> None:
    """Neither the config folder with its databases and logs, nor any diagnostics download holds a token."""
    await home.truth.do("expire", person="alva")
    await home.api.act("homeassistant.update_entity", {"entity_id": alva.player})
    tokens = await home.truth.tokens()
    # A code, and two generations of access and refresh tokens.
    assert len(tokens) >= 5
    stored = dict(files(home.home_assistant.folder))
    stored.update(await diagnostics(home.api))
    assert found("Alva Lindqvist", stored), "the search finds what is there"
    assert [name for token in tokens for name in found(token, stored)] == []


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Return the content of every file of the config folder; Encore itself is only linked there.

    Home Assistant is at work meanwhile: a file that is gone when it is to be read was there for a moment.
    """
    for path in folder.rglob("*", recurse_symlinks=False):
        if path.is_file():
            with suppress(FileNotFoundError):
                yield str(path), path.read_bytes()


async def diagnostics(api: HomeAssistantApi) -> dict[str, bytes]:
    """Return what each entry's diagnostics download holds."""
    return {
        f"diagnostics of {entry['title']}": (
            await api.text(f"/api/diagnostics/config_entry/{entry['entry_id']}")
        ).encode()
        for entry in await entries(api)
    }


def found(secret: str, stored: dict[str, bytes]) -> list[str]:
    """Return the names of those that hold a text, as it is or as JSON escapes it."""
    return [name for name, content in stored.items() if secret.encode() in content]
