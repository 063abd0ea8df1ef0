"""The tree of Encore's media source: the household's plays that the user can see."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final, final

from homeassistant.components.media_player.const import MediaClass, MediaType
from homeassistant.components.media_source import BrowseMediaSource
from homeassistant.core import Context, HomeAssistant

from ..history.model import ThingOf
from .browse_tree import (
    CLASSES,
    KIND_OF_CLASS,
    Node,
    Opened,
    Texts,
    async_texts,
    shown_in_source,
    shown_opened,
)
from .household_media import async_items
from .media_ids import HouseholdFolder, HouseholdList, NamedItem, read_household
from .pictures import BY_NAME, async_shown_at
from .play_lists import TOPS, ListItem, PlayLists

_WINDOWS: Final = ("this_month", "this_year", "all_time")
"""The windows whose top lists are offered; an id may name any other."""
_ROOT: Final = {
    HouseholdList(HouseholdFolder.RECENTLY_PLAYED): MediaClass.TRACK,
    **{
        HouseholdList(HouseholdFolder.TOP, (window,)): MediaClass.MUSIC
        for window in _WINDOWS
    },
    HouseholdList(HouseholdFolder.ON_THIS_DAY): MediaClass.DIRECTORY,
    HouseholdList(HouseholdFolder.FORGOTTEN_FAVOURITES): MediaClass.TRACK,
    HouseholdList(HouseholdFolder.EVENINGS): MediaClass.DIRECTORY,
}
"""The lists of the root, and what each holds in the end."""
_ARE_PLAYED: Final = frozenset(
    {HouseholdFolder.RECENTLY_PLAYED, HouseholdFolder.FORGOTTEN_FAVOURITES}
)
_OTHERWISE: Final = (MediaClass.MUSIC, MediaType.MUSIC)
_SEARCHED: Final = [
    MediaClass(each) for each, kind in KIND_OF_CLASS.items() if kind in ThingOf
]


@final
class HouseholdBrowser:
    """The lists of the household, as one caller sees them."""

    def __init__(self, hass: HomeAssistant, context: Context) -> None:
        """Browse on behalf of the user of a context, of the home without one."""
        self._hass = hass
        self._lists = PlayLists(hass, context)

    async def async_browse(
        self, identifier: str, title: str
    ) -> BrowseMediaSource | None:
        """Return a list, or a folder of lists; the root, with a title, without an id; None for nothing.

        Raises Unauthorized, and HomeAssistantError where the history cannot be read.
        """
        texts = await async_texts(self._hass)
        opened: Opened | None = None
        if not identifier:
            opened = _root(title, texts)
        elif isinstance(where := read_household(identifier).what, HouseholdList):
            opened = await self._async_open(where, texts)
        return None if opened is None else shown_opened(opened, texts, shown_in_source)

    async def async_search(
        self, text: str, classes: Iterable[MediaClass] | None
    ) -> list[BrowseMediaSource]:
        """Return what was played and a text may mean. Raises as `async_browse`."""
        kinds: list[ThingOf | None] = [None]
        if classes:
            named = dict.fromkeys(KIND_OF_CLASS.get(each, "") for each in classes)
            kinds = [ThingOf(kind) for kind in named if kind in ThingOf]
        found = [each for kind in kinds for each in await self._lists.async_find(text, kind)]  # fmt: skip
        return [shown_in_source(self._line(each)) for each in found]

    async def _async_open(self, where: HouseholdList, texts: Texts) -> Opened | None:
        """Return a list or a folder of lists, None where there is no such one."""
        node = _folder(where, _title(where, texts))
        match where.folder, where.parts:
            case HouseholdFolder.TOP, (_,):
                return Opened(
                    node,
                    tuple(
                        _folder(where.inside(of), texts[of], holds=CLASSES[kind][0])
                        for of, kind in TOPS.items()
                    ),
                )
            case HouseholdFolder.ON_THIS_DAY, ():
                days = await self._lists.async_on_this_day()
                return Opened(
                    node,
                    tuple(self._day(where.inside(each.day), each.items) for each in days),
                )  # fmt: skip
            case HouseholdFolder.EVENINGS, (*within,) if len(within) < 2:
                return await self._async_evenings(where, node, "".join(within))
        items = await async_items(self._lists, where)
        return None if items is None else self._list(node, items)

    async def _async_evenings(
        self, where: HouseholdList, node: Node, within: str
    ) -> Opened | None:
        """Return what is in a year, a month or an evening, None where it is none of them."""
        try:
            if _is_day(within):
                evening = await self._lists.async_evening(within)
                opened = self._list(node, evening.plays)
                return replace(opened, not_shown=evening.left_out)
            names = await self._lists.async_evenings(within)
        except ValueError:
            return None
        return Opened(
            node,
            tuple(
                _folder(
                    HouseholdList(where.folder, (name,)),
                    name,
                    can_play=_is_day(name),
                    holds=MediaClass.TRACK if _is_day(name) else MediaClass.DIRECTORY,
                )
                for name in names
            ),
        )

    def _list(self, node: Node, items: Iterable[ListItem]) -> Opened:
        children = tuple(self._line(each) for each in items)
        can_play = any(each.uri for each in items)
        holds = children[0].media_class if children else None
        return Opened(
            replace(node, can_play=can_play, children_media_class=holds), children
        )

    def _day(self, where: HouseholdList, items: tuple[ListItem, ...]) -> Node:
        pictures = (async_shown_at(self._hass, each.image_url, each) for each in items)
        can_play = any(each.uri for each in items)
        # They all are the same day.
        year = where.parts[0].partition("-")[0]
        node = _folder(where, year, can_play=can_play, holds=MediaClass.TRACK)
        return replace(node, thumbnail=next(filter(None, pictures), None))

    def _line(self, item: ListItem) -> Node:
        media_class, media_type = CLASSES.get(item.kind, _OTHERWISE)
        named = f"{item.name} – {item.by}" if item.by else item.name
        return Node(
            id=item.uri or NamedItem(item.kind, item.name, item.by).identifier,
            title=f"{item.at} {named}" if item.at else named,
            media_class=media_class,
            media_content_type=media_type,
            can_play=item.uri is not None or item.kind in BY_NAME,
            can_expand=False,
            thumbnail=async_shown_at(self._hass, item.image_url, item),
        )


def _root(title: str, texts: Texts) -> Opened:
    node = Node(
        id="",
        title=title,
        media_class=MediaClass.APP,
        media_content_type=MediaType.APP,
        children_media_class=MediaClass.DIRECTORY,
        can_search=True,
        search_media_classes=_SEARCHED,
    )
    return Opened(
        node,
        tuple(
            _folder(
                where,
                _title(where, texts),
                can_play=where.folder in _ARE_PLAYED,
                holds=holds,
            )
            for where, holds in _ROOT.items()
        ),
    )


def _folder(
    where: HouseholdList,
    title: str,
    *,
    can_play: bool = False,
    holds: MediaClass = MediaClass.DIRECTORY,
) -> Node:
    return Node(
        id=where.identifier,
        title=title,
        media_content_type=MediaType.MUSIC,
        can_play=can_play,
        children_media_class=holds,
        can_search=True,
    )


def _is_day(name: str) -> bool:
    return len(name) == len("2026-07-14")


def _title(where: HouseholdList, texts: Texts) -> str:
    """Return what a list or a folder is called; a window that is not offered, by its own name."""
    match where.folder, where.parts:
        case HouseholdFolder.TOP, (window, *of):
            called = texts.get(f"top_of_{window}", window)
            return " · ".join((called, *(texts.get(each, each) for each in of)))
        case folder, parts:
            return " · ".join((texts[folder], *parts))
