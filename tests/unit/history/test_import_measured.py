"""Times and lengths of rows are read by columns, and come to what they do one by one."""

from hypothesis import given, strategies as st

from custom_components.encore.history.imports.remaining_time import RemainingTime
from custom_components.encore.history.imports.row_times import measured
from custom_components.encore.history.records.import_report import Skipped

TIMES = [
    "2024-03-31T01:59:59Z",
    "2024-02-29T23:59:59Z",
    "2023-02-29T00:00:00Z",
    "2024-13-01T00:00:00Z",
    "2024-06-01T24:00:00Z",
    "2024-06-01T12:00:60Z",
    "2024-06-01 12:00:00Z",
    "2024-06-01T12:00: 1Z",
    "2024-06-01T12:00:01X",
    "2024-06-01T12:00+01Z",
    "2024-06-01T12:00:1\x00Z",
    "２024-06-01T12:00:00Z",
    "-024-06-01T12:00:00Z",
    "1969-12-31T23:59:59Z",
    "2199-06-01T12:00:00Z",
    "2024-06-01 12:00",
    "2024-06-01T12:00:00+02:00",
    "now",
    "",
    None,
]
LENGTHS = [0, 1, 200_000, 86_400_000, 86_400_001, -1, 10**20, None]
rows = st.tuples(
    st.sampled_from([object(), None]), st.sampled_from(TIMES), st.sampled_from(LENGTHS)
)


@given(st.lists(rows, max_size=6))
def test_rows_together_are_measured_as_alone(
    some: list[tuple[object | None, str | None, int | None]],
) -> None:
    """Whatever stands beside a row: it has the same end and length, or the same reason."""
    together = measured(*map(list, zip(*some, strict=True))) if some else None
    ends: list[int] = []
    lengths: list[int] = []
    skipped: dict[Skipped, int] = {}
    fine: list[bool] = []
    for reported, time, length in some:
        alone = measured([reported], [time], [length])
        ends += alone.ended_at.tolist()
        lengths += alone.ms_played.tolist()
        fine += alone.fine
        for reason, number in alone.skipped.items():
            skipped[reason] = skipped.get(reason, 0) + number
    if together is not None:
        assert together.ended_at.tolist() == ends
        assert together.ms_played.tolist() == lengths
        assert (together.fine, together.skipped) == (fine, skipped)


def test_a_time_as_spotify_writes_it_must_be_one() -> None:
    """What only looks like one is no time, however it is read."""
    read = [
        time
        for time in TIMES
        if measured([object()], [time], [0]).skipped.get(Skipped.NO_TIME) is None
    ]
    assert read == [
        "2024-03-31T01:59:59Z",
        "2024-02-29T23:59:59Z",
        "2024-06-01T24:00:00Z",
        "2024-06-01 12:00:00Z",
        "1969-12-31T23:59:59Z",
        "2199-06-01T12:00:00Z",
        "2024-06-01 12:00",
        "2024-06-01T12:00:00+02:00",
    ]


def test_the_time_left_follows_the_pace() -> None:
    """Nothing is said at first; then the rest takes as long as what was read so far, by its bytes."""
    now = 100.0
    pace = RemainingTime(1_000, lambda: now)
    assert pace.seconds_left(200) is None  # read before this import went on
    now = 100.5
    assert pace.seconds_left(210) is None
    now = 102.0
    assert pace.seconds_left(400) == 6.0
    now = 110.0
    assert pace.seconds_left(1_000) == 0.0
