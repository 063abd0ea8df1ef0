"""What a person can tell Encore to do, beside playing: each is one file, registered here."""

from .add_to_playlist import AddToPlaylist
from .alarms import ChangeAlarm, CreateAlarm, ListAlarms, RemoveAlarm
from .continue_listening import ContinueListening
from .control import ControlPlayback, SetVolume
from .create_playlist import CreatePlaylist
from .describe_playlist import DescribePlaylist
from .devices import Devices
from .episodes import Episodes
from .following import Following
from .group_presets import (
    ApplyGroupPreset,
    GroupPresets,
    RemoveGroupPreset,
    SaveGroupPreset,
)
from .group_rooms import GroupRooms, UngroupRooms
from .latest_jobs import LatestImports, LatestJobs
from .library import Follow, IsSaved, Save, Unfollow, Unsave
from .make_playlist import MakePlaylist
from .mark_episode import MarkEpisode
from .new_episodes import NewEpisodes
from .pause import Pause
from .play import Play
from .play_again import PlayAgain
from .play_for_now import PlayForNow
from .play_forgotten import PlayForgotten
from .play_it import PlayIt
from .playlist_items import PlaylistItems
from .playlists import Playlists
from .podcasts import Podcasts
from .queue import AddToQueue, ReadQueue
from .registry import Registry
from .remove_from_playlist import RemoveFromPlaylist
from .rename_playlist import RenamePlaylist
from .reorder_playlist import ReorderPlaylist
from .replace_playlist import ReplacePlaylist
from .replay import Replay
from .resume import Resume
from .room_queue import (
    ClearRoomQueue,
    MoveInRoomQueue,
    ReadRoomQueue,
    RemoveFromRoomQueue,
)
from .search import Search
from .sleep_timer import ClearSleepTimer, ReadSleepTimer, SetSleepTimer
from .snapshot import Restore, TakeSnapshot
from .spotify_top import SpotifyTop
from .sync_now import SyncNow
from .sync_status import TellSyncStatus
from .transfer import Transfer
from .unfollow_playlist import UnfollowPlaylist

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
