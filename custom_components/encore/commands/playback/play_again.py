"""The command that plays the last item again, or that of a moment."""

from collections.abc import Hashable, Sequence
from typing import Annotated, Final, override

from ...dispatch.dispatcher import async_ask
from ...questions.base.answer import AnsweredPlay
from ...questions.base.parameters import Described, Form
from ...questions.naming.listener_choice import EVERYONE
from ...questions.playing_at import PlayingAt, PlayingAtParameters
from ...questions.plays import Plays, PlaysParameters
from ...spotify.api.items import SpotifyThing
from ...spotify.api.share_links import read_link
from ...spotify.library.search_ranking import FoundIn
from ..errors import NothingPlayedThen
from .media_resolution import Wanted
from .play import PlayCommand, Playing, PlayResult, WhereParameters

LOOKED_THROUGH: Final = 20
"""How many plays are looked through for one that Spotify can play: a file of one's own is none."""

MOMENT: Final = Described(
    Form.MOMENT,
    "When it was played: a time such as 8 pm, a day and a time such as yesterday 20:00, 10_minutes_ago, or a date with a time. Default: the last play.",
    "yesterday 20:00",
)
HEARD_IN: Final = Described(
    Form.ROOM,
    "Only plays in this room or these rooms: areas, or here for the room of the voice assistant.",
    "kitchen",
    is_rare=True,
)
HEARD_BY: Final = Described(
    Form.LISTENER,
    "Who played it: a name, several, me or everyone. Default: the account's listener; with a room, everyone.",
    "Ben",
    is_rare=True,
)


class PlayAgainParameters(WhereParameters):
    """What was heard when, where and by whom, and for whom and where to play it now."""

    moment: Annotated[str | None, MOMENT] = None
    heard_in: Annotated[str | tuple[str, ...] | None, HEARD_IN] = None
    heard_by: Annotated[str | tuple[str, ...] | None, HEARD_BY] = None


class PlayAgain(PlayCommand[PlayAgainParameters]):
    """Once more."""

    description = "Plays once more what was heard last, or at a moment, in a room, on a speaker or on a device."

    @override
    def request(
        self, asked: PlayAgainParameters, playing: Playing
    ) -> tuple[Hashable, ...]:
        return (asked.moment, asked.heard_in, asked.heard_by)

    @override
    async def async_play(
        self, asked: PlayAgainParameters, playing: Playing
    ) -> PlayResult:
        place = playing.place()
        return await playing.async_put(await _async_heard(playing, asked), place)


async def _async_heard(playing: Playing, asked: PlayAgainParameters) -> Wanted:
    """Return what was heard then and there. Raises NothingPlayedThen, and as questions do."""
    context, listener = playing.context, playing.account.listener
    # As "what was playing at nine" is answered for everyone.
    of_all = asked.heard_in or asked.moment
    by = asked.heard_by or (EVERYONE if of_all else listener.key)
    plays: Sequence[AnsweredPlay]
    if asked.moment:
        then = await async_ask(
            PlayingAt(),
            PlayingAtParameters(listener=by, room=asked.heard_in, moment=asked.moment),
            context,
        )
        # Of a silent moment it is what was heard before it.
        plays = then.plays or ((then.before,) if then.before else ())
        instead = not then.plays
    else:
        latest = await async_ask(
            Plays(),
            PlaysParameters(
                listener=by,
                room=asked.heard_in,
                window="all_time",
                limit=LOOKED_THROUGH,
            ),
            context,
        )
        plays, instead = latest.plays, False
    for play in plays:
        if (link := read_link(play.uri)) is not None:
            artists = ", ".join(play.artists)
            thing = SpotifyThing(
                link.kind, link.uri, play.title, artists, makers=play.artists
            )
            return Wanted(thing, FoundIn.HISTORY, instead=instead)
    raise NothingPlayedThen(name=listener.name)
