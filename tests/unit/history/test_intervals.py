"""Sets of intervals: what of a stretch was read, and what not."""

from itertools import pairwise

from hypothesis import given, strategies as st

from custom_components.encore.history.time_ranges.intervals import merged, uncovered

spans = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 9)).map(lambda s: (s[0], s[0] + s[1]))
)


def points(some: list[tuple[int, int]]) -> set[int]:
    """Return all that lies in closed intervals."""
    return {point for start, end in some for point in range(start, end + 1)}


@given(spans)
def test_merged_spans_cover_the_same_in_order_and_apart(
    some: list[tuple[int, int]],
) -> None:
    """Nothing is added or lost."""
    joined = merged(some)
    assert points(joined) == points(some)
    assert all(a[1] < b[0] for a, b in pairwise(joined))


@given(spans, st.integers(0, 40), st.integers(0, 20))
def test_what_is_uncovered_completes_the_cover(
    some: list[tuple[int, int]], start: int, length: int
) -> None:
    """Exactly what no other interval has."""
    wanted = (start, start + length)
    parts = uncovered(wanted, merged(some))
    assert points(parts) == points([wanted]) - points(some)


def test_spans_that_lie_close_are_one() -> None:
    """Up to the gap, and no further."""
    assert merged([(0, 1), (4, 5), (9, 9)], gap=3) == [(0, 5), (9, 9)]
