"""Translates errors into those of the media browser."""

from collections.abc import Iterator
from contextlib import contextmanager

from homeassistant.components.media_player.errors import MediaPlayerException
from homeassistant.exceptions import HomeAssistantError, Unauthorized


@contextmanager
def shown_as(kind: type[MediaPlayerException]) -> Iterator[None]:
    """Raise `kind` (BrowseError, SearchError) with the same words for every error that has some."""
    try:
        yield
    except MediaPlayerException, Unauthorized:
        raise
    except HomeAssistantError as err:
        raise kind(
            str(err),
            translation_domain=err.translation_domain,
            translation_key=err.translation_key,
            translation_placeholders=err.translation_placeholders,
        ) from err
