"""The shapes of the Web API's answers: things of the catalogue as JSON objects.

After sonallux/spotify-web-api 2026.5.31, without any property that it calls deprecated: in development mode most of
them are gone, and nobody should come to depend on the rest.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from yarl import URL

from .catalogue import Catalog
from .manners import Manners, PlaylistRows
from .music import (
    Album,
    Artist,
    Audiobook,
    Chapter,
    Episode,
    Playable,
    Show,
    Thing,
    Track,
)
from .people import Person, ResumePoint
from .playlists import Playlist, PlaylistEntry

type Json = dict[str, Any]

COVER_SIZES = (640, 300, 64)


class Shapes:
    """Shapes as one caller sees them.

    `origin` is the address of the simulator as the caller wrote it; `resume_points` (by episode or chapter id) are None
    for a caller who may not see them.
    """

    def __init__(
        self,
        origin: URL,
        catalogue: Catalog,
        resume_points: Mapping[str, ResumePoint] | None = None,
        manners: Manners | None = None,
    ) -> None:
        """Shape for one caller."""
        self.manners = manners or Manners()
        self._origin = str(origin).rstrip("/")
        self._catalogue = catalogue
        self._resume_points = resume_points

    # What everything has.

    def href(self, path: str) -> str:
        """Return the address of an endpoint, given below `/v1`."""
        return f"{self._origin}/v1{path}"

    def images(self, image_id: str) -> list[Json]:
        """Return a cover in the three sizes, the biggest first."""
        return [
            {
                "url": f"{self._origin}/image/{image_id}"
                + ("" if size == COVER_SIZES[0] else f"-{size}"),
                "height": size,
                "width": size,
            }
            for size in COVER_SIZES
        ]

    def page[T](
        self,
        url: URL,
        things: Sequence[T],
        shape: Callable[[T], Json],
        *,
        limit: int,
        offset: int,
    ) -> Json:
        """Return a page of `things`; `url` is the caller's address, on which the neighbours' are built."""

        def at(place: int) -> str:
            query = {**url.query, "offset": str(place), "limit": str(limit)}
            return f"{self._origin}{url.with_query(query)}"

        return {
            "href": at(offset),
            "limit": limit,
            "next": at(offset + limit) if offset + limit < len(things) else None,
            "offset": offset,
            "previous": at(max(0, offset - limit)) if offset else None,
            "total": len(things),
            "items": [shape(thing) for thing in things[offset : offset + limit]],
        }

    def _common(self, thing: Thing | Playlist) -> Json:
        return {
            "external_urls": external_urls(thing.kind, thing.id),
            "href": self.href(f"/{thing.kind}s/{thing.id}"),
            "id": thing.id,
            "name": thing.name,
            "type": str(thing.kind),
            "uri": thing.uri,
        }

    # Music.

    def artist_reference(self, artist: Artist) -> Json:
        """Return SimplifiedArtistObject."""
        return self._common(artist)

    def artist(self, artist: Artist) -> Json:
        """Return ArtistObject."""
        return {**self._common(artist), "images": self.images(artist.image_id)}

    def simple_album(self, album: Album) -> Json:
        """Return SimplifiedAlbumObject."""
        return {
            **self._common(album),
            "album_type": album.album_type,
            "artists": [self.artist_reference(artist) for artist in album.artists],
            "images": self.images(album.image_id),
            "release_date": album.release_date,
            "release_date_precision": album.release_date_precision,
            "total_tracks": len(album.track_ids),
        }

    def album(self, album: Album) -> Json:
        """Return AlbumObject, with the first 50 of its tracks."""
        return {
            **self.simple_album(album),
            "copyrights": [
                {"text": f"© {album.copyright}", "type": "C"},
                {"text": f"℗ {album.copyright}", "type": "P"},
            ],
            "external_ids": {"upc": album.upc},
            "tracks": self.page(
                URL(f"/v1/albums/{album.id}/tracks"),
                self._catalogue.tracks_of(album),
                self.simple_track,
                limit=50,
                offset=0,
            ),
        }

    def simple_track(self, track: Track) -> Json:
        """Return SimplifiedTrackObject."""
        return {
            **self._common(track),
            "artists": [self.artist_reference(artist) for artist in track.artists],
            "disc_number": track.disc_number,
            "duration_ms": track.duration_ms,
            "explicit": track.explicit,
            "is_local": False,
            "is_playable": True,
            "track_number": track.track_number,
        }

    def track(self, track: Track) -> Json:
        """Return TrackObject."""
        return {
            **self.simple_track(track),
            "album": self.simple_album(track.album),
            "external_ids": {"isrc": track.isrc},
        }

    # Words.

    def simple_show(self, show: Show) -> Json:
        """Return SimplifiedShowObject."""
        return {
            **self._common(show),
            "copyrights": [],
            "description": show.description,
            "explicit": show.explicit,
            "html_description": f"<p>{show.description}</p>",
            "images": self.images(show.image_id),
            "is_externally_hosted": False,
            "languages": [show.language],
            "media_type": "audio",
            "total_episodes": len(show.episode_ids),
        }

    def show(self, show: Show) -> Json:
        """Return ShowObject, with its newest 50 episodes."""
        return {
            **self.simple_show(show),
            "episodes": self.page(
                URL(f"/v1/shows/{show.id}/episodes"),
                self._catalogue.episodes_of(show),
                self.simple_episode,
                limit=50,
                offset=0,
            ),
        }

    def simple_episode(self, episode: Episode) -> Json:
        """Return SimplifiedEpisodeObject."""
        return {
            **self._common(episode),
            "description": episode.description,
            "duration_ms": episode.duration_ms,
            "explicit": episode.explicit,
            "html_description": f"<p>{episode.description}</p>",
            "images": self.images(episode.image_id),
            "is_externally_hosted": False,
            "is_playable": True,
            "languages": [episode.show.language],
            "release_date": episode.release_date,
            "release_date_precision": "day",
            **self._resume_point(episode),
        }

    def episode(self, episode: Episode) -> Json:
        """Return EpisodeObject."""
        return {
            **self.simple_episode(episode),
            "show": self.simple_show(episode.show),
        }

    def simple_audiobook(self, book: Audiobook) -> Json:
        """Return SimplifiedAudiobookObject."""
        return {
            **self._common(book),
            "authors": [{"name": name} for name in book.authors],
            "copyrights": [],
            "description": book.description,
            "edition": book.edition,
            "explicit": book.explicit,
            "html_description": f"<p>{book.description}</p>",
            "images": self.images(book.image_id),
            "languages": [book.language],
            "media_type": "audio",
            "narrators": [{"name": name} for name in book.narrators],
            "total_chapters": len(book.chapter_ids),
        }

    def audiobook(self, book: Audiobook) -> Json:
        """Return AudiobookObject, with its first 50 chapters."""
        return {
            **self.simple_audiobook(book),
            "chapters": self.page(
                URL(f"/v1/audiobooks/{book.id}/chapters"),
                self._catalogue.chapters_of(book),
                self.simple_chapter,
                limit=50,
                offset=0,
            ),
        }

    def simple_chapter(self, chapter: Chapter) -> Json:
        """Return SimplifiedChapterObject; its `type` is `episode`, as Spotify has it."""
        book = chapter.audiobook
        return {
            **self._common(chapter),
            "type": "episode",
            "chapter_number": chapter.chapter_number,
            "description": book.description,
            "duration_ms": chapter.duration_ms,
            "explicit": book.explicit,
            "html_description": f"<p>{book.description}</p>",
            "images": self.images(book.image_id),
            "is_playable": True,
            "languages": [book.language],
            "release_date": book.release_date,
            "release_date_precision": "day",
            **self._resume_point(chapter),
        }

    def chapter(self, chapter: Chapter) -> Json:
        """Return ChapterObject."""
        return {
            **self.simple_chapter(chapter),
            "audiobook": self.simple_audiobook(chapter.audiobook),
        }

    def playable(self, item: Playable) -> Json:
        """Return what plays: TrackObject or EpisodeObject. A chapter comes as an episode, its book as the show."""
        match item:
            case Track():
                return self.track(item)
            case Episode():
                return self.episode(item)
            case Chapter():
                book = self.simple_audiobook(item.audiobook)
                return {
                    **self.simple_chapter(item),
                    "is_externally_hosted": False,
                    "show": {
                        **book,
                        "type": "show",
                        "is_externally_hosted": False,
                        "total_episodes": book["total_chapters"],
                    },
                }

    def _resume_point(self, item: Episode | Chapter) -> Json:
        if self._resume_points is None:
            return {}
        point = self._resume_points.get(item.id, ResumePoint(0, False))
        return {
            "resume_point": {
                "fully_played": point.fully_played,
                "resume_position_ms": point.position_ms,
            }
        }

    # People and playlists.

    def me(self, person: Person) -> Json:
        """Return PrivateUserObject."""
        known = {"account_id": person.account_id} if self.manners.account_id else {}
        return {
            **known,
            "display_name": person.display_name,
            "external_urls": external_urls("user", person.id),
            "href": self.href(f"/users/{person.id}"),
            "id": person.id,
            "images": self.images(person.image_id)[1:],
            "type": "user",
            "uri": person.uri,
        }

    def _user_reference(self, user_id: str) -> Json:
        return {
            "external_urls": external_urls("user", user_id),
            "href": self.href(f"/users/{user_id}"),
            "id": user_id,
            "type": "user",
            "uri": f"spotify:user:{user_id}",
        }

    def simple_playlist(self, playlist: Playlist) -> Json:
        """Return SimplifiedPlaylistObject."""
        return {
            **self._common(playlist),
            "collaborative": playlist.collaborative,
            "description": playlist.description,
            "images": self.images(playlist.image_id),
            "owner": {
                **self._user_reference(playlist.owner_id),
                "display_name": playlist.owner_name,
            },
            "public": playlist.public,
            "snapshot_id": playlist.snapshot_id,
            self._rows: {
                "href": self.href(f"/playlists/{playlist.id}/items"),
                "total": len(playlist.entries),
            },
        }

    def playlist(self, playlist: Playlist, *, with_items: bool) -> Json:
        """Return PlaylistObject; its items only for those who may read them."""
        shape = self.simple_playlist(playlist)
        if not with_items:
            del shape[self._rows]
            return shape
        shape[self._rows] = self.page(
            URL(f"/v1/playlists/{playlist.id}/items"),
            playlist.entries,
            self.playlist_entry,
            limit=50,
            offset=0,
        )
        return shape

    def playlist_entry(self, entry: PlaylistEntry) -> Json:
        """Return PlaylistTrackObject."""
        return {
            "added_at": timestamp(entry.added_at, milliseconds=False),
            "added_by": self._user_reference(entry.added_by),
            "is_local": False,
            self.manners.playlist_rows.value: self.playable(entry.item),
        }

    @property
    def _rows(self) -> str:
        """Where the rows of a playlist stand."""
        old = self.manners.playlist_rows is PlaylistRows.TRACK
        return "tracks" if old else "items"


def external_urls(kind: str, thing_id: str) -> Json:
    """Return where people open a thing in a browser."""
    return {"spotify": f"https://open.spotify.com/{kind}/{thing_id}"}


def timestamp(moment: int, *, milliseconds: bool = True) -> str:
    """Return a moment (ms, UTC) as Spotify writes it: `2026-11-20T21:04:05.678Z`, or without the milliseconds."""
    text = datetime.fromtimestamp(moment / 1000, UTC).isoformat(
        timespec="milliseconds" if milliseconds else "seconds"
    )
    return text.replace("+00:00", "Z")
