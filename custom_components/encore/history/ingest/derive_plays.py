"""Derives plays again from stored observations, in slices that each leave the store consistent."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from ..merge.merge_rows import DerivedPlay, MergeRow
from .ingest import Ingest
from .neighborhood import Neighborhood
from .play_writer import UntrustedPlays


class Rederived(NamedTuple):
    """The plays that observations amount to now, their row ids, and how many changed, came or went."""

    plays: list[DerivedPlay]
    ids: list[int]
    changed: int


def derive_again(
    connection: Connection,
    ingest: Ingest,
    around: Neighborhood,
    seeds: Sequence[MergeRow],
) -> Rederived:
    """Derive the plays of the components that stored observations are in, inside a transaction.

    A play has the same row id as long as one of its observations stays with it; one that is as it
    was is left alone.
    """
    around.read_around(seeds)
    derived = ingest.derive(
        connection, around, seeds, links_may_be_removed=True, plays=UntrustedPlays
    )
    return Rederived(
        [one for _, one, _ in derived.plays],
        [number for number, _, _ in derived.plays],
        derived.touched,
    )
