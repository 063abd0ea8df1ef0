"""Two sides are paired as often as can be, and as closely as that allows."""

from collections.abc import Sequence

from hypothesis import given, settings, strategies as st
import pytest

from custom_components.encore.history.merge import matching
from custom_components.encore.history.merge.matching import paired

type Sides = tuple[list[list[tuple[int, int]]], int]


@st.composite
def sides(draw: st.DrawFn) -> Sides:
    """Draw who may be paired with whom, and how far apart they are."""
    lefts, rights = draw(st.integers(0, 5)), draw(st.integers(0, 5))
    candidates = [
        [
            (draw(st.integers(0, 6)), right)
            for right in range(rights)
            if draw(st.booleans())
        ]
        for _ in range(lefts)
    ]
    return candidates, rights


def best(candidates: Sequence[Sequence[tuple[int, int]]]) -> tuple[int, int]:
    """Return how many pairs there can be, negated, and what they add up to, by trying all ways."""

    def tried(left: int, taken: frozenset[int]) -> tuple[int, int]:
        if left == len(candidates):
            return 0, 0
        ways = [tried(left + 1, taken)]
        for apart, right in candidates[left]:
            if right not in taken:
                pairs, total = tried(left + 1, taken | {right})
                ways.append((pairs - 1, total + apart))
        return min(ways)

    return tried(0, frozenset())


@settings(max_examples=400, deadline=None)
@given(sides())
def test_no_other_way_pairs_more_or_closer(drawn: Sides) -> None:
    """Held against all the ways there are."""
    candidates, rights = drawn
    pairs = paired(candidates, rights)
    chosen = [right for right in pairs if right is not None]
    assert len(set(chosen)) == len(chosen)
    total = sum(
        next(apart for apart, right in candidates[left] if right == pair)
        for left, pair in enumerate(pairs)
        if pair is not None
    )
    assert (-len(chosen), total) == best(candidates)


@given(sides())
def test_too_many_candidates_are_paired_nearest_first(drawn: Sides) -> None:
    """Then no pair is left that both sides could still make."""
    candidates, rights = drawn
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matching, "MOST_CANDIDATES", 0)
        pairs = paired(candidates, rights)
    chosen = [right for right in pairs if right is not None]
    assert len(set(chosen)) == len(chosen)
    for pair, some in zip(pairs, candidates, strict=True):
        assert pair is not None or all(right in chosen for _, right in some)
