"""What Encore asks Spotify to be allowed, for each kind of access; nothing that it does not use."""

from typing import Final

from ..const import ACCESS_CONTROL, ACCESS_HISTORY

_LISTEN: Final = (
    "user-read-playback-state",
    "user-read-currently-playing",
    "user-read-recently-played",
)
_PLAY: Final = ("user-modify-playback-state",)

SCOPES: Final = {
    ACCESS_HISTORY: _LISTEN,
    ACCESS_CONTROL: (*_LISTEN, *_PLAY),
}
