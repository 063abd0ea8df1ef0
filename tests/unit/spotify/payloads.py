"""Answers of the Web API as Spotify's description of 2026 gives them."""

from typing import Any

type Json = dict[str, Any]

IMAGE = "https://i.scdn.co/image/ab67616d0000b273"


def track(**changes: Any) -> Json:
    """Return a TrackObject."""
    return {
        "type": "track",
        "id": "11dFghVXANMlKmJXsNCbNl",
        "uri": "spotify:track:11dFghVXANMlKmJXsNCbNl",
        "name": "Cut To The Feeling",
        "duration_ms": 207_959,
        "explicit": False,
        "is_local": False,
        "external_ids": {"isrc": "USUM71703861"},
        "artists": [
            {"type": "artist", "id": "a1", "name": "Carly Rae Jepsen"},
            {"type": "artist", "id": "a2", "name": "Somebody"},
        ],
        "album": {
            "type": "album",
            "name": "Cut To The Feeling (Single)",
            "images": [
                {"url": f"{IMAGE}-640", "height": 640, "width": 640},
                {"url": f"{IMAGE}-64", "height": 64, "width": 64},
            ],
        },
        **changes,
    }


def episode(**changes: Any) -> Json:
    """Return an EpisodeObject."""
    return {
        "type": "episode",
        "id": "5Xt5DXGzch68nYYamXrNxZ",
        "uri": "spotify:episode:5Xt5DXGzch68nYYamXrNxZ",
        "name": "Starting Your Own Podcast",
        "duration_ms": 1_686_230,
        "images": [{"url": f"{IMAGE}-episode", "height": 640, "width": 640}],
        "show": {
            "type": "show",
            "name": "Tech Tips",
            "images": [{"url": f"{IMAGE}-show"}],
        },
        **changes,
    }


def device(**changes: Any) -> Json:
    """Return a DeviceObject."""
    return {
        "id": "74ASZWbe4lXaubB36ztrGX",
        "is_active": True,
        "is_private_session": False,
        "is_restricted": False,
        "name": "Kitchen",
        "type": "Speaker",
        "volume_percent": 59,
        "supports_volume": True,
        **changes,
    }


def player(**changes: Any) -> Json:
    """Return a CurrentlyPlayingContextObject."""
    return {
        "device": device(),
        "repeat_state": "context",
        "shuffle_state": True,
        "context": {"type": "album", "uri": "spotify:album:ctx"},
        "timestamp": 1_490_252_122_574,
        "progress_ms": 44_272,
        "is_playing": True,
        "item": track(),
        "currently_playing_type": "track",
        "actions": {"disallows": {"resuming": True}},
        **changes,
    }


def recent(*played_at: str, **changes: Any) -> Json:
    """Return a CursorPagingPlayHistoryObject with a track for each date."""
    return {
        "limit": 50,
        "next": None,
        "cursors": {"after": "1790000000000", "before": "1789999000000"},
        "items": [
            {"track": track(), "played_at": moment, "context": None}
            for moment in played_at
        ],
        **changes,
    }
