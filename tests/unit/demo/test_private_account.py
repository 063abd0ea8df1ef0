"""The demo goes on with an account that is private by now: it has no player, and nobody else imports into it."""

from pathlib import Path
from typing import Any, cast

import pytest

from demo import listeners
from demo.dashboard import Listens, _config
from demo.errors import DemoError
from demo.folder import DemoFolder
from demo.home import Home
from demo.listeners import BEN, move_in

ENTRY = {"entry_id": "01BEN", "title": "Ben"}


class Api:
    """Home Assistant as far as it is asked here, with an account that has no entities."""

    async def command(self, kind: str) -> list[dict[str, Any]]:
        """Return the entity registry, which has entities of others."""
        assert kind == "config/entity_registry/list"
        return [{"config_entry_id": "01ALVA", "entity_id": "media_player.alva"}]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Return a house whose simulator and Home Assistant are not started."""
    home = Home(
        config=tmp_path / "config",
        spotify=tmp_path / "spotify",
        port=1,
        simulator_port=2,
    )
    home._api = cast("Any", Api())

    async def entry_of(*_: object) -> dict[str, Any]:
        return ENTRY

    monkeypatch.setattr(listeners, "_entry_of", entry_of)
    return home


@pytest.mark.parametrize("imported", [True, False])
async def test_a_private_account_keeps_nothing_from_starting(
    home: Home, tmp_path: Path, *, imported: bool
) -> None:
    """Whether or not an earlier run imported its past."""
    folder = DemoFolder(tmp_path)
    folder.granted.note(BEN.key)
    if imported:
        folder.imported.note(BEN.key)
    assert await move_in(home, folder, BEN) == Listens("Ben", "person.ben", None)
    assert (BEN.key in folder.imported) is imported
    with pytest.raises(DemoError):
        await home.player_of(ENTRY["entry_id"])


def test_the_dashboard_says_that_somebody_does_not_share() -> None:
    """In the place of a player that there is not."""
    alva = Listens("Alva", "person.alva", "media_player.alva")
    ben = Listens("Ben", "person.ben", None)
    for people in ([alva, ben], [ben, alva]):
        text = str(_config(people, ["What played?"], []))
        assert "media_player.alva" in text
        assert "Ben doesn't share what they listen to with the household." in text
        assert "None" not in text
