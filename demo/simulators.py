"""The simulators' process, and its admin door `/__sim__/`, which knows the truth."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import aiohttp

from simulator.sonos import BIG_HOME, SONOS_PORT, SpeakerPlace, many_rooms, moved_to

from .errors import ProcessDied, Refused
from .ports import LOOPBACK, is_free, is_there, let_go, reserved
from .process import ChildProcess

REPOSITORY = Path(__file__).parent.parent
STARTS_WITHIN_S = 120
"""Its first start invents a catalogue and years of listening."""
STARTS = 3
"""How often it is started before that is given up."""

SPEAKERS_NETWORK = "127.0.0"
SPARE_NETWORKS = tuple(f"127.53.{number}" for number in range(20))
"""Where the speakers move to, in this order, while others have their addresses."""


def speakers_on(network: str, rooms: int | None = None) -> tuple[SpeakerPlace, ...]:
    """Return the simulated Sonos speakers on a loopback network, or on a spare one where their addresses are taken.

    They are the home's, or those of so many `rooms`. There are none on a machine without such addresses, and none where
    somebody has the speakers' port on every address.
    """
    for one in (network, *SPARE_NETWORKS):
        places = many_rooms(rooms, one) if rooms else moved_to(one, BIG_HOME)
        if not all(is_there(place.address) for place in places):
            break
        free = all(is_free(SONOS_PORT, place.address) for place in places)
        if free and reserved(SONOS_PORT, places[0].address):
            return places
    return ()


def network_of(address: str) -> str:
    """Return the first three parts of an address."""
    return address.rpartition(".")[0]


class SimulatorProcess:
    """`python -m simulator`: Spotify, and the speakers of the home where they can listen."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int,
        network: str = SPEAKERS_NETWORK,
        rooms: int | None = None,
        past_days: int | None = None,
    ) -> None:
        """Take the folder that keeps its state from run to run, and a free loopback port.

        `network` is where the speakers are if nobody else is there, the home's or those of so many `rooms`;
        `past_days` is how long people have listened, years by default.
        """
        self.folder = folder
        self.url = f"http://{LOOPBACK}:{port}"
        self.speakers: tuple[SpeakerPlace, ...] = ()
        """The speakers of the home once it has started, perhaps on another network; none where there is no place for them."""
        self._wanted = network, rooms
        self._port = port
        self._past = [] if past_days is None else ["--past-days", str(past_days)]
        self._process: ChildProcess | None = None

    @property
    def process(self) -> ChildProcess:
        """The process; there once it has been started."""
        assert self._process is not None
        return self._process

    @property
    def environment(self) -> Mapping[str, str]:
        """What leads the integration to this simulator in place of Spotify."""
        return {
            "ENCORE_SPOTIFY_ACCOUNTS_URL": self.url,
            "ENCORE_SPOTIFY_API_URL": f"{self.url}/v1/",
        }

    async def start(self) -> None:
        """Start it and wait until it answers; raises DemoError when it does not."""
        network, rooms = self._wanted
        for again in reversed(range(STARTS)):
            self.speakers = speakers_on(network, rooms)
            self._process = self._with(self.speakers)
            await self._process.start()
            try:
                await self._process.until(self._answers, within=STARTS_WITHIN_S)
            except ProcessDied:
                # Somebody may have taken an address since it was looked at.
                if not again:
                    raise
            else:
                return

    async def stop(self) -> None:
        """Stop it; it keeps its state, and leaves its speakers' addresses to others."""
        if self._process:
            await self._process.stop()
        if self.speakers:
            let_go(SONOS_PORT, self.speakers[0].address)

    def _with(self, speakers: Sequence[SpeakerPlace]) -> ChildProcess:
        rooms = self._wanted[1]
        home = ["--no-sonos"]
        if speakers:
            home = ["--network", network_of(speakers[0].address)]
        return ChildProcess(
            "The Spotify simulator",
            "simulator",
            [
                *("--host", LOOPBACK, "--port", str(self._port)),
                *("--state", str(self.folder), *self._past, *home),
                *([] if rooms is None else ["--rooms", str(rooms)]),
            ],
            folder=REPOSITORY,
            log=self.folder.with_suffix(".log"),
            environment={},
        )

    async def _answers(self) -> bool:
        try:
            async with Truth(self.url) as truth:
                return bool(await truth.people())
        except aiohttp.ClientConnectionError:
            return False


class SonosApp:
    """The speakers' admin door: what people do in the Sonos app and at the speakers, and what is so."""

    def __init__(self, speakers: Sequence[SpeakerPlace]) -> None:
        """Take the speakers of a home."""
        self._addresses = {
            place.name: place.address for place in speakers if not place.channel
        }
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the HTTP session."""
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the HTTP session."""
        if self._session:
            await self._session.close()

    async def press(self, room: str, hook: str, **details: Any) -> None:
        """Do in a room what a hook stands for: `skip`, `join`, `radio`, …; raises Refused."""
        await self._ask("POST", room, hook, json=details)

    async def state(self, room: str) -> dict[str, Any]:
        """Return what is truly the case with the speaker of a room."""
        state: dict[str, Any] = await self._ask("GET", room, "state")
        return state

    async def _ask(self, method: str, room: str, what: str, **details: Any) -> Any:
        assert self._session is not None, "use it in an `async with`"
        url = f"http://{self._addresses[room]}:{SONOS_PORT}/__sim__/{what}"
        async with self._session.request(method, url, **details) as response:
            if response.status >= 400:
                raise Refused(
                    f"{what} in {room}", response.status, (await response.text())[:500]
                )
            return await response.json()


class Truth:
    """The simulator's admin door: what people truly do and heard. Times in UTC milliseconds."""

    def __init__(self, url: str) -> None:
        """Take the simulator's address without a trailing slash."""
        self._url = url
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the HTTP session."""
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the HTTP session."""
        if self._session:
            await self._session.close()

    async def people(self) -> list[dict[str, Any]]:
        """Return the people with an account: key, display name, devices."""
        people: list[dict[str, Any]] = (await self.ask("GET", "people"))["people"]
        return people

    async def heard(self, person: str, **window: int) -> list[dict[str, Any]]:
        """Return the rows of a person's ledger, oldest first; `start` and `end` narrow it."""
        params = {"person": person, **{name: str(at) for name, at in window.items()}}
        answer = await self.ask("GET", "ledger", params=params)
        rows: list[dict[str, Any]] = answer["heard"]
        return rows

    async def tokens(self) -> list[str]:
        """Return every token and code that was ever issued."""
        tokens: list[str] = (await self.ask("GET", "tokens"))["tokens"]
        return tokens

    async def do(self, what: str, **details: Any) -> Any:
        """Let something happen: `play`, `pause`, `skip`, `revoke`, `expire`, `export`, …."""
        return await self.ask("POST", what, json=details)

    async def ask(self, method: str, what: str, **details: Any) -> Any:
        """Return the JSON answer of the admin door; raises Refused."""
        assert self._session is not None, "use it in an `async with`"
        async with self._session.request(
            method, f"{self._url}/__sim__/{what}", **details
        ) as response:
            if response.status >= 400:
                raise Refused(
                    f"{method} {what}", response.status, (await response.text())[:500]
                )
            return await response.json()
