"""Results of every command, to be said in each language: one and several, with nothing in them, and with odd names.

`said/<language>.yaml` holds what is said to each, by the command's key and the name of the case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final, override
from zoneinfo import ZoneInfo

from custom_components.encore.commands.cache_age import CacheAge
from custom_components.encore.commands.history.leave_out import LeftOutPlays
from custom_components.encore.commands.latest_jobs import JobsResult, VisibleJob
from custom_components.encore.commands.library.followed import (
    FollowingResult,
    PodcastsResult,
    SavedShow,
)
from custom_components.encore.commands.library.get_episodes import (
    EpisodesResult,
    HeardEpisode,
    NewEpisodesResult,
)
from custom_components.encore.commands.library.mark_episode import MarkEpisodeResult
from custom_components.encore.commands.library.save_and_follow import (
    ChangedResult,
    IsSavedResult,
)
from custom_components.encore.commands.library.spotify_top import (
    SpotifyTopOf,
    SpotifyTopResult,
    TopItem,
)
from custom_components.encore.commands.playback.devices import (
    DevicesResult,
    SeenDevice,
    TransferResult,
)
from custom_components.encore.commands.playback.play import PlayResult, Sounding, Way
from custom_components.encore.commands.playback.queue import AddedResult, QueueResult
from custom_components.encore.commands.playlists.list_playlists import (
    ListedPlaylist,
    PlaylistsResult,
)
from custom_components.encore.commands.playlists.make_playlist import (
    LeftOut,
    MakePlaylistResult,
)
from custom_components.encore.commands.playlists.named_playlist import PlaylistResult
from custom_components.encore.commands.playlists.playlist_items import (
    PlaylistItemsResult,
    PlaylistPlace,
)
from custom_components.encore.commands.recording import RecordingResult
from custom_components.encore.commands.search import (
    FoundItem,
    HistorySearched,
    LibrarySearched,
    SearchedIn,
    SearchResult,
    SpotifySearched,
)
from custom_components.encore.commands.sonos.alarms import AlarmResult, AlarmsResult
from custom_components.encore.commands.sonos.group_rooms import (
    AppliedResult,
    GroupedResult,
    PresetResult,
    PresetRoom,
    PresetsResult,
)
from custom_components.encore.commands.sonos.room_queue import (
    QueuedTrack,
    RoomQueueChange,
    RoomQueueResult,
)
from custom_components.encore.commands.sonos.sleep_timer import SleepResult
from custom_components.encore.commands.sonos.snapshots import Part, SnapshotResult
from custom_components.encore.commands.sync_now import SyncResult
from custom_components.encore.commands.system.ask import AskResult
from custom_components.encore.commands.things import SpotifyItem, spotify_items
from custom_components.encore.history.model import Item, Kind, Listener
from custom_components.encore.history.records.job_records import JobKind, JobState
from custom_components.encore.history.records.podcast_progress import (
    Episode,
    KnownEpisode,
    Show,
)
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SavedItem,
)
from custom_components.encore.history.time_ranges.local_clock import Clock
from custom_components.encore.questions.base.query_context import QueryContext
from custom_components.encore.questions.base.response import Moment
from custom_components.encore.sonos.playback.alarms import EVERY_DAY, Alarm
from custom_components.encore.spotify.api.items import SpotifyThing
from custom_components.encore.spotify.api.playback import ConnectDevice
from custom_components.encore.spotify.api.player_calls import Queue
from custom_components.encore.spotify.api.playlists import PlaylistEntry
from custom_components.encore.spotify.api.top_items import TopSpan
from custom_components.encore.spotify.library.search_ranking import FoundIn
from custom_components.encore.spotify.tracking.recently_played_fetch import Fetched

from .spoken_results import RESULTS as SPOKEN_RESULTS

BERLIN: Final = ZoneInfo("Europe/Berlin")


def _at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp() * 1000)


CLOCK: Final = Clock(_at("2026-07-15 14:30"), BERLIN)
ASKING: Final = QueryContext(CLOCK)


def _age(minutes: int) -> CacheAge:
    since = Moment.at(CLOCK, CLOCK.now - minutes * 60_000)
    return CacheAge(known_since=since, minutes_old=minutes, from_cache=minutes > 0)


NOW: Final = _age(0)
LATELY: Final = _age(45)
LONG_AGO: Final = _age(180)


def ahead_of_now(**after: int) -> Moment:
    """Return a moment so long after now."""
    length = timedelta(**after) // timedelta(milliseconds=1)
    return Moment.at(CLOCK, CLOCK.now + length)


SOON: Final = Moment.at(CLOCK, CLOCK.now)

EMBER: Final = SpotifyThing(
    "track", "spotify:track:ember", "Ember", "Kite Season", makers=("Kite Season",)
)
ODD: Final = SpotifyThing(
    "track",
    "spotify:track:odd",
    "<b>Robert'); DROP TABLE play;--</b>",
    "Ünï çødé, Isla",
    makers=("Ünï çødé", "Isla"),
)
HOLLOW: Final = SpotifyThing("album", "spotify:album:hollow", "Hollow", "Kite Season")
AURORA: Final = SpotifyThing("artist", "spotify:artist:aurora", "Aurora Vale")
LIST: Final = SpotifyThing("playlist", "spotify:playlist:mix", "Mix", "Alva")
SHOW: Final = SpotifyThing("show", "spotify:show:post", "The Morning Post")
EPISODE: Final = SpotifyThing(
    "episode", "spotify:episode:tuesday", "Tuesday", "The Morning Post"
)
BOOK: Final = SpotifyThing("audiobook", "spotify:audiobook:long", "The Long Book")
UNNAMED: Final = SpotifyThing("album", "spotify:album:unknown", "")
LIKED: Final = SpotifyThing("collection", "spotify:collection", "")

WINDOWS: Final = (
    "today",
    "yesterday_evening",
    "last_night",
    "tonight",
    "this_week",
    "last_month",
    "weekend",
    "last_weekend",
    "all_time",
    "monday",
    "last_friday",
    "monday_evening",
    "last_monday_night",
    "2026-07-14",
    "2026-07-14_evening",
    "july_14",
    "july",
    "last_july",
    "2026-07",
    "2019",
    "3_days_ago",
    "1_week_ago",
    "2_days_ago_morning",
    "last_hour",
    "last_90_days",
    "last_1_year",
    "last_2_hours",
    "summer",
    "this_summer",
    "last_summer",
    "winter_2024",
    "christmas",
    "last_easter",
    "christmas_2024",
    "week_before_last",
    "yesterday_20:00-22:00",
    "since_monday",
    "since_last_week",
    "since_july_14",
    "since_this_year",
    "nonsense_words",
)
"""After which a playlist can be named, as their canonical names."""


@dataclass(frozen=True, slots=True)
class Titled:
    """What a playlist is named after, when it is made of an answer."""

    question: str
    window: str | None


@dataclass(frozen=True, slots=True)
class ToSay:
    """A result of a command."""

    command: str
    case: str
    result: Any

    @override
    def __str__(self) -> str:
        """Return its key in the files of what is said."""
        return f"{self.command}: {self.case}"


def results() -> Iterator[ToSay]:
    """Yield a result of each command and case."""
    for command, cases in _RESULTS.items():
        for case, result in cases.items():
            yield ToSay(command, case, result)
    for name, (command, result) in SPOKEN_RESULTS.items():
        yield ToSay(command, name, result)
    for window in WINDOWS:
        yield ToSay("made_playlist_name", window, Titled("top", window))


def _device(name: str, *, active: bool = False, closed: bool = False) -> SeenDevice:
    seen = ConnectDevice(name, name, "Speaker", active=active, restricted=closed)
    return SeenDevice.of(seen, None)


def _devices(*devices: SeenDevice, known: CacheAge = NOW) -> DevicesResult:
    return DevicesResult("Alva", devices, known)


def _play(
    thing: SpotifyThing,
    room: str | None = None,
    device: str = "Laptop",
    *,
    found_in: FoundIn = FoundIn.HISTORY,
    queued: bool = False,
    repeated: bool = False,
) -> PlayResult:
    at = Sounding(device, Way.CONNECT, room, queued)
    return PlayResult("Alva", SpotifyItem.of(thing), found_in, at, repeated=repeated)


UNSEARCHED: Final = SpotifySearched(asked=False)
SEARCHED: Final = SpotifySearched(asked=True, answered=True)


def _search(
    *,
    saved: tuple[SpotifyThing, ...] = (),
    others: tuple[SpotifyThing, ...] = (),
    library: CacheAge | None = None,
    spotify: SpotifySearched = UNSEARCHED,
    problem: str | None = None,
) -> SearchResult:
    found = (
        *(FoundItem.of(each, source=SearchedIn.LIBRARY) for each in saved),
        *(FoundItem.of(each, source=SearchedIn.SPOTIFY) for each in others),
    )
    minutes = library.minutes_old if library else None
    return SearchResult(
        text="ember",
        found=found,
        history=HistorySearched(asked=False, answered=False, problem=problem),
        library=LibrarySearched(asked=library is not None, minutes_old=minutes),
        spotify=spotify,
        heard=None,
        say_heard=str,
        limit=None,
    )


def _shown(thing: SpotifyThing | None) -> SpotifyItem | None:
    return SpotifyItem.of(thing) if thing else None


def _changed(
    *kinds: str, playing: SpotifyThing | None = None, listener: str = "Alva"
) -> ChangedResult:
    uris = tuple(f"spotify:{kind}:{n}" for n, kind in enumerate(kinds))
    return ChangedResult(listener, uris, kinds, _shown(playing))


def _is_saved(
    *saved: bool, playing: SpotifyThing | None = None, known: CacheAge = NOW
) -> IsSavedResult:
    by_uri = {f"spotify:track:{n}": each for n, each in enumerate(saved)}
    return IsSavedResult.of("Alva", by_uri, _shown(playing), known)


def _artists(count: int) -> tuple[SpotifyThing, ...]:
    return tuple(
        SpotifyThing("artist", f"spotify:artist:{n}", f"Artist {n}")
        for n in range(1, count + 1)
    )


def _following(
    *artists: SpotifyThing, more: bool = False, known: CacheAge = NOW
) -> FollowingResult:
    return FollowingResult("Alva", spotify_items(artists), more, None, known)


def _top(
    of: SpotifyTopOf,
    span: TopSpan,
    *things: SpotifyThing,
    listener: str = "Alva",
    known: CacheAge = NOW,
) -> SpotifyTopResult:
    top = tuple(TopItem.of(each, place=n) for n, each in enumerate(things, start=1))
    return SpotifyTopResult(listener, of, span, top, None, known)


def _lists(count: int, known: CacheAge = NOW) -> PlaylistsResult:
    lists = tuple(map(ListedPlaylist.of, _saved(count)))
    return PlaylistsResult("Alva", lists, known, complete=True)


def _shows(count: int, known: CacheAge = NOW) -> PodcastsResult:
    shows = (SavedShow.of(LibrarySection.SHOWS, each) for each in _saved(count))
    return PodcastsResult("Alva", tuple(shows), known)


def _saved(count: int) -> tuple[SavedItem, ...]:
    return tuple(
        SavedItem(f"spotify:playlist:{n}", f"List {n}") for n in range(1, count + 1)
    )


def _playlist(items: int | None = None) -> PlaylistResult:
    return PlaylistResult("Ben", "Mix", "spotify:playlist:mix", items=items)


def _item(title: str) -> Item:
    return Item(f"spotify:track:{title}", Kind.TRACK, title, ("Isla",), "", 1)


def _entries(*titles: str | None) -> PlaylistItemsResult:
    entries = tuple(
        PlaylistEntry(place, _item(title) if title else None, None)
        for place, title in enumerate(titles)
    )
    items = tuple(map(PlaylistPlace.of, entries))
    return PlaylistItemsResult("Ben", "Mix", "spotify:playlist:mix", items, LATELY)


def _episode(
    title: str, *, left: int | None = None, finished: bool = False
) -> HeardEpisode:
    length = 60 * 60_000
    position = None if left is None else length - left * 60_000
    episode = Episode(
        f"spotify:episode:{title}",
        title,
        length,
        position_ms=0 if finished else position,
        finished=finished,
    )
    show = Show("spotify:show:post", "The Morning Post")
    return HeardEpisode.of(KnownEpisode(episode, show, 0, CLOCK.now))


def _episodes(*episodes: HeardEpisode) -> EpisodesResult:
    return EpisodesResult(listener="Alva", episodes=episodes, known=NOW)


def _new_episodes(count: int) -> NewEpisodesResult:
    episodes = tuple(_episode(f"Part {n}") for n in range(1, count + 1))
    return NewEpisodesResult(
        listener="Ben",
        episodes=episodes,
        known=NOW,
        since=date(2026, 7, 8),
        start=_at("2026-07-08"),
    )


def _made(*left_out: str, new: bool = True, tracks: int = 10) -> MakePlaylistResult:
    missing = tuple(LeftOut(title, "Isla") for title in left_out)
    return MakePlaylistResult(
        "Ben", "top", "Ours", "spotify:playlist:o", new, tracks, missing, None
    )


def _job(
    state: JobState,
    kind: JobKind = JobKind.IMPORT,
    *,
    listener: Listener | None = None,
    counts: dict[str, int] | None = None,
) -> VisibleJob:
    ended = Moment.at(CLOCK, _at("2026-07-14 20:03"))
    return VisibleJob(
        kind=kind,
        state=state,
        about=None,
        listener=listener.name if listener else None,
        asked=ended,
        started=None,
        ended=ended,
        rows=0,
        percent=42,
        seconds_left=None,
        counts=counts or {},
        error=None,
    )


def _jobs(*jobs: VisibleJob) -> JobsResult:
    return JobsResult(jobs, None)


def _rooms(*rooms: str, left_out: tuple[str, ...] = ()) -> GroupedResult:
    return GroupedResult(rooms, left_out)


def _queued(*titles: str) -> tuple[QueuedTrack, ...]:
    return tuple(
        QueuedTrack(place, title, None, None, title)
        for place, title in enumerate(titles, start=1)
    )


def _alarm(
    at: str = "06:45",
    days: frozenset[int] = EVERY_DAY,
    *,
    room: str = "Kitchen",
    enabled: bool = True,
) -> AlarmResult:
    alarm = Alarm(
        "1",
        "RINCON_1",
        at=time.fromisoformat(at),
        days=days,
        enabled=enabled,
        volume=20,
    )
    return AlarmResult.of(room, alarm)


def _preset(*rooms: str) -> PresetResult:
    return PresetResult("Dinner", tuple(PresetRoom(room, None) for room in rooms))


def _presets(*names: str) -> PresetsResult:
    return PresetsResult(tuple(PresetResult(name, ()) for name in names))


def _snapshot(*parts: Part) -> SnapshotResult:
    return SnapshotResult("last", parts)


PLAYING: Final = Part(("Kitchen", "Bath"), "Ember", None, playing=True)
UNTITLED: Final = Part(("Kitchen",), None, None, playing=True)
BROKEN: Final = replace(UNTITLED, problem="It is away")
ALVA: Final = Listener("spotify:alva", "Alva")

_RESULTS: Final[dict[str, dict[str, Any]]] = {
    "search": {
        "saved": _search(saved=(EMBER,), library=NOW),
        "saved long ago": _search(saved=(EMBER, SHOW), library=LONG_AGO),
        "nothing saved": _search(library=NOW),
        "at Spotify": _search(others=(ODD, HOLLOW), spotify=SEARCHED),
        "saved, and more at Spotify": _search(
            saved=(BOOK,),
            others=(LIST,),
            library=NOW,
            spotify=replace(SEARCHED, minutes_old=45),
        ),
        "nothing at Spotify": _search(spotify=SEARCHED),
        "no answer": _search(
            spotify=SpotifySearched(asked=True, problem="Spotify is busy"),
            problem="It is away",
        ),
    },
    "devices": {
        "none": _devices(),
        "one is on": _devices(_device("Phone", active=True), known=LONG_AGO),
        "one is on, and another": _devices(
            _device("Phone", active=True), _device("Isla")
        ),
        "several are on": _devices(
            _device("Phone", active=True), _device("Laptop"), _device("Isla")
        ),
        "none is on": _devices(_device("Laptop"), _device("Ohm")),
        "one is closed": _devices(
            _device("Laptop"), _device("Car", closed=True), known=LATELY
        ),
        "two are closed": _devices(
            _device("Car", closed=True), _device("Watch", closed=True)
        ),
    },
    "transfer": {
        "moved": TransferResult("Alva", "Phone", "1", was_there=False),
        "was there": TransferResult("Alva", "Phone", "1", was_there=True),
    },
    "play": {
        "a track in a room": _play(EMBER, "Kitchen"),
        "on a device": _play(ODD, found_in=FoundIn.SPOTIFY),
        "a room called as its device": _play(AURORA, "Kitchen", "kitchen"),
        "queued": _play(EPISODE, queued=True, found_in=FoundIn.LIBRARY),
        "asked for twice": _play(LIST, repeated=True),
        "of a link": _play(UNNAMED, found_in=FoundIn.SPOTIFY),
        "liked songs": _play(LIKED, found_in=FoundIn.LIBRARY),
    },
    "play_again": {
        "an album": _play(HOLLOW, "Kitchen"),
        "asked for twice": _play(BOOK, repeated=True),
        "what was on before": replace(_play(EMBER), instead=True),
    },
    "queue": {
        "nothing": QueueResult.of("Alva", Queue()),
        "nothing follows": QueueResult.of("Alva", Queue(EMBER)),
        "one follows": QueueResult.of("Alva", Queue(EMBER, (ODD,))),
        "several follow": QueueResult.of("Alva", Queue(EPISODE, (EMBER, HOLLOW))),
    },
    "add_to_queue": {
        "one": AddedResult("Alva", ("spotify:track:1",), plays=False),
        "several": AddedResult(
            "Ben", ("spotify:track:1", "spotify:track:2", "spotify:episode:1"), False
        ),
        "nothing was on": AddedResult("Alva", ("spotify:episode:1",), plays=True),
    },
    "save": {
        "what plays": _changed("track", playing=EMBER),
        "several": _changed("track", "album", "album", "audiobook", listener="Ben"),
        "followed": _changed("artist"),
        "several followed": _changed("artist", "artist", "playlist"),
        "artist that plays": _changed("artist", playing=AURORA),
        "saved and followed": _changed("album", "artist"),
    },
    "unsave": {
        "what plays": _changed("track", playing=ODD),
        "one": _changed("episode"),
        "several": _changed("show", "show"),
        "unfollowed": _changed("playlist"),
        "several unfollowed": _changed("artist", "artist"),
    },
    "is_saved": {
        "what plays": _is_saved(True, playing=EMBER),
        "what plays is not": _is_saved(False, playing=SHOW),
        "it is": _is_saved(True),
        "it is not": _is_saved(False, known=LONG_AGO),
        "all": _is_saved(True, True, True),
        "none": _is_saved(False, False, False),
        "one of two": _is_saved(True, False),
        "three of four": _is_saved(True, False, True, True),
    },
    "following": {
        "nobody": _following(),
        "one": _following(AURORA),
        "two and more": _following(*_artists(2), more=True, known=LATELY),
        "many": _following(*_artists(25)),
        "many and more": _following(*_artists(50), more=True),
    },
    "spotify_top": {
        "none": _top(SpotifyTopOf.ARTISTS, TopSpan.SHORT),
        "no track": _top(SpotifyTopOf.TRACKS, TopSpan.SHORT, listener="Ben"),
        "one": _top(SpotifyTopOf.TRACKS, TopSpan.MEDIUM, EMBER),
        "several": _top(SpotifyTopOf.ARTISTS, TopSpan.LONG, *_artists(2), known=LATELY),
        "tracks": _top(SpotifyTopOf.TRACKS, TopSpan.SHORT, EMBER, ODD),
    },
    "playlists": {
        "none": _lists(0),
        "one": _lists(1),
        "several": _lists(12, LATELY),
    },
    "playlist_items": {
        "none": _entries(),
        "some": _entries("Ember", None, "Isla"),
        "gone": _entries(None),
    },
    "create_playlist": {"empty": _playlist(), "one": _playlist(1), "two": _playlist(2)},
    "update_playlist": {"updated": _playlist()},
    "add_to_playlist": {"one": _playlist(1), "two": _playlist(2)},
    "remove_from_playlist": {"one": _playlist(1), "two": _playlist(2)},
    "unfollow_playlist": {"unfollowed": _playlist()},
    "podcasts": {
        "none": _shows(0),
        "one": _shows(1),
        "several": _shows(8, LONG_AGO),
    },
    "new_episodes": {
        "none": _new_episodes(0),
        "one": _new_episodes(1),
        "four": _new_episodes(4),
        "five": _new_episodes(5),
    },
    "continue_listening": {
        "none": _episodes(),
        "one": _episodes(_episode("Tuesday", left=1)),
        "two": _episodes(_episode("Tuesday", left=12), _episode("Monday", left=3)),
        "three": _episodes(*[_episode(f"Part {n}") for n in range(3)]),
    },
    "episodes": {
        "none": _episodes(),
        "finished": _episodes(_episode("Tuesday", finished=True)),
        "under way": _episodes(_episode("Tuesday", left=3)),
        "new": _episodes(_episode("Tuesday")),
    },
    "mark_episode": {
        "finished": MarkEpisodeResult("Alva", "Tuesday", None, "u", True),
        "not finished": MarkEpisodeResult("Alva", "Tuesday", None, "u", False),
    },
    "made_playlist_name": {
        "a window": Titled("top", "last_month"),
        "no window": Titled("plays", None),
        "days": Titled("forgotten_favourites", "last_90_days"),
        "an hour": Titled("plays", "last_hour"),
        "a season": Titled("discoveries", "summer_2025"),
        "a date": Titled("on_this_day", "july_14"),
        "a month": Titled("top", "2026-07"),
        "since": Titled("repeat_rate", "since_monday"),
        "a part of a day": Titled("plays", "last_friday_evening"),
        "days ago": Titled("playing_at", "3_days_ago"),
        "a year": Titled("year", "2025"),
        "so far": Titled("taste", "this_year"),
        "words": Titled("search", None),
    },
    "make_playlist": {
        "new": _made(),
        "one track": _made(tracks=1),
        "again": _made(new=False),
        "one left out": _made("Demo"),
        "two left out": _made("Demo", "Isla"),
        "five left out": _made("A", "B", "C", "D", "E"),
    },
    "pause": {
        "paused": RecordingResult("Alva", False, True),
        "was paused": RecordingResult("Ben", False, False),
        "until an hour": RecordingResult("Alva", False, True, ahead_of_now(hours=3)),
        "until a day": RecordingResult("Alva", False, True, ahead_of_now(days=9)),
        "a room": RecordingResult(
            None, False, True, ahead_of_now(hours=3), ("Bedroom",)
        ),
        "two rooms": RecordingResult(
            None, False, True, rooms=("Bedroom", "Living room")
        ),
        "one in a room": RecordingResult("Alva", False, False, rooms=("Bedroom",)),
    },
    "leave_out": {
        "a play": LeftOutPlays("Alva", 1, "Ember", 1, None),
        "one of a range": LeftOutPlays("Alva", 1, None, 1, None),
        "several": LeftOutPlays("Alva", 12, None, 1, None),
        "nothing": LeftOutPlays("Ben", 0, None, None, None),
    },
    "resume": {
        "resumed": RecordingResult("Ben", True, True),
        "was recorded": RecordingResult("Alva", True, False),
        "a room": RecordingResult(None, True, True, rooms=("Bedroom",)),
        "one in a room": RecordingResult("Alva", True, False, rooms=("Bedroom",)),
    },
    "sync_now": {
        "not recording": SyncResult("Alva", False, Fetched()),
        "one": SyncResult("Alva", True, Fetched(1, 1)),
        "several": SyncResult("Ben", True, Fetched(20, 20)),
        "nothing new": SyncResult("Alva", True, Fetched(3)),
    },
    "latest_jobs": {
        "none": _jobs(),
        "done": _jobs(_job(JobState.DONE, listener=ALVA, counts={"stored": 1234})),
        "one": _jobs(_job(JobState.DONE, JobKind.SYNC, counts={"stored": 1})),
        "no counts": _jobs(_job(JobState.DONE, JobKind.REBUILD)),
        "statistics": _jobs(_job(JobState.CANCELLED, JobKind.STATISTICS)),
        "running and pending": _jobs(
            _job(JobState.RUNNING, JobKind.EXPORT),
            _job(JobState.PENDING, JobKind.FORGET),
        ),
        "cancelled and failed": _jobs(
            _job(JobState.CANCELLED, JobKind.LIBRARY, listener=ALVA),
            _job(JobState.FAILED, JobKind.POLL, listener=ALVA),
            _job(JobState.FAILED, JobKind.ENRICHMENT),
        ),
    },
    "group_rooms": {
        "one": _rooms("Kitchen"),
        "two": _rooms("Kitchen", "Isla"),
        "one is away": _rooms("Kitchen", "Bath", left_out=("Den",)),
        "two are away": _rooms("Kitchen", left_out=("Den", "Attic")),
    },
    "ungroup_rooms": {"one": _rooms("Kitchen"), "two": _rooms("Kitchen", "Bath")},
    "room_queue": {
        "empty": RoomQueueResult("Kitchen", 0, None, ()),
        "one": RoomQueueResult("Kitchen", 1, 1, _queued("Ember")),
        "one comes": RoomQueueResult("Kitchen", 2, 1, _queued("Ember", "Isla")),
        "several come": RoomQueueResult("Kitchen", 300, None, _queued("A", "B")),
    },
    "remove_from_room_queue": {
        "one": RoomQueueChange("Kitchen", ("Ember",), 1, 9),
        "five": RoomQueueChange("Kitchen", ("A", "B", "C", "D", "E"), 5, 9),
    },
    "move_in_room_queue": {
        "one": RoomQueueChange("Kitchen", ("Ember",), 1, 9),
        "two": RoomQueueChange("Kitchen", ("A", "B"), 2, 9),
    },
    "clear_room_queue": {
        "cleared": RoomQueueChange("Kitchen", ("A",), 1, 0),
        "was empty": RoomQueueChange("Kitchen", (), 0, 0),
    },
    "set_sleep_timer": {
        "none": SleepResult(("Kitchen", "Bath"), 0, None),
        "soon": SleepResult(("Kitchen",), 0, SOON),
        "one minute": SleepResult(("Kitchen",), 1, SOON),
        "two rooms": SleepResult(("Kitchen", "Bath"), 30, SOON),
        "set": SleepResult(("Kitchen",), 15, SOON),
    },
    "alarms": {
        "none": AlarmsResult(()),
        "one is off": AlarmsResult((_alarm(enabled=False),)),
        "two are off": AlarmsResult((_alarm(enabled=False), _alarm(enabled=False))),
        "one": AlarmsResult((_alarm(days=frozenset()),)),
        "five": AlarmsResult(tuple(_alarm() for _ in range(5))),
        "weekends and noon": AlarmsResult(
            (_alarm("12:00", frozenset({5, 6})), _alarm("01:05", frozenset(range(5))))
        ),
    },
    "create_alarm": {
        "daily": _alarm(),
        "once": _alarm("19:30", frozenset()),
        "two days": _alarm("00:00", frozenset({0, 5})),
        "off": _alarm("01:00", frozenset(range(5)), enabled=False),
    },
    "change_alarm": {"on": _alarm(), "off": _alarm(enabled=False)},
    "remove_alarm": {"removed": _alarm("13:15")},
    "group_presets": {
        "none": _presets(),
        "one": _presets("Dinner"),
        "five": _presets("A", "B", "C", "D", "E"),
    },
    "save_group_preset": {"saved": _preset("Kitchen", "Bath")},
    "ask": {
        "answered": AskResult(
            operation="get_play_count",
            parameters={"thing": "Ember"},
            answer={"speech": "Ember: 3"},
            language="en",
            speech="Ember: 3",
        )
    },
    "apply_group_preset": {
        "applied": AppliedResult("Dinner", ("Kitchen", "Bath"), ("Den",)),
    },
    "remove_group_preset": {"removed": _preset()},
    "snapshot": {
        "nothing": _snapshot(),
        "one": _snapshot(PLAYING),
        "two": _snapshot(PLAYING, UNTITLED),
        "five": _snapshot(*[PLAYING] * 5),
    },
    "restore": {
        "nothing": _snapshot(),
        "goes on": _snapshot(PLAYING),
        "not all": _snapshot(PLAYING, BROKEN),
    },
}
