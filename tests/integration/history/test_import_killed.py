"""An import whose process is killed goes on, and ends as if it had never been."""

from pathlib import Path

import pytest

from benchmarks._exports import write_export
from benchmarks.killed import killed, uninterrupted


@pytest.mark.parametrize("read_here", [0, 1 << 30])
def test_an_import_that_is_killed_ends_as_one_that_is_not(
    tmp_path: Path, read_here: int
) -> None:
    """Killed again and again, ever later: nothing is lost, nothing is doubled, the report is whole."""
    export = tmp_path / "export.zip"
    write_export(export, 8_000, seed=3)
    expected, seconds = uninterrupted(tmp_path / "whole.db", export, read_here)
    moments = [seconds * share for share in (0.0, 0.2, 0.4, 0.6)]
    _, ended = killed(tmp_path / "killed.db", export, moments, read_here)
    assert ended == expected
