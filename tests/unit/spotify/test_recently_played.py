"""Recently played is read as far back as something is missing, and no further."""

from dataclasses import dataclass, field

import pytest

from custom_components.encore.spotify.api import recently_played
from custom_components.encore.spotify.api.playback import RecentPage, RecentPlay
from custom_components.encore.spotify.api.recently_played import missed_plays
from custom_components.encore.spotify.errors import RateLimited
from tests.unit.spotify.looks import EVE, song

HOUR = 3_600_000


@dataclass
class List:
    """A list of plays as Spotify would keep one without its limit of 50 in all."""

    ended_at: list[int]
    stuck: bool = False
    limited_after: int | None = None
    asked: list[int | None] = field(default_factory=list)

    async def async_recently_played(self, *, before: int | None = None) -> RecentPage:
        """Answer as the gateway does."""
        if self.limited_after is not None and len(self.asked) >= self.limited_after:
            raise RateLimited(EVE)
        self.asked.append(before)
        if self.stuck:
            before = None
        wanted = [
            moment for moment in self.ended_at if before is None or moment < before
        ]
        page = wanted[:50]
        plays = tuple(RecentPlay(song("A"), moment) for moment in page)
        more = page and page[-1] != self.ended_at[-1]
        return RecentPage(plays, len(plays), page[-1] if more else None)


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait between pages."""
    monkeypatch.setattr(recently_played, "BETWEEN_PAGES_S", 0)


def plays(number: int, every: int = HOUR // 20) -> List:
    """Return a list with as many plays, the newest an interval ago."""
    return List([EVE - every * (place + 1) for place in range(number)])


async def fetched(
    source: List, known_until: int | None, *, backfill: bool = True
) -> list[int]:
    """Return when the plays ended that are found missing."""
    return [
        play.played_at
        async for page in missed_plays(source, known_until, EVE, backfill=backfill)
        for play in page.plays
    ]


async def reach(source: List, known_until: int | None, *, backfill: bool = True) -> int:
    """Return from when on nothing is missing once all was fetched."""
    since = EVE
    async for page in missed_plays(source, known_until, EVE, backfill=backfill):
        since = page.since
    return since


async def test_nothing_is_missing_since_what_was_known() -> None:
    """In one page, in several, and in an empty list."""
    source = plays(400)
    for place in (7, 120):
        assert await reach(source, source.ended_at[place]) == source.ended_at[place]
    assert await reach(List([]), EVE - HOUR) == EVE - HOUR


async def test_where_the_list_ends_too_soon_it_reports_from_when_on_it_is_whole() -> (
    None
):
    """More was played than the list holds: 50 plays, in real life."""
    source = plays(50)
    assert await reach(source, source.ended_at[-1] - HOUR) == source.ended_at[-1]


async def test_the_first_link_reaches_as_far_as_the_list() -> None:
    """To its end, 30 days back, through one page, or nowhere."""
    assert await reach(plays(130), None) == plays(130).ended_at[-1]
    assert await reach(plays(130), None, backfill=False) == plays(130).ended_at[49]
    assert await reach(plays(1000, every=HOUR), None) == EVE - 30 * 24 * HOUR
    assert await reach(List([]), None) == EVE


async def test_what_fits_one_page_takes_one_call() -> None:
    """The usual poll. All of the page comes, so that rows which Spotify entered late are seen."""
    source = plays(200)
    known = source.ended_at[7]
    assert await fetched(source, known) == source.ended_at[:50]
    assert source.asked == [None]


async def test_a_row_that_is_entered_late_is_found() -> None:
    """Its end lies before the newest play that was known when it came."""
    source = plays(40)
    late = source.ended_at[12] + 1
    source.ended_at.insert(12, late)
    assert late in await fetched(source, source.ended_at[3])
    assert len(source.asked) == 1


async def test_more_than_a_page_is_followed_back_to_what_is_known() -> None:
    """After a long outage."""
    source = plays(400)
    known = source.ended_at[120]
    assert await fetched(source, known) == source.ended_at[:150]
    assert len(source.asked) == 3


async def test_the_first_link_goes_back_until_the_list_ends() -> None:
    """Today Spotify's ends after 50."""
    source = plays(130)
    assert await fetched(source, None) == source.ended_at
    assert len(source.asked) == 3


async def test_the_first_link_goes_back_30_days() -> None:
    """And asks for nothing older."""
    source = plays(1000, every=HOUR)
    assert len(await fetched(source, None)) == 30 * 24 - 1
    assert len(source.asked) == 15


async def test_the_first_link_asks_200_times_at_the_most() -> None:
    """However much is played in 30 days."""
    source = plays(12_000, every=60_000)
    await fetched(source, None)
    assert len(source.asked) == 200


async def test_without_backfill_the_first_link_takes_one_page() -> None:
    """What stands in the list now."""
    source = plays(130)
    assert await fetched(source, None, backfill=False) == source.ended_at[:50]
    assert len(source.asked) == 1


async def test_a_list_that_makes_no_progress_is_left() -> None:
    """A cursor that is ignored must not be followed for ever."""
    source = plays(130)
    source.stuck = True
    await fetched(source, None)
    assert len(source.asked) == 2


async def test_pages_before_a_429_are_good() -> None:
    """They were yielded before it is raised."""
    source = plays(400)
    source.limited_after = 2
    found: list[int] = []

    async def fetch() -> None:
        async for page in missed_plays(source, None, EVE, backfill=True):
            found.extend(play.played_at for play in page.plays)

    with pytest.raises(RateLimited):
        await fetch()
    assert found == source.ended_at[:100]


async def test_an_empty_list_has_nothing() -> None:
    """A new account."""
    source = List([])
    assert await fetched(source, None) == []
    assert await fetched(source, EVE) == []
