"""Sets of intervals."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence

type Span = tuple[int, int]


def merged(spans: Iterable[Span], gap: int = 0) -> list[Span]:
    """Return spans in order; those that overlap, or lie at most `gap` apart, are one."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + gap:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def uncovered(span: Span, covered: Iterable[Span]) -> list[Span]:
    """Return the parts of a closed span that ordered, disjoint closed spans leave open."""
    holes = [(first, last + 1) for first, last in covered]
    left = without([(span[0], span[1] + 1)], holes)
    return [(start, end - 1) for start, end in left]


def clipped(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return what of ordered, disjoint spans `[start, end)` lies in a window."""
    first = max(0, bisect_right(spans, (start, start)) - 1)
    last = bisect_left(spans, (end, end))
    return [
        (max(begins, start), min(ends, end))
        for begins, ends in spans[first:last]
        if ends > start and begins < end
    ]


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """Return ordered, disjoint spans `[start, end)` with holes, ordered and disjoint as well, taken out."""
    return [
        part
        for start, end in spans
        for part in between(clipped(holes, start, end), start, end)
    ]


def between(inside: Sequence[Span], start: int, end: int) -> list[Span]:
    """Return what spans within a window, ordered and apart, leave open of it."""
    begins = [start, *(last for _, last in inside)]
    ends = [*(first for first, _ in inside), end]
    return [
        (first, last) for first, last in zip(begins, ends, strict=True) if first < last
    ]
