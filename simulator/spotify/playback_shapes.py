"""The shapes of the Web API's answers about playing: the player, its devices and queue, and what was played."""

from dataclasses import replace
from typing import Any

from .devices import Device
from .music import Playable, Track
from .player import Player, PlayerState
from .recent import RecentPage, RecentPlay
from .shapes import Shapes, external_urls, timestamp
from .world import SpotifyWorld

type Json = dict[str, Any]


def device(shown: Device, player: Player) -> Json:
    """Return DeviceObject."""
    active = player.active_device
    return {
        "id": shown.id,
        "is_active": active is not None and active.id == shown.id,
        "is_private_session": player.private,
        "is_restricted": shown.is_restricted,
        "name": shown.name,
        "type": str(shown.type),
        "volume_percent": shown.volume_percent,
        "supports_volume": shown.supports_volume,
    }


def context(shapes: Shapes, uri: str | None) -> Json | None:
    """Return ContextObject, or None when something plays for itself."""
    if uri is None:
        return None
    kind, thing_id = uri.split(":")[1:3]
    if uri.endswith(":collection"):
        return {
            "type": "collection",
            "href": shapes.href("/me/tracks"),
            "external_urls": {"spotify": "https://open.spotify.com/collection/tracks"},
            "uri": uri,
        }
    return {
        "type": kind,
        "href": shapes.href(f"/{kind}s/{thing_id}"),
        "external_urls": external_urls(kind, thing_id),
        "uri": uri,
    }


def currently_playing(shapes: Shapes, state: PlayerState, *, episodes: bool) -> Json:
    """Return CurrentlyPlayingObject; an episode is null for a caller who does not understand episodes."""
    kind = "track" if state.item.kind == "track" else "episode"
    return {
        "context": context(shapes, state.context_uri),
        "timestamp": state.changed_at,
        "progress_ms": state.progress_ms,
        "is_playing": state.is_playing,
        "item": shapes.playable(state.item) if episodes or kind == "track" else None,
        "currently_playing_type": kind,
        "actions": {"disallows": {"resuming" if state.is_playing else "pausing": True}},
    }


def playback(
    shapes: Shapes, state: PlayerState, player: Player, *, episodes: bool
) -> Json:
    """Return CurrentlyPlayingContextObject."""
    return {
        "device": device(state.device, player),
        "repeat_state": str(state.repeat),
        "shuffle_state": state.shuffle,
        **currently_playing(shapes, state, episodes=episodes),
    }


def queue(shapes: Shapes, state: PlayerState | None, coming: list[Playable]) -> Json:
    """Return QueueObject."""
    return {
        "currently_playing": shapes.playable(state.item) if state else None,
        "queue": [shapes.playable(item) for item in coming],
    }


def recently_played(
    shapes: Shapes, world: SpotifyWorld, page: RecentPage, limit: int, after: int | None
) -> Json:
    """Return CursorPagingPlayHistoryObject. Its cursors are strings, and null on an empty page."""
    path = shapes.href("/me/player/recently-played")
    more: str | None = None
    if after is not None:
        # Towards the present: there may be more when the page is full.
        if len(page.items) == limit:
            more = f"{path}?after={page.after}&limit={limit}"
    elif page.before is not None:
        more = f"{path}?before={page.before}&limit={limit}"
    cursors = (
        {
            "after": str(page.items[0].played_at),
            "before": str(page.items[-1].played_at),
        }
        if page.items
        else None
    )
    return {
        "href": f"{path}?limit={limit}",
        "limit": limit,
        "next": more,
        "cursors": cursors,
        "items": [_played(shapes, world, play) for play in page.items],
    }


def relinked(track: Track) -> Track:
    """Return another release of the same recording, with an id that the catalogue has not; of that, the first one again."""
    other = track.id[::-1]
    return replace(track, id=other, uri=f"spotify:track:{other}")


def _played(shapes: Shapes, world: SpotifyWorld, play: RecentPlay) -> Json:
    item = world.catalogue.playable(play.played.uri)
    if shapes.manners.relinks and isinstance(item, Track):
        item = relinked(item)
    return {
        "track": shapes.playable(item),
        "played_at": timestamp(play.played_at),
        "context": context(shapes, play.played.context_uri),
    }
