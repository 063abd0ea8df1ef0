"""How a listener of the simulated day behaves: sessions with skips, pauses, other devices, repeats, episodes, an hour offline."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Final, final

from simulator.clock import SimulatedClock
from simulator.spotify.ledger import Played
from simulator.spotify.music import Playable, Track
from simulator.spotify.player import Player
from simulator.spotify.world import SpotifyWorld

from ._day_time import until

MINUTE_MS: Final = 60_000
HOUR_MS: Final = 60 * MINUTE_MS

SKIPS: Final = 0.26
"""Of the items that are begun, so many are skipped. What is heard out is longer, repeated and moved as well."""

PRESSED_AT_HOME: Final = 0.15
"""Of the skips, so many are pressed in Home Assistant, where it takes them; the others on the phone."""

type Press = Callable[[str, str], Awaitable[bool]]
"""Presses a button (an action of the domain `media_player`) of a person's player, and says whether it was done."""


class Habit(StrEnum):
    """How somebody listens."""

    MIXED = "mixed"
    """Songs heard out, skipped, paused, moved and repeated."""
    SKIMMING = "skimming"
    """Skipped to the next song after half a minute, each time."""
    MOVING = "moving"
    """From one device to another every minute or two."""
    CLOSING = "closing"
    """After a few songs the app closed in the middle of one, and opened some minutes later."""
    SHARING = "sharing"
    """A few songs on the speaker that the others use too, until one of them takes it."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A stretch of listening, in minutes from the day's beginning."""

    start: int
    end: int
    offline: bool = False
    episodes: bool = False
    habit: Habit = Habit.MIXED


type Day = Sequence[Sitting]

WHOLE_DAY: Final[Day] = (
    Sitting(6 * 60 + 40, 8 * 60 + 5),
    Sitting(8 * 60 + 15, 8 * 60 + 55, offline=True),
    Sitting(9 * 60 + 20, 12 * 60 + 10),
    Sitting(12 * 60 + 30, 13 * 60 + 20, episodes=True),
    Sitting(13 * 60 + 45, 16 * 60 + 30),
    Sitting(17 * 60 + 15, 17 * 60 + 50, offline=True),
    Sitting(18 * 60 + 30, 20 * 60),
    Sitting(20 * 60 + 20, 22 * 60 + 45),
)
"""About twelve hours, and the rest of the day without a sound."""

ODD_DAYS: Final[Mapping[str, Day]] = {
    "skimming": tuple(
        Sitting(start, start + 20, habit=Habit.SKIMMING) for start in (10, 60, 110, 160)
    ),
    "moving": tuple(
        Sitting(start, start + 26, habit=Habit.MOVING) for start in (10, 60, 110, 160)
    ),
    "closing": (Sitting(10, 210, habit=Habit.CLOSING),),
    "sharing": (Sitting(10, 210, habit=Habit.SHARING),),
}
"""Four hours of one habit: what made a history of Encore's first users wrong."""

SHIFTS: Final = {"alva": 0, "ben": 37, "cleo": 71}
"""Nobody in the home keeps the same hours: each begins everything so many minutes later."""


