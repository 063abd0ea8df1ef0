"""The whole simulated Spotify behind its API: catalogue, people, players, ledger, playlists."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from ..clock import SimulatedClock
from ..connect import ConnectDevice, ConnectRemote
from .catalogue import Catalogue
from .ledger import Ledger
from .music import Kind, Playable, Thing
from .people import Library, Person
from .player import Player
from .playlists import Playlist, Playlists
from .remote import Remote


class SpotifyWorld:
    """Everything that is true, with no HTTP in it. Deterministic by seed."""

    catalogue: Catalogue
    clock: SimulatedClock
    people: Mapping[str, Person]
    """By key."""
    playlists: Playlists
    ledger: Ledger

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
        raise NotImplementedError

    def person_by_id(self, user_id: str) -> Person:
        """Return a person by user id. Raises `UnknownThing`."""
        raise NotImplementedError

    def player(self, person_key: str) -> Player:
        """Return a person's player, as their own hands use it."""
        raise NotImplementedError

    def remote(self, person_key: str) -> Remote:
        """Return a person's player, as the Web API may use it."""
        raise NotImplementedError

    def library(self, person_key: str) -> Library:
        """Return what a person saved and follows."""
        raise NotImplementedError

    def playlists_of(self, person_key: str) -> list[Playlist]:
        """Return a person's own and followed playlists, newest first."""
        raise NotImplementedError

    def context_items(self, context_uri: str) -> list[Playable]:
        """Return what a context plays, in order. Raises `UnknownThing`."""
        raise NotImplementedError

    def search(
        self, query: str, kinds: Sequence[Kind]
    ) -> dict[Kind, list[Thing | Playlist]]:
        """Find in the catalogue and among public playlists, best first."""
        raise NotImplementedError

    def attach_device(self, device: ConnectDevice) -> ConnectRemote:
        """Make a speaker a Connect device of every Premium person."""
        raise NotImplementedError

    def save(self) -> None:
        """Write libraries, playlists, players and the clock to the state dir; nothing without one. The ledger is always current."""
        raise NotImplementedError
