"""Encore's media source: the household's plays that the user can see.

It plays on Encore's own players. Spotify gives no address that another player could fetch, which is said there.
"""

from typing import Final, final, override

from homeassistant.components.media_player.browse_media import (
    SearchMedia,
    SearchMediaQuery,
)
from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_player.errors import BrowseError, SearchError
from homeassistant.components.media_source import (
    BrowseMediaSource,
    MediaSource,
    MediaSourceItem,
    PlayMedia,
    Unresolvable,
)
from homeassistant.core import HomeAssistant, callback
from homeassistant.helpers import entity_registry as er

from .access.policy import context_of_now
from .const import DOMAIN
from .history.model import ThingOf
from .media.account_browser import Texts, async_folder_texts
from .media.household_lists import TOPS, Heard, HouseholdLists
from .media.household_media import HouseFolder, InSource, async_listed, identifier_of
from .media.media_errors import shown_as

WINDOWS: Final = ("this_month", "this_year", "all_time")
"""The windows whose top lists are offered; an id may name any other."""

_CLASSES: Final = {
    "track": (MediaClass.TRACK, MediaType.TRACK),
    "artist": (MediaClass.ARTIST, MediaType.ARTIST),
    "album": (MediaClass.ALBUM, MediaType.ALBUM),
    "show": (MediaClass.PODCAST, MediaType.PODCAST),
    "episode": (MediaClass.EPISODE, MediaType.EPISODE),
    "chapter": (MediaClass.EPISODE, MediaType.EPISODE),
    "radio": (MediaClass.CHANNEL, MediaType.CHANNEL),
    "television": (MediaClass.CHANNEL, MediaType.CHANNEL),
}
_OTHERWISE: Final = (MediaClass.MUSIC, MediaType.MUSIC)
_INSIDE: Final = {
    HouseFolder.RECENTLY_PLAYED: MediaClass.TRACK,
    HouseFolder.TOP: MediaClass.MUSIC,
    HouseFolder.FORGOTTEN_FAVOURITES: MediaClass.TRACK,
}
"""What is inside the folders of the root in the end."""
_SEARCHED: Final = {
    MediaClass.TRACK: ThingOf.TRACK,
    MediaClass.MUSIC: ThingOf.TRACK,
    MediaClass.ARTIST: ThingOf.ARTIST,
    MediaClass.ALBUM: ThingOf.ALBUM,
    MediaClass.PODCAST: ThingOf.SHOW,
    MediaClass.EPISODE: ThingOf.EPISODE,
}


async def async_get_media_source(hass: HomeAssistant) -> HouseMediaSource:
    """Return Encore's media source."""
    return HouseMediaSource(hass)


@final
class HouseMediaSource(MediaSource):
    """The history of the house, to browse, to search, and to play."""

    name = "Encore"

    def __init__(self, hass: HomeAssistant) -> None:
        """Browse the history of this instance."""
        super().__init__(DOMAIN)
        self._hass = hass

    @override
    async def async_browse_media(self, item: MediaSourceItem) -> BrowseMediaSource:
        """Return a list, or a folder of lists. Raises BrowseError, in words, and Unauthorized."""
        with shown_as(BrowseError):
            texts = await async_folder_texts(self._hass)
            if not item.identifier:
                return _root(texts)
            where = InSource.read(item.identifier)
            shown = None if where is None else await self._async_shown(where, texts)
            if shown is None:
                raise BrowseError(
                    translation_domain=DOMAIN,
                    translation_key="nothing_to_browse",
                    translation_placeholders={"media_id": item.media_source_id},
                )
            return shown

    @override
    async def async_search_media(
        self, item: MediaSourceItem, query: SearchMediaQuery
    ) -> SearchMedia:
        """Return what was heard and a text may mean. Raises SearchError, in words, and Unauthorized."""
        text, classes = query.search_query.strip(), query.media_filter_classes
        kinds: list[ThingOf | None] = [None]
        if classes:
            kinds = [*dict.fromkeys(_SEARCHED[one] for one in classes if one in _SEARCHED)]  # fmt: skip
        if not text:
            return SearchMedia(result=[])
        with shown_as(SearchError):
            found = [
                each for kind in kinds for each in await self._lists.async_find(text, kind)
            ]  # fmt: skip
        return SearchMedia(result=[_line(each) for each in found])

    @override
    async def async_resolve_media(self, item: MediaSourceItem) -> PlayMedia:
        """Say which players can play it; those take its id as it is, and do not ask. Raises Unresolvable."""
        if not (players := _players(self._hass)):
            raise Unresolvable(
                translation_domain=DOMAIN, translation_key="no_own_player"
            )
        raise Unresolvable(
            translation_domain=DOMAIN,
            translation_key="only_own_players",
            translation_placeholders={"players": ", ".join(players)},
        )

    @property
    def _lists(self) -> HouseholdLists:
        """The lists for who browses now; where nobody is known to, for the house."""
        return HouseholdLists(self._hass, context_of_now(None))

    async def _async_shown(
        self, where: InSource, texts: Texts
    ) -> BrowseMediaSource | None:
        """Return a list or a folder of lists, None where there is no such one."""
        match where.folder, where.parts:
            case HouseFolder.TOP, (window,):
                shown = _folder(where, _title(where, texts))
                shown.children = [
                    _folder(
                        InSource(where.folder, (window, str(of))),
                        texts[str(of)],
                        inside=_CLASSES[kind][0],
                    )
                    for of, kind in TOPS.items()
                ]
                return shown
            case HouseFolder.ON_THIS_DAY, ():
                shown = _folder(where, _title(where, texts))
                shown.children = [
                    _day(where, day.day, day.things)
                    for day in await self._lists.async_on_this_day()
                ]
                return shown
            case HouseFolder.EVENINGS, (*within,) if len(within) < 2:
                return await self._async_evening(where, "".join(within), texts)
        if (heard := await async_listed(self._lists, where)) is None:
            return None
        return _list(where, _title(where, texts), heard)

    async def _async_evening(
        self, where: InSource, within: str, texts: Texts
    ) -> BrowseMediaSource | None:
        """Return what is in a year, a month or an evening, None where it is none of them."""
        try:
            if len(within) == len("2026-07-14"):
                evening = await self._lists.async_evening(within)
                shown = _list(where, _title(where, texts), evening.plays)
                shown.not_shown = evening.left_out
                return shown
            found = await self._lists.async_evenings(within)
        except ValueError:
            return None
        shown = _folder(where, _title(where, texts))
        insides = [InSource(where.folder, (name,)) for name in found]
        shown.children = [
            _folder(
                each,
                each.parts[0],
                can_play=each.is_list,
                inside=MediaClass.TRACK if each.is_list else MediaClass.DIRECTORY,
            )
            for each in insides
        ]
        return shown