@final
class Habits:
    """One person's hands on one player, by a seed: the same day each time it is lived."""

    def __init__(
        self,
        world: SpotifyWorld,
        person: str,
        seed: int,
        press: Press | None = None,
        *,
        hands: Player | None = None,
    ) -> None:
        """Prepare a day of `person`, a key of the household; without `press` all is done on the phone.

        `hands` is their player where somebody takes note of what is done with it.
        """
        self._press = press
        self._world = world
        self._person = person
        self._player: Player = hands or world.player(person)
        self._clock: SimulatedClock = world.clock
        self._rng = Random(f"day {seed} {person}")
        self._devices = [
            device for device in self._player.devices if not device.is_restricted
        ]
        catalogue = world.catalogue
        self._contexts = [
            *(playlist.uri for playlist in world.playlists_of(person)),
            *(
                album.uri
                for album in catalogue.albums.values()
                if len(album.track_ids) > 7
            ),
        ]
        self._shows = [
            show.uri for show in catalogue.shows.values() if show.episode_ids
        ]

    async def live(self, begins_ms: int, day: Day) -> None:
        """Live the day that begins at a moment (UTC ms), from its first sitting to its last."""
        for sitting in day:
            start = begins_ms + sitting.start * MINUTE_MS
            end = begins_ms + sitting.end * MINUTE_MS
            await until(start + self._rng.randrange(5 * MINUTE_MS), self._clock.now_ms)
            if sitting.offline:
                await self._offline(end)
            elif sitting.habit is not Habit.MIXED:
                await self._indulge(sitting.habit, end)
            else:
                await self._sit(end, episodes=sitting.episodes)

    async def _indulge(self, habit: Habit, end: int) -> None:
        """Live by one habit until a moment (UTC ms), then stop in the middle of something."""
        rng, clock, player = self._rng, self._clock, self._player
        while clock.now_ms() < end:
            match habit:
                case Habit.SKIMMING:
                    if not self._sounds():
                        player.play(context_uri=rng.choice(self._contexts))
                    await self._listen(rng.randrange(22_000, 38_000), end)
                    player.next()
                case Habit.MOVING:
                    if not self._sounds():
                        player.play(context_uri=rng.choice(self._contexts))
                    await self._listen(rng.randrange(60_000, 130_000), end)
                    self._move()
                case Habit.CLOSING:
                    player.play(context_uri=rng.choice(self._contexts))
                    for _ in range(rng.randrange(1, 4)):
                        await self._listen(self._left(), end)
                    await self._listen(rng.choice((20_000, 45_000, 100_000)), end)
                    player.lose_device()
                    await self._listen(rng.randrange(180_000, 900_000), end)
                case _:
                    speaker = player.devices[-1].id
                    player.play(
                        context_uri=rng.choice(self._contexts), device_id=speaker
                    )
                    await self._listen(rng.randrange(180_000, 600_000), end)
                    while self._sounds() and rng.random() < 0.5:
                        await self._listen(60_000, end)
                    if self._sounds() and rng.random() < 0.3:
                        player.pause()
                    await self._listen(rng.randrange(120_000, 480_000), end)
        if self._sounds():
            player.pause()

    async def _sit(self, end: int, *, episodes: bool) -> None:
        """Put things on until a moment (UTC ms), then stop, some item in the middle."""
        while self._clock.now_ms() < end:
            self._put_on(episodes=episodes)
            while self._sounds() and self._clock.now_ms() < end:
                await self._hear(end)
        if self._sounds():
            self._player.pause()

    def _put_on(self, *, episodes: bool) -> None:
        rng = self._rng
        device = rng.choice(self._devices).id if rng.random() < 0.3 else None
        if episodes:
            self._player.play(context_uri=rng.choice(self._shows), device_id=device)
            return
        if rng.random() < 0.1:
            # One song, then another: as from a search.
            tracks = rng.sample(list(self._world.catalogue.tracks.values()), k=2)
            self._player.play(uris=[each.uri for each in tracks], device_id=device)
            return
        self._player.shuffle(rng.random() < 0.5)
        self._player.play(context_uri=rng.choice(self._contexts), device_id=device)

    async def _hear(self, end: int) -> None:
        """Do one thing with the item that is on, and hear it as long as that takes; no later than `end` (UTC ms)."""
        rng, left = self._rng, self._left()
        chance = rng.random()
        if chance < SKIPS:
            await self._listen(
                min(rng.choice((4, 9, 20, 45, 90)) * 1000, left // 2), end
            )
            if self._sounds():
                await self._skip()
            return
        if chance < SKIPS + 0.06:
            await self._listen(int(left * rng.uniform(0.2, 0.8)), end)
            await self._pause(rng.choice((8, 25, 70, 240, 700, 1_300)))
        elif chance < SKIPS + 0.10:
            await self._listen(int(left * rng.uniform(0.2, 0.8)), end)
            self._move()
        elif chance < SKIPS + 0.13:
            await self._again(end)
        elif chance < SKIPS + 0.15:
            await self._listen(left // 3, end)
            if self._sounds():
                self._player.seek(int(self._item().duration_ms * rng.uniform(0.1, 0.9)))
        elif chance < SKIPS + 0.17:
            await self._listen(left // 2, end)
            if self._sounds():
                self._player.previous()
        await self._listen(self._left(), end)

    async def _listen(self, ms: int, end: int) -> None:
        """Leave the player alone for a while, so long that an item that ends is over."""
        now = self._clock.now_ms()
        await until(min(now + max(ms, 0) + 5, end), self._clock.now_ms)

    async def _skip(self) -> None:
        at_home = self._rng.random() < PRESSED_AT_HOME
        if at_home and self._press is not None:
            if await self._press(self._person, "media_next_track"):
                return
        self._player.next()

    async def _pause(self, seconds: int) -> None:
        if self._sounds():
            self._player.pause()
            await until(self._clock.now_ms() + seconds * 1000, self._clock.now_ms)
            self._player.resume()

    def _move(self) -> None:
        """Go on hearing the same on another device."""
        here = self._player.active_device
        others = [device for device in self._devices if device is not here]
        if others and self._sounds():
            self._player.transfer(self._rng.choice(others).id)

    async def _again(self, end: int) -> None:
        """Let a track come round once more."""
        if isinstance(self._item(), Track):
            self._player.repeat("track")
            await self._listen(self._left(), end)
            self._player.repeat("off")

    async def _offline(self, end: int) -> None:
        """Hear downloaded tracks where no network is; Spotify learns of them when there is one again."""
        rng, catalogue = self._rng, self._world.catalogue
        tracks = rng.sample(list(catalogue.tracks.values()), k=40)
        device = self._player.devices[0]
        rows: list[Played] = []
        at = self._clock.now_ms()
        for track in tracks:
            skipped = rng.random() < SKIPS
            played = (
                min(track.duration_ms, rng.randrange(3_000, 60_000))
                if skipped
                else track.duration_ms
            )
            if at + played > end:
                break
            rows.append(
                Played(
                    uri=track.uri,
                    kind=track.kind.value,
                    title=track.name,
                    artists=track.artist_names,
                    album=track.album_name,
                    started_at=at,
                    ended_at=at + played,
                    ms_played=played,
                    device_id=device.id,
                    device_name=device.name,
                    context_uri=None,
                    skipped=skipped,
                    private=False,
                    shuffle=True,
                    reason_start="fwdbtn" if rows and rows[-1].skipped else "trackdone",
                    reason_end="fwdbtn" if skipped else "trackdone",
                    platform=device.platform,
                    country="NL",
                    offline=True,
                    synced_at=end,
                )
            )
            at += played
        await until(end, self._clock.now_ms)
        for row in rows:
            self._world.ledger.append(self._person, row)

    def _item(self) -> Playable:
        state = self._player.state
        assert state is not None
        return state.item

    def _sounds(self) -> bool:
        state = self._player.state
        return state is not None and state.is_playing

    def _left(self) -> int:
        """Return how much of the item is still to come (ms)."""
        state = self._player.state
        return 0 if state is None else state.item.duration_ms - state.progress_ms
