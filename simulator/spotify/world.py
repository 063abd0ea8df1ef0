"""The whole simulated Spotify behind its API: catalogue, people, players, ledger, playlists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
import json
from pathlib import Path
from typing import Any

from simulator.clock import SimulatedClock
from simulator.connect import ConnectDevice, ConnectRemote

from .catalogue import Catalog
from .devices import Device
from .errors import BadValue, UnknownThing
from .invention import invent_catalogue
from .ledger import Ledger
from .music import Album, Artist, Audiobook, Kind, Playable, Show, Thing
from .past import invent_past
from .people import Library, Person, devices_of, household
from .player import Player
from .playlists import Playlist, Playlists
from .possessions import library_of, possessions_of
from .remote import Remote
from .search import matches, words_of
from .speakers import Speakers


class SpotifyWorld:
    """Everything that is true, with no HTTP in it. Deterministic by seed."""

    def __init__(
        self,
        seed: int,
        clock: SimulatedClock,
        state_dir: Path | None = None,
        *,
        past_days: int | None = None,
    ) -> None:
        """Make the world, or load it from a state dir that has one.

        `past_days` shortens everyone's past (default: years of it); a past is made when first asked for.
        """
        self._state_file = None if state_dir is None else state_dir / "world.json"
        saved: dict[str, Any] = {}
        if self._state_file is not None and self._state_file.exists():
            saved = json.loads(self._state_file.read_text(encoding="utf-8"))
        self.seed: int = saved.get("seed", seed)
        self.clock = clock
        self.recent_places: int | None = None
        """How many plays recently played holds in all; None for all of 90 days, page by page."""
        self.catalogue: Catalog = invent_catalogue(self.seed)
        self.people: Mapping[str, Person] = household(self.seed)
        """By key."""
        self._born_at: int = saved.get("born_at", clock.now_ms())
        self.ledger = Ledger(
            self.catalogue,
            lambda key: invent_past(key, self.catalogue, self._born_at, past_days),
            None if state_dir is None else state_dir / "ledger",
        )
        # A clock that ran ahead before the restart must not fall behind what was heard then.
        clock.run_until(max(saved.get("now", 0), self.ledger.newest_end()))
        self.playlists = Playlists(self.catalogue)
        self._libraries: dict[str, Library] = {}
        self._speakers = Speakers(self._everyone)
        self._furnish(saved)
        self._players = {
            key: Player(
                person,
                clock,
                self.catalogue,
                self.ledger,
                library=self._libraries[key],
                own=devices_of(person, self.seed),
                stage=self,
            )
            for key, person in self.people.items()
        }
        for key, data in saved.get("players", {}).items():
            self._players[key].load_json(data)
        self.save()

    def person_by_id(self, user_id: str) -> Person:
        """Return a person by user id. Raises `UnknownThing`."""
        for person in self.people.values():
            if person.id == user_id:
                return person
        raise UnknownThing(user_id)

    def player(self, person_key: str) -> Player:
        """Return a person's player, as their own hands use it."""
        return self._players[person_key]

    def remote(self, person_key: str) -> Remote:
        """Return a person's player, as the Web API may use it."""
        return Remote(self._players[person_key])

    def library(self, person_key: str) -> Library:
        """Return what a person saved and follows."""
        return self._libraries[person_key]

    def playlists_of(self, person_key: str) -> list[Playlist]:
        """Return a person's own and followed playlists, newest first."""
        return [
            self.playlists.get(playlist_id)
            for playlist_id in self._libraries[person_key].playlists
        ]

    def context_items(self, context_uri: str) -> list[Playable]:
        """Return what a context plays, in order. Raises `UnknownThing`, `BadValue("context_uri")`."""
        match context_uri.split(":"):
            case ["spotify", "playlist", playlist_id]:
                return [entry.item for entry in self.playlists.get(playlist_id).entries]
            case ["spotify", "user", user_id, "collection"]:
                library = self._libraries[self.person_by_id(user_id).key]
                return [self.catalogue.tracks[track_id] for track_id in library.tracks]
        match self.catalogue.thing(context_uri):
            case Album() as album:
                return list(self.catalogue.tracks_of(album))
            case Artist() as artist:
                return list(self.catalogue.popular_of(artist))
            case Show() as show:
                return list(self.catalogue.episodes_of(show))
            case Audiobook() as audiobook:
                return list(self.catalogue.chapters_of(audiobook))
            case _:
                raise BadValue("context_uri")

    def search(
        self, query: str, kinds: Sequence[Kind]
    ) -> dict[Kind, Sequence[Thing | Playlist]]:
        """Find in the catalogue and among public playlists, best first."""
        found: dict[Kind, Sequence[Thing | Playlist]] = dict(
            self.catalogue.search(query, kinds)
        )
        if Kind.PLAYLIST in kinds:
            wanted = words_of(query)
            found[Kind.PLAYLIST] = [
                playlist
                for playlist in self.playlists
                if playlist.public
                and wanted
                and matches(wanted, words_of(playlist.name))
            ]
        return found

    def attach_device(self, device: ConnectDevice) -> ConnectRemote:
        """Make a speaker a Connect device of every Premium person, and return its buttons."""
        return self._speakers.attach(device)

    def speakers(self, person: Person) -> list[Device]:
        """Return the attached speakers that a person may play on."""
        return self._speakers.devices(person)

    def claim(self, device: Device, player: Player) -> None:
        """Take a device for one player: whoever else plays on it pauses."""
        self._speakers.claim(device, player)

    def player_changed(self, player: Player) -> None:
        """Pass on to the speakers that a player's state changed."""
        self._speakers.player_changed(player)

    def volume_changed(self, device: Device) -> None:
        """Pass on to a speaker that Spotify set its volume."""
        self._speakers.volume_changed(device)

    def save(self) -> None:
        """Write libraries, playlists, players and the clock to the state dir; nothing without one. The ledger is always current."""
        if self._state_file is None:
            return
        data = {
            "seed": self.seed,
            "born_at": self._born_at,
            "now": self.clock.now_ms(),
            "libraries": {
                key: library.as_json() for key, library in self._libraries.items()
            },
            "playlists": self.playlists.as_json(),
            "players": {key: player.as_json() for key, player in self._players.items()},
        }
        self._state_file.parent.mkdir(parents=True, exist_ok=True)
        unfinished = self._state_file.with_suffix(".new")
        unfinished.write_text(
            json.dumps(data, ensure_ascii=False, separators=(",", ":")),
            encoding="utf-8",
        )
        unfinished.replace(self._state_file)

    def _everyone(self) -> Iterable[Player]:
        return self._players.values()

    def _furnish(self, saved: dict[str, Any]) -> None:
        """Give everyone their library and playlists: the saved ones, else the first ones."""
        if saved:
            self.playlists.load_json(saved["playlists"])
            for key, data in saved["libraries"].items():
                self._libraries[key] = Library.from_json(
                    data, self.catalogue.audiobooks.keys()
                )
            return
        for key, person in self.people.items():
            for playlist in possessions_of(person, self.catalogue).playlists:
                self.playlists.add_existing(
                    replace(playlist, entries=list(playlist.entries))
                )
            self._libraries[key] = library_of(person, self.catalogue)
