"""Sets of closed intervals."""

from collections.abc import Iterable

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
    """Return the parts of a span that ordered, disjoint spans leave open."""
    start, end = span
    parts: list[Span] = []
    for first, last in covered:
        if last < start:
            continue
        if first > end:
            break
        if first > start:
            parts.append((start, first - 1))
        start = last + 1
    if start <= end:
        parts.append((start, end))
    return parts
