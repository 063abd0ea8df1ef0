"""Results of commands that are read in every language: one of a kind, several, none, and what went wrong."""

from dataclasses import replace
from datetime import date, time
from typing import Any, Final

from custom_components.encore.commands.cache_age import CacheAge
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
from custom_components.encore.commands.playback.control import Control, Controlled
from custom_components.encore.commands.playback.devices import (
    DevicesResult,
    SeenDevice,
    TransferResult,
)
from custom_components.encore.commands.playback.past_playback import (
    Missing,
    PastPlays,
    ReplayItem,
)
from custom_components.encore.commands.playback.play import PlayResult, Sounding, Way
from custom_components.encore.commands.playback.queue import AddedResult, QueueResult
from custom_components.encore.commands.playback.replay import ReplayResult, RoomNow
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
from custom_components.encore.commands.sync_status import (
    PausedRoom,
    SyncedAccount,
    SyncStatus,
)
from custom_components.encore.commands.things import SpotifyItem, spotify_items
from custom_components.encore.history.model import (
    Item,
    Kind,
    Play,
    Source,
    ThingOf,
    Total,
)
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
from custom_components.encore.history.time_ranges.ranges import resolve_window
from custom_components.encore.questions.base.response import Moment
from custom_components.encore.questions.base.scope import Scope
from custom_components.encore.questions.naming.listener_choice import Who
from custom_components.encore.questions.search import FoundThing
from custom_components.encore.sonos.playback.alarms import EVERY_DAY, Alarm
from custom_components.encore.spotify.api.items import SpotifyThing
from custom_components.encore.spotify.api.playback import ConnectDevice
from custom_components.encore.spotify.api.player_calls import Queue
from custom_components.encore.spotify.api.playlists import PlaylistEntry
from custom_components.encore.spotify.api.top_items import TopSpan
from custom_components.encore.spotify.library.search_ranking import FoundIn
from custom_components.encore.spotify.tracking.recently_played_fetch import Fetched
from tests.unit.questions.house import BEN, EMBER, GLASS, NOW, ODD, RIVER, at
from tests.unit.questions.spoken_houses import STATION, TELEVISION

JUST_NOW: Final = CacheAge(known_since=Moment.at(NOW, NOW.now), minutes_old=0)
OLD: Final = CacheAge(
    known_since=Moment.at(NOW, at("2026-07-15 14:10")), minutes_old=20
)
OLDER: Final = CacheAge(
    known_since=Moment.at(NOW, at("2026-07-15 11:30")), minutes_old=180
)
SONG: Final = SpotifyThing(
    "track", "spotify:track:a", "Ember", "Kite Season, Co", makers=("Kite Season", "Co")
)
ALBUM: Final = SpotifyThing("album", "spotify:album:a", "Tides", "The Harbours")
ARTIST: Final = SpotifyThing("artist", "spotify:artist:a", "Kite Season")
LIST: Final = SpotifyThing("playlist", "spotify:playlist:a", "Mix <1>", "Ben")
SHOW: Final = SpotifyThing("show", "spotify:show:a", "The Morning Post")
EPISODE: Final = SpotifyThing(
    "episode", "spotify:episode:a", "Tuesday", "The Morning Post"
)
LINKED: Final = SpotifyThing("audiobook", "spotify:audiobook:a", "")
LIKED: Final = SpotifyThing("collection", "spotify:collection", "")
SEARCHED: Final = SpotifySearched(asked=True, answered=True)


def shown(thing: SpotifyThing | None) -> SpotifyItem | None:
    """Return a thing as results show it."""
    return SpotifyItem.of(thing) if thing else None


def changed(*kinds: str, playing: SpotifyThing | None = None) -> ChangedResult:
    """Return that things of these kinds were saved or followed, or what plays."""
    return ChangedResult(
        "Ben", tuple(map(str, range(len(kinds)))), kinds, shown(playing)
    )


def put(
    thing: SpotifyThing,
    found_in: FoundIn = FoundIn.HISTORY,
    room: str | None = None,
    *,
    queued: bool = False,
    repeated: bool = False,
) -> PlayResult:
    """Return that something plays on the den speaker, in a room of another name or in none."""
    at = Sounding("Den speaker", Way.CONNECT, room, queued)
    return PlayResult("Ben", SpotifyItem.of(thing), found_in, at, repeated=repeated)


