"""Groups of listeners that the household has named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from .names import bare, folded


@dataclass(frozen=True, slots=True)
class Group:
    """Some listeners with a name, such as the kids."""

    name: str
    """As it is said within a sentence: "the kids"."""
    members: tuple[str, ...]
    """The listeners' keys."""

    @property
    def key(self) -> str:
        """What it is looked for by beside its name: the name without an article."""
        return folded(bare(self.name))


def narrowed_groups(
    groups: Iterable[Group], is_known: Callable[[str], bool]
) -> tuple[Group, ...]:
    """Return the groups as those know them who know some listeners (by key): without the others, and not those of others alone."""
    narrowed = (
        replace(each, members=tuple(filter(is_known, each.members))) for each in groups
    )
    return tuple(each for each in narrowed if each.members)


def group_called(name: str, groups: Iterable[Group]) -> Group | None:
    """Return the group of a name, with or without its article; None where there is none."""
    wanted = folded(bare(name))
    return next((each for each in groups if each.key == wanted), None)
