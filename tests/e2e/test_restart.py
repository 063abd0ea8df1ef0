"""Home Assistant is restarted, and everything is still there."""

from demo.house import House
from demo.link import entries

from .evening import MOST, Account, Evening, asked, until_loaded


async def test_a_restart_finds_everything_still_there(
    house: House, alva: Account, evening: Evening
) -> None:
    """Accounts, player, plays and answers are as they were."""
    before = await everything(house, alva)
    await house.restart_home_assistant()
    await until_loaded(house)
    assert await everything(house, alva) == before


async def everything(house: House, account: Account) -> dict[str, object]:
    """Return what a person would look for after a restart."""
    history = await house.api.act(
        "encore.plays", {"window": "all_time", "listener": "Alva"}, answer=True
    )
    player = await house.api.state(account.player)
    return {
        "entries": {
            (one["title"], one["entry_id"]) for one in await entries(house.api)
        },
        "total": history["total"],
        "newest": history["plays"][0],
        "playing": player["attributes"]["media_title"],
        "state": player["state"],
        "said": await asked(house, MOST),
    }