def _root(texts: Texts) -> BrowseMediaSource:
    tops = [InSource(HouseFolder.TOP, (window,)) for window in WINDOWS]
    folders = [
        InSource(HouseFolder.RECENTLY_PLAYED),
        *tops,
        InSource(HouseFolder.ON_THIS_DAY),
        InSource(HouseFolder.FORGOTTEN_FAVOURITES),
        InSource(HouseFolder.EVENINGS),
    ]
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=None,
        media_class=MediaClass.APP,
        media_content_type=MediaType.APP,
        title=HouseMediaSource.name,
        can_play=False,
        can_expand=True,
        can_search=True,
        search_media_classes=[*_SEARCHED],
        children_media_class=MediaClass.DIRECTORY,
        children=[
            _folder(
                each,
                _title(each, texts),
                can_play=each.is_list,
                inside=_INSIDE.get(each.folder, MediaClass.DIRECTORY),
            )
            for each in folders
        ],
    )


def _folder(
    where: InSource,
    title: str,
    *,
    can_play: bool = False,
    inside: MediaClass = MediaClass.DIRECTORY,
) -> BrowseMediaSource:
    """Return a folder; among others Home Assistant shows it by the sign of what is `inside`."""
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=where.identifier,
        media_class=MediaClass.DIRECTORY,
        media_content_type=MediaType.MUSIC,
        title=title,
        can_play=can_play,
        can_expand=True,
        can_search=True,
        children_media_class=inside,
    )


def _list(
    where: InSource, title: str, heard: list[Heard] | tuple[Heard, ...]
) -> BrowseMediaSource:
    shown = _folder(where, title, can_play=any(each.uri for each in heard))
    shown.children = [_line(each) for each in heard]
    shown.children_media_class = shown.children[0].media_class if heard else None
    return shown


def _day(where: InSource, day: str, things: tuple[Heard, ...]) -> BrowseMediaSource:
    inside = InSource(where.folder, (day,))
    shown = _folder(
        inside,
        # They all are the same day.
        day.partition("-")[0],
        can_play=any(each.uri for each in things),
        inside=MediaClass.TRACK,
    )
    shown.thumbnail = next((one.image_url for one in things if one.image_url), None)
    return shown


def _line(heard: Heard) -> BrowseMediaSource:
    media_class, media_type = _CLASSES.get(heard.kind, _OTHERWISE)
    named = f"{heard.name} – {heard.by}" if heard.by else heard.name
    return BrowseMediaSource(
        domain=DOMAIN,
        identifier=identifier_of(heard),
        media_class=media_class,
        media_content_type=media_type,
        title=f"{heard.at} {named}" if heard.at else named,
        can_play=heard.can_play,
        can_expand=False,
        thumbnail=heard.image_url,
    )


def _title(where: InSource, texts: Texts) -> str:
    """Return what a list or a folder is called; a window that is not offered, by its own name."""
    match where.folder, where.parts:
        case HouseFolder.TOP, (window, *of):
            called = texts.get(f"top_of_{window}", window)
            return " · ".join((called, *(texts.get(each, each) for each in of)))
        case folder, ():
            return texts[str(folder)]
        case folder, parts:
            return " · ".join((texts[str(folder)], *parts))


@callback
def _players(hass: HomeAssistant) -> list[str]:
    """Return the names of Encore's own players that are there now."""
    registry = er.async_get(hass)
    names = (
        state.name
        for state in hass.states.async_all("media_player")
        if (entity := registry.async_get(state.entity_id)) is not None
        and entity.platform == DOMAIN
    )
    return sorted(names)
