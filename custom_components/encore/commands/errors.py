"""Errors of commands; each says what to do instead."""

from collections.abc import Iterable

from homeassistant.exceptions import ServiceValidationError

from ..errors import NamedError


def listed(names: Iterable[str]) -> str:
    """Return names as an error names them."""
    return ", ".join(sorted(names, key=str.casefold)) or "–"


class CommandError(NamedError, ServiceValidationError):
    """Base of what the caller of a command can mend; each carries its translation."""

    key = ""


class UnknownCommand(CommandError):
    """There is no such command; `command` is what was asked for."""


class NoAccount(CommandError):
    """No account is linked."""


class UnknownAccount(CommandError):
    """No linked account is of that `name`; `known` are those that there are."""


class WhichAccount(CommandError):
    """More than one account could be meant: `known`."""


class AccountNotReady(CommandError):
    """The account of `name` is linked, and not connected now."""


class NoAccountConnected(CommandError):
    """None of the linked accounts is connected now, or there is none."""


class UnknownConnectDevice(CommandError):
    """No device of that `name` can be played on now; `known` are those that can."""


class NothingToPlay(CommandError):
    """There is nothing at `media_id`."""


class OnlySinglesAreQueued(CommandError):
    """An artist, a show or a book cannot be taken apart into what Spotify's queue takes."""


class TooManyAtOnce(CommandError):
    """These are `count` tracks or episodes, and `most` are taken."""


class TooLongToQueue(CommandError):
    """An album or playlist has more than the `most` that are queued."""


class BadPosition(CommandError):
    """Where to begin was not given in seconds."""


class BadVolume(CommandError):
    """How loud an announcement is was not given in percent."""


class OnlyFilesAreAnnounced(CommandError):
    """`media_id` is no file that could be announced."""


class UnknownPlaylist(CommandError):
    """The library has no playlist of that `name`; `known` are some that it has."""


class WhichPlaylist(CommandError):
    """Several playlists are called `name`: `known`, with their URIs."""


class NoSuchPlace(CommandError):
    """The playlist of that `name` has no such place; `last` is its last one."""


class ItemsHidden(CommandError):
    """Spotify tells nobody but its owner what is in the playlist of that `name`."""


class NotAnItem(CommandError):
    """`item` is no track and no episode, which alone can stand in a playlist."""


class NoTracks(CommandError):
    """The answer to `question` holds no track that could stand in a playlist."""


class NothingInAnswer(CommandError):
    """What was answered names nothing that Spotify could play."""


class UnknownShow(CommandError):
    """No podcast or audiobook of that `name` is known; `known` are some that are."""


class WhichEpisode(CommandError):
    """Several episodes are called `name`: `known`, with their URIs."""


class UnknownEpisode(CommandError):
    """No episode of that `name` is known."""


class WrongKind(CommandError):
    """A command takes things of some `kinds`, and `media_id` is none of them."""


class NothingPlays(CommandError):
    """The account of `name` plays nothing now, and nothing else was named."""


class NothingCalledSo(CommandError):
    """Nothing called `text` was found in what `name` heard and saved, nor at Spotify."""


class NoPlayerThere(CommandError):
    """There is nothing to play on in the room, or of the `name`; there is in `rooms`, and on `devices`."""


class WhichPlayer(CommandError):
    """Several `players` are in the room, or of the `name`, and none of them stands out."""


class NotExposed(CommandError):
    """The player of `name` is hidden from assistants."""


class NotOnSonos(CommandError):
    """A Sonos speaker of that `name` takes no `kind` by a share link."""


class NothingPlayedThen(CommandError):
    """Nothing is known that `name` played then, or there."""


class NothingUsual(CommandError):
    """Nothing is known that `name` heard within the last year."""


class NoHousehold(CommandError):
    """No Sonos household is set up, or none is connected."""


class NoSonosRoom(CommandError):
    """There is no Sonos speaker in the room, or of the `name`; there are `rooms`."""


class NoSuchQueuePlace(CommandError):
    """The queue of a `room` has no such place; `last` is the last one that would do."""


class UnknownAlarm(CommandError):
    """There is no such `alarm`; `known` are those that there are."""


class WhichAlarm(CommandError):
    """Several households have an `alarm` of that id; `known` are they."""


class BadTime(CommandError):
    """A `time` was not given as hours and minutes."""


class BadDays(CommandError):
    """`days` are no days of the week, nor one of the words for some of them."""


class UnknownPreset(CommandError):
    """There is no group preset of that `name`; `known` are those that there are."""


class PresetExists(CommandError):
    """There is a group preset of that `name` already."""


class BadVolumes(CommandError):
    """The volume of a `room` is no whole number from 0 to 100."""


class WhichHousehold(CommandError):
    """There is more than one Sonos household, and no room was named; `rooms` are those that there are."""


class VolumeOfAnother(CommandError):
    """A volume was given of a `room` that is not in the preset called `name`."""


class HouseholdAway(CommandError):
    """The household that what is called `name` belongs to is not connected."""


class UnknownSnapshot(CommandError):
    """There is no snapshot of that `name`; `known` are those that there are."""


class NothingToReplay(CommandError):
    """Nothing is known to have been heard then and there, or nothing was interrupted."""


class NothingCanReplay(CommandError):
    """None of the `count` things that were heard can be played again, for `reasons`."""


class UnknownReplayRoom(CommandError):
    """Nobody knows where it was heard."""


class NotAnAccount(CommandError):
    """The config entry is no Spotify account's, or none that the caller may know of."""


class NoSuchJob(CommandError):
    """No `job` of that number is running, or none that the caller may know of."""


class ForgetUnconfirmed(CommandError):
    """So many `plays` are deleted only when confirmed; up to `most` are without."""


class LeaveOutTooMany(CommandError):
    """There are more `plays` than the `most` that are left out by a sentence."""


class ForgetPlaysAlone(CommandError):
    """Plays were given by their ids and by a rule."""


class ForgetAmbiguous(CommandError):
    """The names stand for more than one listener or room, or for something else."""


class ExportAmbiguous(CommandError):
    """The name stands for more than one listener, or for none."""