def episode(
    title: str, *, position: int | None = None, finished: bool | None = None
) -> HeardEpisode:
    """Return an episode of an hour, heard up to a minute or to its end."""
    played = None if position is None else position * 60_000
    known = Episode(
        f"spotify:episode:{title}",
        title,
        3_600_000,
        position_ms=played,
        finished=finished,
    )
    show = Show("spotify:show:post", "The Morning Post", Kind.EPISODE)
    return HeardEpisode.of(KnownEpisode(known, show, 0, NOW.now))


def again(item: Item, missing: Missing | None = None) -> ReplayItem:
    """Return a play that can be heard again, or not."""
    start = at("2026-07-14 20:00")
    play = Play(1, BEN, item, start, start + 200_000, 200_000, frozenset({Source.LIVE}))
    return ReplayItem(play, missing)


def replayed(
    *things: ReplayItem,
    dry_run: bool = False,
    problem: str | None = None,
    way: Way = Way.SONOS,
) -> ReplayResult:
    """Return that things are played again in two rooms or on one device."""
    names = ("Kitchen", "Bathroom") if way is Way.SONOS else ("Phone",)
    rooms = tuple(RoomNow(room=name, volume=None, volume_then=None) for name in names)
    scope = Scope(Who.HOUSE, clock=NOW)
    when = resolve_window("yesterday", NOW)
    result = ReplayResult.of(
        PastPlays(scope, when, things), things, None, dry_run=dry_run, problem=problem
    )
    return replace(result, way=way, onto=rooms)


def alarm(*days: int, hour: int = 7, enabled: bool = True) -> AlarmResult:
    """Return an alarm of the kitchen on these days, 0 for Monday."""
    ringing = Alarm("1", "RINCON_1", time(hour, 30), frozenset(days), enabled, 20)
    return AlarmResult.of("Kitchen", ringing)


def job(kind: JobKind, state: JobState, counts: dict[str, int]) -> VisibleJob:
    """Return long work for Ben, asked for yesterday at noon."""
    return VisibleJob(
        kind=kind,
        state=state,
        about=None,
        listener=BEN.name,
        asked=Moment.at(NOW, at("2026-07-14 12:00")),
        started=None,
        ended=None,
        rows=0,
        percent=40,
        seconds_left=None,
        counts=counts,
        error=None,
    )


def queued(place: int, title: str) -> QueuedTrack:
    """Return a track of a room's queue."""
    return QueuedTrack(place, title, None, None, title)


def found(
    *,
    played: str | None = None,
    saved: tuple[SpotifyThing, ...] = (),
    only_spotify: tuple[SpotifyThing, ...] = (),
    library: CacheAge | None = None,
    spotify: SpotifySearched = SpotifySearched(asked=False),
    problem: str | None = None,
) -> SearchResult:
    """Return what a search found: `played` is what its question says."""
    one = FoundThing.of(
        Total(1, 1),
        type=ThingOf.TRACK,
        name="Ember",
        artist="",
        uri=None,
        image_url=None,
        score=1,
        first=Moment.at(NOW, NOW.now),
        last=Moment.at(NOW, NOW.now),
        source=SearchedIn.HISTORY,
    )
    return SearchResult(
        text="ember",
        found=(
            *([one] if played else []),
            *(FoundItem.of(each, source=SearchedIn.LIBRARY) for each in saved),
            *(FoundItem.of(each, source=SearchedIn.SPOTIFY) for each in only_spotify),
        ),
        history=HistorySearched(
            asked=True, answered=played is not None, problem=problem
        ),
        library=LibrarySearched(
            asked=library is not None,
            minutes_old=library.minutes_old if library else None,
        ),
        spotify=spotify,
        heard=None,
        say_heard=lambda: played or "",
        limit=None,
    )


def preset(name: str, *rooms: str) -> PresetResult:
    """Return a group preset."""
    return PresetResult(name, tuple(PresetRoom(room, None) for room in rooms))


def account(
    listener: str, *, connected: bool = True, recording: bool = True, **others: Any
) -> SyncedAccount:
    """Return an account that is connected and recorded."""
    return SyncedAccount(
        listener=listener, connected=connected, recording=recording, **others
    )


