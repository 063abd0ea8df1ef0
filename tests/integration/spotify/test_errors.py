"""Every error that reaches a person has its sentence."""

from collections.abc import Iterator

import pytest

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.errors import (
    CommandRefused,
    RateLimited,
    SpotifyError,
    Unavailable,
)
from homeassistant.core import HomeAssistant
from tests.integration.texts import check_text


def kinds(of: type[SpotifyError] = SpotifyError) -> Iterator[type[SpotifyError]]:
    """Return every error that has a key of its own."""
    for kind in of.__subclasses__():
        if "key" in vars(kind):
            yield kind
        yield from kinds(kind)


@pytest.mark.parametrize("kind", kinds())
async def test_an_error_is_translated(
    hass: HomeAssistant, kind: type[SpotifyError]
) -> None:
    """With all that its sentence needs."""
    match kind:
        case _ if kind is RateLimited:
            error: SpotifyError = RateLimited(1_790_000_000_000)
        case _ if kind is Unavailable:
            error = Unavailable("HTTP 502")
        case _ if kind is CommandRefused:
            error = CommandRefused(detail="Restriction violated")
        case _:
            error = kind()
    assert error.translation_domain == DOMAIN
    given = error.translation_placeholders or {}
    check_text(f"exceptions.{error.translation_key}.message", given)


@pytest.mark.parametrize(
    ("key", "given"),
    [
        ("unknown_source", {"source", "sources"}),
        ("not_a_spotify_link", {"media_id"}),
        ("only_singles_are_queued", set()),
    ],
)
def test_what_the_player_refuses_is_translated(key: str, given: set[str]) -> None:
    """Before Spotify is asked."""
    check_text(f"exceptions.{key}.message", given)
