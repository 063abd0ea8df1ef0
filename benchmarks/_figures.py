"""One table of figures: a row for each, a column for each number of plays."""

from collections.abc import Iterator, Mapping, Sequence
import sys
from typing import Any, Final

_ONLY_IN_JSON: Final = frozenset({"max_ms", "asked", "short_asked", "all_time_asked"})
"""Figures that say little beside the others."""

_STALL_MS: Final = 50.0

type Figures = Mapping[str, Any]


def printed(sizes: Mapping[int, Figures]) -> None:
    """Print the figures of some sizes, which are nested dictionaries of numbers."""
    columns = [dict(_flat(figures)) for figures in sizes.values()]
    names = list(dict.fromkeys(name for column in columns for name in column))
    width = max(len(name) for name in names)
    print(f"{'':{width}}  " + "".join(f"{plays:>14,}" for plays in sizes))
    for name in names:
        values = (_text(column.get(name)) for column in columns)
        print(f"{name:{width}}  " + "".join(f"{value:>14}" for value in values))


def _flat(figures: Figures, above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in figures.items():
        path = f"{above}{name}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{path} ")
        elif not isinstance(value, list) and name not in _ONLY_IN_JSON:
            yield path, value


def _text(value: object) -> str:
    match value:
        case None:
            return "–"
        case float():
            return f"{value:,.2f}"
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def print_stalls(stalls: Sequence[Mapping[str, Any]]) -> None:
    """Say on stderr what the stalls of an event loop came from, as `Heartbeat` noted them; the longest first.

    Those in which its process computed for less than 50 ms are the machine's, and are only counted.
    """
    ours = [one for one in stalls if one["process_ms"] >= _STALL_MS]
    for stall in sorted(ours, key=lambda one: -one["late_ms"]):
        print(
            f"loop late by {stall['late_ms']} ms, of which its process computed {stall['process_ms']} ms and its thread"
            f" waited {stall['queued_ms']} ms for a processor; collections (ms): {stall['gc_ms'] or 'none'}",
            file=sys.stderr,
        )
        for thread in stall["threads"]:
            print(
                f"    {thread['name']} {thread['ms']} ms: {thread['stack']}",
                file=sys.stderr,
            )
    if others := len(stalls) - len(ours):
        print(
            f"loop late {others} times while the machine did something else",
            file=sys.stderr,
            flush=True,
        )
