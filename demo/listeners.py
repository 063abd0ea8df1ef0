"""Who lives in the demo house and listens: linked, with their past, and playing."""

from dataclasses import dataclass
from typing import Any

from .dashboard import Listens
from .folder import DemoFolder
from .home import Home
from .link import belongs_to, entries, grant_everything, link, register_app
from .past import export_of, import_past
from .steps import step


@dataclass(frozen=True, slots=True)
class Inhabitant:
    """A person of the simulator who lives in the home."""

    key: str
    name: str

    @property
    def person(self) -> str:
        """The entity id of the person in Home Assistant."""
        return f"person.{self.key}"


ALVA = Inhabitant("alva", "Alva")
BEN = Inhabitant("ben", "Ben")
INHABITANTS = (ALVA, BEN)
PAUSED_AT_MS = 60_000
LOOKED_BACK_MS = 60 * 86_400_000


async def move_in(home: Home, folder: DemoFolder, one: Inhabitant) -> Listens:
    """Link an inhabitant's account and import their past, each where an earlier run has not."""
    if (entry := await _entry_of(home, one)) is None:
        with step(f"Linking {one.name}'s Spotify account"):
            await register_app(home.api)
            entry = await link(home.api, one.key, everything=True)
            await belongs_to(home.api, entry["entry_id"], one.person)
    elif one.key not in folder.granted:
        with step(f"Letting {one.name}'s account do everything"):
            await grant_everything(home.api, entry["entry_id"], one.key)
    folder.granted.note(one.key)
    player = await home.shown_player_of(entry["entry_id"])
    # Into a history that is private by now nobody else may import; its past waits until it is shared.
    if one.key not in folder.imported and player is not None:
        with step(f"Importing {one.name}'s past years") as line:
            async with export_of(
                home.truth, one.key, home.home_assistant.media
            ) as export:
                report = await import_past(home.api, entry["entry_id"], export)
            line.outcome = f"{report['stored']:,} plays"
        folder.imported.note(one.key)
    return Listens(one.name, one.person, player)


async def make_music(home: Home, one: Inhabitant, *, paused: bool = False) -> None:
    """Let an inhabitant play the album they heard last, on a speaker of the home if it has one.

    With `paused` they paused it after a minute.
    """
    now = (await home.truth.ask("GET", "clock"))["now_ms"]
    heard = await home.truth.heard(one.key, start=now - LOOKED_BACK_MS)
    album = next(
        row["context_uri"]
        for row in reversed(heard)
        if (row["context_uri"] or "").startswith("spotify:album:")
    )
    if paused:
        await home.truth.do(
            "play", person=one.key, context_uri=album, position_ms=PAUSED_AT_MS
        )
        await home.truth.do("pause", person=one.key)
        return
    [person] = [each for each in await home.truth.people() if each["key"] == one.key]
    speakers = [each["id"] for each in person["devices"] if each["type"] == "Speaker"]
    on = {"device_id": speakers[0]} if speakers else {}
    await home.truth.do("play", person=one.key, context_uri=album, **on)


async def _entry_of(home: Home, one: Inhabitant) -> dict[str, Any] | None:
    """Return the config entry of an inhabitant's account, by its name on Spotify."""
    people = await home.truth.people()
    name = next(person["display_name"] for person in people if person["key"] == one.key)
    return next(
        (entry for entry in await entries(home.api) if entry["title"] == name), None
    )
