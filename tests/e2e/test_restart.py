"""Home Assistant is restarted, and everything is still there."""

from demo.home import Home
from demo.link import entries

from .evening import MOST, Account, Evening, asked, until_loaded

NEWEST = 20


async def test_a_restart_finds_everything_still_there(
    home: Home, alva: Account, evening: Evening
) -> None:
    """Accounts, player, plays and answers are as they were; the music has gone on meanwhile."""
    stored, plays = await kept_by(home), await newest(home, NEWEST)
    total = await plays_of_all_time(home)
    await home.restart_home_assistant()
    await until_loaded(home)
    assert await kept_by(home) == stored
    # What came since is newer, and what was under way is over.
    since = await plays_of_all_time(home) - total
    assert since >= 0
    assert set(plays) <= set(await newest(home, NEWEST + since + 1))
    player = await home.api.state(alva.player)
    assert player["state"] in {"playing", "paused"}
    assert player["attributes"]["media_title"]


async def kept_by(home: Home) -> dict[str, object]:
    """Return what does not change while music plays."""
    return {
        "entries": {(one["title"], one["entry_id"]) for one in await entries(home.api)},
        "said": await asked(home, MOST),
    }


async def newest(home: Home, limit: int) -> list[tuple[str, ...]]:
    """Return what the newest plays that are over were, and whose; when and how long may still be told more exactly."""
    answer = await home.api.act(
        "encore.get_plays", {"time_range": "all_time", "limit": limit}, answer=True
    )
    return [
        (play["title"], *play["artists"], play["listener"])
        for play in answer["plays"]
        if not play["in_progress"]
    ]


async def plays_of_all_time(home: Home) -> int:
    """Return how many plays the history counts."""
    answer = await home.api.act(
        "encore.get_plays", {"time_range": "all_time"}, answer=True
    )
    return int(answer["total"]["play_count"])
