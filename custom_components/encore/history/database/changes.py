"""What a transaction changed, for caches to follow."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Changes:
    """Row ids of plays that came, went or changed, and of stored tracks that changed their description or song.

    New tracks are not listed: their ids are higher than all before. With `everything` the ids do
    not matter, because all plays were written again.
    """

    plays: set[int] = field(default_factory=set)
    tracks: set[int] = field(default_factory=set)
    everything: bool = False

    def __bool__(self) -> bool:
        """Whether anything changed."""
        return self.everything or bool(self.plays or self.tracks)

    def add(self, more: Changes) -> None:
        """Add what changed later."""
        self.plays |= more.plays
        self.tracks |= more.tracks
        self.everything = self.everything or more.everything

    def taken(self) -> Changes:
        """Return what changed so far, and begin again with nothing."""
        so_far = Changes(self.plays, self.tracks, self.everything)
        self.plays, self.tracks, self.everything = set(), set(), False
        return so_far