def playlist(items: int | None = None) -> PlaylistResult:
    """Return a playlist of an odd name, and how many items were meant."""
    return PlaylistResult("Ben", "Mix <1>", "spotify:playlist:a", items=items)


def device(name: str, **seen: Any) -> SeenDevice:
    """Return a Connect device."""
    return SeenDevice.of(ConnectDevice(name, name, "Speaker", **seen), None)


SOON: Final = Moment.at(NOW, NOW.now)
PART: Final = Part(("Kitchen", "Bathroom"), "Ember", "spotify", playing=True)
SILENT: Final = Part(("Kitchen",), None, None, playing=False)
TROUBLED: Final = Part(
    ("Kitchen",), "Ember", "airplay", playing=True, problem="It was AirPlay"
)
TRACKS: Final = tuple(
    LeftOut(title, "") for title in ("One", "Two", "Three", "Four", "Five")
)
RESULTS: Final[dict[str, tuple[str, object]]] = {
    "search_saved": (
        "search",
        found(
            saved=(SONG,),
            library=OLD,
        ),
    ),
    "search_all": (
        "search",
        found(
            played="(…)",
            saved=(SONG, SHOW),
            only_spotify=(ALBUM, SHOW),
            library=JUST_NOW,
            spotify=replace(SEARCHED, minutes_old=180),
        ),
    ),
    "search_nothing": ("search", found(spotify=SEARCHED)),
    "search_nothing_saved": (
        "search",
        found(library=JUST_NOW),
    ),
    "search_trouble": (
        "search",
        found(
            problem="(why)",
            spotify=SpotifySearched(asked=True, problem="(why too)"),
        ),
    ),
    "devices_none": ("devices", DevicesResult("Ben", (), JUST_NOW)),
    "devices": (
        "devices",
        DevicesResult(
            "Ben",
            (
                device("Phone", active=True),
                device("Den"),
                device("Desk"),
                device("TV", restricted=True),
            ),
            OLDER,
        ),
    ),
    "devices_idle": ("devices", DevicesResult("Ben", (device("Den"),), JUST_NOW)),
    "transfer": (
        "transfer",
        TransferResult("Ben", "Den", "Den", was_there=False),
    ),
    "transfer_was_there": (
        "transfer",
        TransferResult("Ben", "Den", "Den", was_there=True),
    ),
    "play": ("play", put(SONG)),
    "play_room": ("play", put(LIST, FoundIn.LIBRARY, "Kitchen")),
    "play_queued": ("play", put(EPISODE, FoundIn.SPOTIFY, queued=True)),
    "play_repeated": ("play", put(SHOW, FoundIn.LINK, repeated=True)),
    "play_link": ("play", put(LINKED, FoundIn.LINK, "den speaker")),
    "play_liked": ("play", put(LIKED, FoundIn.LINK)),
    "play_again": ("play_again", put(ARTIST)),
    "play_it": ("play_it", put(SONG)),
    "play_it_list": ("play_it", replace(put(SONG), more=9)),
    "play_forgotten": ("play_forgotten", replace(put(SONG), more=1)),
    "play_for_now": ("play_for_now", put(ALBUM)),
    "control_pause": ("control", Controlled(room="Kitchen", done=Control.PAUSE)),
    "control_go_on": ("control", Controlled(listener="Ben", done=Control.GO_ON)),
    "control_next": ("control", Controlled(room="Kitchen", done=Control.NEXT)),
    "control_previous": ("control", Controlled(listener="Ben", done=Control.PREVIOUS)),
    "set_volume": ("set_volume", Controlled(room="Kitchen", volume=25)),
    "replay_dry": ("replay", replayed(again(EMBER), again(GLASS), dry_run=True)),
    "replay_dry_one": ("replay", replayed(again(TELEVISION), dry_run=True)),
    "replay": (
        "replay",
        replayed(
            again(EMBER), again(GLASS), again(RIVER), again(STATION, Missing.RADIO)
        ),
    ),
    "replay_connect": ("replay", replayed(again(ODD), way=Way.CONNECT)),
    "replay_none": (
        "replay",
        replayed(*(again(each, Missing.NO_LINK) for each in (TELEVISION, STATION))),
    ),
    "replay_problem": ("replay", replayed(problem="(why)")),
    "replay_many_missing": (
        "replay",
        replayed(
            again(EMBER), *(again(each, Missing.REFUSED) for each in (GLASS,) * 5)
        ),
    ),
    "queue": ("queue", QueueResult.of("Ben", Queue(SONG, (ALBUM, EPISODE)))),
    "queue_last": ("queue", QueueResult.of("Ben", Queue(SHOW))),
    "queue_empty": ("queue", QueueResult.of("Ben", Queue())),
    "add_to_queue": (
        "add_to_queue",
        AddedResult("Ben", ("spotify:track:a",), plays=False),
    ),
    "add_to_queue_plays": (
        "add_to_queue",
        AddedResult("Ben", ("spotify:track:a", "spotify:episode:b"), plays=True),
    ),
    "save": ("save", changed("track", "track", "album")),
    "save_playing": ("save", changed("track", playing=SONG)),
    "unsave": ("unsave", changed("show")),
    "follow": ("save", changed("artist", "artist", "playlist")),
    "follow_one": ("save", changed("artist")),
    "unfollow": ("unsave", changed("playlist")),
    "is_saved_playing": (
        "is_saved",
        IsSavedResult.of("Ben", {"a": False}, shown(EPISODE), JUST_NOW),
    ),
    "is_saved_all": (
        "is_saved",
        IsSavedResult.of("Ben", {"a": True, "b": True}, None, OLD),
    ),
    "is_saved_one": ("is_saved", IsSavedResult.of("Ben", {"a": True}, None, JUST_NOW)),
    "is_saved_none": (
        "is_saved",
        IsSavedResult.of("Ben", {"a": False, "b": False}, None, JUST_NOW),
    ),
    "is_saved_some": (
        "is_saved",
        IsSavedResult.of("Ben", {"a": False, "b": True}, None, JUST_NOW),
    ),
    "following_nobody": ("following", FollowingResult("Ben", (), False, None, OLD)),
    "following": (
        "following",
        FollowingResult("Ben", spotify_items((ARTIST,)), True, None, JUST_NOW),
    ),
    "following_many": (
        "following",
        FollowingResult("Ben", spotify_items((ARTIST,) * 5), True, None, JUST_NOW),
    ),
    **{
        f"spotify_top_{count}_{span}_{of}": (
            "spotify_top",
            SpotifyTopResult(
                "Ben",
                of,
                span,
                tuple(TopItem.of(thing, place=1) for thing in things),
                None,
                JUST_NOW,
            ),
        )
        for count, span, of, things in (
            ("none", TopSpan.SHORT, SpotifyTopOf.TRACKS, ()),
            ("one", TopSpan.MEDIUM, SpotifyTopOf.ARTISTS, (ARTIST,)),
            ("some", TopSpan.LONG, SpotifyTopOf.TRACKS, (SONG, SONG)),
        )
    },
    "playlists_none": ("playlists", PlaylistsResult("Ben", (), JUST_NOW, True)),
    "playlists_one": (
        "playlists",
        PlaylistsResult(
            "Ben", (ListedPlaylist.of(SavedItem("a", "Mix")),), JUST_NOW, True
        ),
    ),
    "playlists": (
        "playlists",
        PlaylistsResult(
            "Ben", (ListedPlaylist.of(SavedItem("a", "Mix")),) * 4, OLD, True
        ),
    ),
    "playlist_items_empty": (
        "playlist_items",
        PlaylistItemsResult("Ben", "Mix", "a", (), JUST_NOW),
    ),
    "playlist_items_gone": (
        "playlist_items",
        PlaylistItemsResult(
            "Ben",
            "Mix",
            "a",
            (PlaylistPlace.of(PlaylistEntry(0, None, None)),),
            JUST_NOW,
        ),
    ),
    "playlist_items": (
        "playlist_items",
        PlaylistItemsResult(
            "Ben",
            "Mix",
            "a",
            (PlaylistPlace.of(PlaylistEntry(0, EMBER, None)),),
            JUST_NOW,
        ),
    ),
    "create_playlist": ("create_playlist", playlist()),
    "create_playlist_filled": ("create_playlist", playlist(1)),
    "update_playlist": ("update_playlist", playlist()),
    "add_to_playlist": ("add_to_playlist", playlist(1)),
    "add_many_to_playlist": ("add_to_playlist", playlist(1_500)),
    "remove_from_playlist": ("remove_from_playlist", playlist(1)),
    "remove_many_from_playlist": ("remove_from_playlist", playlist(2)),
    "unfollow_playlist": ("unfollow_playlist", playlist()),
    "podcasts_none": ("podcasts", PodcastsResult("Ben", (), JUST_NOW)),
    "podcasts_one": (
        "podcasts",
        PodcastsResult(
            "Ben",
            (SavedShow.of(LibrarySection.SHOWS, SavedItem("a", "Post")),),
            JUST_NOW,
        ),
    ),
    "podcasts": (
        "podcasts",
        PodcastsResult(
            "Ben",
            (SavedShow.of(LibrarySection.SHOWS, SavedItem("a", "Post")),) * 4,
            JUST_NOW,
        ),
    ),
    "new_episodes_none": (
        "new_episodes",
        NewEpisodesResult(
            listener="Ben",
            episodes=(),
            known=JUST_NOW,
            since=date(2026, 7, 1),
            start=at("2026-07-01"),
        ),
    ),
    "new_episodes": (
        "new_episodes",
        NewEpisodesResult(
            listener="Ben",
            episodes=(episode("Tuesday"),) * 4,
            known=JUST_NOW,
            since=date(2026, 7, 13),
            start=at("2026-07-13"),
        ),
    ),
    "continue_listening_none": (
        "continue_listening",
        EpisodesResult(listener="Ben", episodes=(), known=JUST_NOW),
    ),
    "continue_listening": (
        "continue_listening",
        EpisodesResult(
            listener="Ben",
            episodes=(episode("Tuesday", position=59), episode("Monday", position=10)),
            known=JUST_NOW,
        ),
    ),
    "continue_listening_many": (
        "continue_listening",
        EpisodesResult(
            listener="Ben",
            episodes=tuple(episode(each, position=20) for each in "ABC"),
            known=JUST_NOW,
        ),
    ),
    "episodes_none": (
        "episodes",
        EpisodesResult(listener="Ben", episodes=(), known=JUST_NOW),
    ),
    "episodes_finished": (
        "episodes",
        EpisodesResult(
            listener="Ben",
            episodes=(episode("Tuesday", position=60, finished=True),),
            known=JUST_NOW,
        ),
    ),
    "episodes_begun": (
        "episodes",
        EpisodesResult(
            listener="Ben", episodes=(episode("Tuesday", position=20),), known=JUST_NOW
        ),
    ),
    "mark_episode": (
        "mark_episode",
        MarkEpisodeResult("Ben", "Tuesday", None, "a", finished=True),
    ),
    "mark_episode_unheard": (
        "mark_episode",
        MarkEpisodeResult("Ben", "Tuesday", None, "a", finished=False),
    ),
    "make_playlist": (
        "make_playlist",
        MakePlaylistResult("Ben", "top", "Mix", "a", True, 1, TRACKS[:1], None),
    ),
    "make_playlist_again": (
        "make_playlist",
        MakePlaylistResult("Ben", "top", "Mix", "a", False, 50, TRACKS, None),
    ),
    "pause": ("pause", RecordingResult("Ben", False, changed=True)),
    "pause_already": ("pause", RecordingResult("Ben", False, changed=False)),
    "resume": ("resume", RecordingResult("Ben", True, changed=True)),
    "resume_already": ("resume", RecordingResult("Ben", True, changed=False)),
    "sync_now_off": ("sync_now", SyncResult("Ben", False, Fetched())),
    "sync_now": ("sync_now", SyncResult("Ben", True, Fetched(new=1))),
    "sync_now_nothing": ("sync_now", SyncResult("Ben", True, Fetched())),
    "sync_status": (
        "sync_status",
        SyncStatus(
            accounts=(
                account("Alva", connected=False, problem="(why)"),
                account(
                    "Ben",
                    recorded_until=SOON,
                    fetched_until=Moment.at(NOW, at("2026-07-15 14:00")),
                ),
                account("Cleo", recording=False),
            ),
            paused_rooms=(),
            calls_last_24_hours=10,
            calls_per_day=None,
            paused_until="later",
        ),
    ),
    "sync_status_new": (
        "sync_status",
        SyncStatus(
            accounts=(account("Ben"),),
            paused_rooms=(
                PausedRoom(
                    room="Bedroom",
                    listener=None,
                    until=Moment.at(NOW, at("2026-07-16 00:00")),
                ),
                PausedRoom(room="Kitchen", listener="Ben", until=None),
            ),
            calls_last_24_hours=0,
            calls_per_day=None,
            paused_until=None,
        ),
    ),
    "latest_jobs_none": ("latest_jobs", JobsResult((), None)),
    **{
        f"latest_jobs_{kind}_{state}": (
            "latest_jobs",
            JobsResult((job(kind, state, counts),), None),
        )
        for kind, state, counts in (
            (JobKind.IMPORT, JobState.DONE, {"stored": 1_234}),
            (JobKind.EXPORT, JobState.RUNNING, {}),
            (JobKind.REBUILD, JobState.PENDING, {}),
            (JobKind.SYNC, JobState.FAILED, {}),
            (JobKind.ENRICHMENT, JobState.CANCELLED, {}),
            (JobKind.STATISTICS, JobState.RUNNING, {}),
        )
    },
    "group_rooms": ("group_rooms", GroupedResult(("Kitchen", "Bathroom"), ("Den",))),
    "group_rooms_alone": ("group_rooms", GroupedResult(("Kitchen",))),
    "ungroup_rooms": ("ungroup_rooms", GroupedResult(("Kitchen", "Bathroom"))),
    "room_queue_empty": ("room_queue", RoomQueueResult("Kitchen", 0, None, ())),
    "room_queue": (
        "room_queue",
        RoomQueueResult("Kitchen", 2, 1, (queued(1, "Ember"), queued(2, "Glass"))),
    ),
    "remove_from_room_queue": (
        "remove_from_room_queue",
        RoomQueueChange("Kitchen", ("Ember",), 1, 4),
    ),
    "remove_many_from_room_queue": (
        "remove_from_room_queue",
        RoomQueueChange("Kitchen", ("A", "B", "C", "D"), 4, 4),
    ),
    "move_in_room_queue": ("move_in_room_queue", RoomQueueChange("Kitchen", (), 1, 4)),
    "clear_room_queue": ("clear_room_queue", RoomQueueChange("Kitchen", ("A",), 1, 0)),
    "clear_room_queue_empty": (
        "clear_room_queue",
        RoomQueueChange("Kitchen", (), 0, 0),
    ),
    "sleep_timer_none": ("set_sleep_timer", SleepResult(("Kitchen",), 0, None)),
    "sleep_timer_soon": ("set_sleep_timer", SleepResult(("Kitchen",), 0, SOON)),
    "set_sleep_timer": (
        "set_sleep_timer",
        SleepResult(("Kitchen", "Bathroom"), 1, SOON),
    ),
    "alarms_none": ("alarms", AlarmsResult(())),
    "alarms_off": ("alarms", AlarmsResult((alarm(enabled=False),))),
    "alarms_all_off": ("alarms", AlarmsResult((alarm(enabled=False),) * 2)),
    "alarms": (
        "alarms",
        AlarmsResult((alarm(), alarm(0, 3, hour=19), alarm(*EVERY_DAY), alarm(5, 6))),
    ),
    "create_alarm": ("create_alarm", alarm(*range(5))),
    "create_alarm_once": ("create_alarm", alarm(enabled=False)),
    "change_alarm_off": ("change_alarm", alarm(enabled=False)),
    "remove_alarm": ("remove_alarm", alarm(1)),
    "group_presets_none": ("group_presets", PresetsResult(())),
    "group_presets_one": ("group_presets", PresetsResult((preset("Party"),))),
    "group_presets": ("group_presets", PresetsResult((preset("Party"),) * 5)),
    "save_group_preset": (
        "save_group_preset",
        preset("Party", "Kitchen", "Bathroom"),
    ),
    "apply_group_preset": (
        "apply_group_preset",
        AppliedResult("Party", ("Kitchen", "Bathroom"), ()),
    ),
    "remove_group_preset": ("remove_group_preset", preset("Party")),
    "snapshot": ("snapshot", SnapshotResult("last", (PART, SILENT))),
    "snapshot_silent": ("snapshot", SnapshotResult("last", (SILENT,))),
    "restore": ("restore", SnapshotResult("last", (PART,) * 5)),
    "restore_silent": ("restore", SnapshotResult("last", (SILENT,))),
    "restore_problem": ("restore", SnapshotResult("last", (TROUBLED,))),
}
"""By the name of the case in `said/<language>.yaml`: which command ended in what."""
