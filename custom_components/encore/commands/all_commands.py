"""The registry of commands."""

from .latest_jobs import LatestImports, LatestJobs
from .library.continue_listening import ContinueListening
from .library.episodes import Episodes
from .library.followed_artists import Following
from .library.mark_episode import MarkEpisode
from .library.new_episodes import NewEpisodes
from .library.podcasts import Podcasts
from .library.save_and_follow import Follow, IsSaved, Save, Unfollow, Unsave
from .library.spotify_top import SpotifyTop
from .pause import Pause
from .playback.control import ControlPlayback, SetVolume
from .playback.devices import Devices
from .playback.play import Play
from .playback.play_again import PlayAgain
from .playback.play_for_now import PlayForNow
from .playback.play_forgotten import PlayForgotten
from .playback.play_it import PlayIt
from .playback.queue import AddToQueue, ReadQueue
from .playback.replay import Replay
from .playback.transfer import Transfer
from .playlists.change_playlist import (
    AddToPlaylist,
    DescribePlaylist,
    RemoveFromPlaylist,
    RenamePlaylist,
    ReorderPlaylist,
    ReplacePlaylist,
    UnfollowPlaylist,
)
from .playlists.create_playlist import CreatePlaylist
from .playlists.list_playlists import Playlists
from .playlists.make_playlist import MakePlaylist
from .playlists.playlist_items import PlaylistItems
from .registry import Registry
from .resume import Resume
from .search import Search
from .sonos.alarms import ChangeAlarm, CreateAlarm, ListAlarms, RemoveAlarm
from .sonos.group_presets import (
    ApplyGroupPreset,
    GroupPresets,
    RemoveGroupPreset,
    SaveGroupPreset,
)
from .sonos.group_rooms import GroupRooms, UngroupRooms
from .sonos.room_queue import (
    ClearRoomQueue,
    MoveInRoomQueue,
    ReadRoomQueue,
    RemoveFromRoomQueue,
)
from .sonos.sleep_timer import ClearSleepTimer, ReadSleepTimer, SetSleepTimer
from .sonos.snapshots import Restore, TakeSnapshot
from .sync_now import SyncNow
from .sync_status import TellSyncStatus

COMMANDS = Registry()
COMMANDS.register(Devices())
COMMANDS.register(Transfer())
COMMANDS.register(ControlPlayback())
COMMANDS.register(SetVolume())
COMMANDS.register(Play())
COMMANDS.register(PlayAgain())
COMMANDS.register(PlayIt())
COMMANDS.register(PlayForgotten())
COMMANDS.register(PlayForNow())
COMMANDS.register(Replay())
COMMANDS.register(Playlists())
COMMANDS.register(PlaylistItems())
COMMANDS.register(CreatePlaylist())
COMMANDS.register(RenamePlaylist())
COMMANDS.register(DescribePlaylist())
COMMANDS.register(AddToPlaylist())
COMMANDS.register(RemoveFromPlaylist())
COMMANDS.register(ReorderPlaylist())
COMMANDS.register(ReplacePlaylist())
COMMANDS.register(UnfollowPlaylist())
COMMANDS.register(Podcasts())
COMMANDS.register(NewEpisodes())
COMMANDS.register(Episodes())
COMMANDS.register(ContinueListening())
COMMANDS.register(MarkEpisode())
COMMANDS.register(Pause())
COMMANDS.register(Resume())
COMMANDS.register(SyncNow())
COMMANDS.register(TellSyncStatus())
COMMANDS.register(LatestJobs())
COMMANDS.register(LatestImports())
COMMANDS.register(MakePlaylist())
COMMANDS.register(Search())
COMMANDS.register(ReadQueue())
COMMANDS.register(AddToQueue())
COMMANDS.register(Save())
COMMANDS.register(Unsave())
COMMANDS.register(IsSaved())
COMMANDS.register(Follow())
COMMANDS.register(Unfollow())
COMMANDS.register(Following())
COMMANDS.register(SpotifyTop())
COMMANDS.register(GroupRooms())
COMMANDS.register(UngroupRooms())
COMMANDS.register(ReadRoomQueue())
COMMANDS.register(RemoveFromRoomQueue())
COMMANDS.register(MoveInRoomQueue())
COMMANDS.register(ClearRoomQueue())
COMMANDS.register(ReadSleepTimer())
COMMANDS.register(SetSleepTimer())
COMMANDS.register(ClearSleepTimer())
COMMANDS.register(TakeSnapshot())
COMMANDS.register(Restore())
COMMANDS.register(GroupPresets())
COMMANDS.register(SaveGroupPreset())
COMMANDS.register(ApplyGroupPreset())
COMMANDS.register(RemoveGroupPreset())
COMMANDS.register(ListAlarms())
COMMANDS.register(CreateAlarm())
COMMANDS.register(ChangeAlarm())
COMMANDS.register(RemoveAlarm())

__all__ = ["COMMANDS"]
