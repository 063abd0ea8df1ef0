"""Errors of commands; each says what to do instead."""

from homeassistant.exceptions import ServiceValidationError

from ..errors import NamedError


class CommandError(NamedError, ServiceValidationError):
    """Base of what the caller of a command can mend; each carries its translation."""


class UnknownCommand(CommandError):
    """There is no such command; `command` is what was asked for."""

    key = "unknown_command"


class NoAccount(CommandError):
    """No account is linked."""

    key = "no_account"


class UnknownAccount(CommandError):
    """No linked account is of that `name`; `known` are those that there are."""

    key = "unknown_account"


class WhichAccount(CommandError):
    """More than one account could be meant: `known`."""

    key = "which_account"


class AccountNotReady(CommandError):
    """The account of `name` is linked, and not connected now."""

    key = "account_not_ready"


class NoAccountConnected(CommandError):
    """None of the linked accounts is connected now, or there is none."""

    key = "no_account_connected"


class UnknownConnectDevice(CommandError):
    """No device of that `name` can be played on now; `known` are those that can."""

    key = "unknown_connect_device"


class NothingToPlay(CommandError):
    """There is nothing at `media_id`."""

    key = "nothing_to_play"


class OnlySinglesAreQueued(CommandError):
    """An artist, a show or a book cannot be taken apart into what Spotify's queue takes."""

    key = "only_singles_are_queued"


class TooManyAtOnce(CommandError):
    """These are `count` tracks or episodes, and `most` are taken."""

    key = "too_many_at_once"


class TooLongToQueue(CommandError):
    """An album or playlist has more than the `most` that are queued."""

    key = "too_long_to_queue"


class BadPosition(CommandError):
    """Where to begin was not given in seconds."""

    key = "bad_position"


class BadVolume(CommandError):
    """How loud an announcement is was not given in percent."""

    key = "bad_volume"


class OnlyFilesAreAnnounced(CommandError):
    """`media_id` is no file that could be announced."""

    key = "only_files_are_announced"


class UnknownPlaylist(CommandError):
    """The library has no playlist of that `name`; `known` are some that it has."""

    key = "unknown_playlist"


class WhichPlaylist(CommandError):
    """Several playlists are called `name`: `known`, with their URIs."""

    key = "which_playlist"


class NoSuchPlace(CommandError):
    """The playlist of that `name` has no such place; `last` is its last one."""

    key = "no_such_place"


class ItemsHidden(CommandError):
    """Spotify tells nobody but its owner what is in the playlist of that `name`."""

    key = "items_hidden"


class NotAnItem(CommandError):
    """`item` is no track and no episode, which alone can stand in a playlist."""

    key = "not_an_item"


class NoTracks(CommandError):
    """The answer to `question` holds no track that could stand in a playlist."""

    key = "no_tracks"


class NothingInAnswer(CommandError):
    """What was answered names nothing that Spotify could play."""

    key = "nothing_in_answer"


class UnknownShow(CommandError):
    """No podcast or audiobook of that `name` is known; `known` are some that are."""

    key = "unknown_show"


class WhichEpisode(CommandError):
    """Several episodes are called `name`: `known`, with their URIs."""

    key = "which_episode"


class UnknownEpisode(CommandError):
    """No episode of that `name` is known."""

    key = "unknown_episode"


class WrongKind(CommandError):
    """A command takes things of some `kinds`, and `media_id` is none of them."""

    key = "wrong_kind"


class NothingPlays(CommandError):
    """The account of `name` plays nothing now, and nothing else was named."""

    key = "nothing_plays"


class NothingCalledSo(CommandError):
    """Nothing called `text` was found in what `name` heard and saved, nor at Spotify."""

    key = "nothing_called_so"


class NoPlayerThere(CommandError):
    """There is nothing to play on in the room, or of the `name`; there is in `rooms`, and on `devices`."""

    key = "no_player_there"


class WhichPlayer(CommandError):
    """Several `players` are in the room, or of the `name`, and none of them stands out."""

    key = "which_player"


class NotExposed(CommandError):
    """The player of `name` is hidden from assistants."""

    key = "not_exposed"


class NotOnSonos(CommandError):
    """A Sonos speaker of that `name` takes no `kind` by a share link."""

    key = "not_on_sonos"


class NothingPlayedThen(CommandError):
    """Nothing is known that `name` played then, or there."""

    key = "nothing_played_then"


class NothingUsual(CommandError):
    """Nothing is known that `name` heard within the last year."""

    key = "nothing_usual"


class NoHousehold(CommandError):
    """No Sonos household is set up, or none is connected."""

    key = "no_household"


class NoSonosRoom(CommandError):
    """There is no Sonos speaker in the room, or of the `name`; there are `rooms`."""

    key = "no_sonos_room"


class NoSuchQueuePlace(CommandError):
    """The queue of a `room` has no such place; `last` is the last one that would do."""

    key = "no_such_queue_place"


class UnknownAlarm(CommandError):
    """There is no such `alarm`; `known` are those that there are."""

    key = "unknown_alarm"


class WhichAlarm(CommandError):
    """Several households have an `alarm` of that id; `known` are they."""

    key = "which_alarm"


class BadTime(CommandError):
    """A `time` was not given as hours and minutes."""

    key = "bad_time"


class BadDays(CommandError):
    """`days` are no days of the week, nor one of the words for some of them."""

    key = "bad_days"


class UnknownPreset(CommandError):
    """There is no group preset of that `name`; `known` are those that there are."""

    key = "unknown_preset"


class PresetExists(CommandError):
    """There is a group preset of that `name` already."""

    key = "preset_exists"


class BadVolumes(CommandError):
    """The volume of a `room` is no whole number from 0 to 100."""

    key = "bad_volumes"


class WhichHousehold(CommandError):
    """There is more than one Sonos household, and no room was named; `rooms` are those that there are."""

    key = "which_household"


class VolumeOfAnother(CommandError):
    """A volume was given of a `room` that is not in the preset called `name`."""

    key = "volume_of_another"


class HouseholdAway(CommandError):
    """The household that what is called `name` belongs to is not connected."""

    key = "household_away"


class UnknownSnapshot(CommandError):
    """There is no snapshot of that `name`; `known` are those that there are."""

    key = "unknown_snapshot"


class NothingToReplay(CommandError):
    """Nothing is known to have been heard then and there, or nothing was interrupted."""

    key = "nothing_to_replay"


class NothingCanReplay(CommandError):
    """None of the `count` things that were heard can be played again, for `reasons`."""

    key = "nothing_can_replay"


class UnknownReplayRoom(CommandError):
    """Nobody knows where it was heard."""

    key = "unknown_replay_room"


class NotAnAccount(CommandError):
    """The config entry is no Spotify account's, or none that the caller may know of."""

    key = "not_an_account"


class NoSuchJob(CommandError):
    """No `job` of that number is running, or none that the caller may know of."""

    key = "no_such_job"


class ForgetUnconfirmed(CommandError):
    """So many `plays` are deleted only when confirmed; up to `most` are without."""

    key = "forget_unconfirmed"


class ForgetPlaysAlone(CommandError):
    """Plays were given by their ids and by a rule."""

    key = "forget_plays_alone"


class ForgetAmbiguous(CommandError):
    """The names stand for more than one listener or room, or for something else."""

    key = "forget_ambiguous"


class ExportAmbiguous(CommandError):
    """The name stands for more than one listener, or for none."""

    key = "export_ambiguous"
