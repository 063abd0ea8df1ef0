"""The benchmark of the history measures all that it says, and ends with the answers of its peers equal to ours."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from benchmarks import _callers, history as benchmark
from custom_components.encore.questions.all_questions import QUESTIONS


def called_here(module: str, function: str, *arguments: Any) -> Any:
    """Call a function of the benchmarks in this process, which takes less time than one of its own."""
    return getattr(import_module(f"benchmarks.{module}"), function)(*arguments)


def test_a_small_history_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every part gives the figures that are read from it; parts that must hold check it themselves."""
    monkeypatch.setattr(benchmark, "called_alone", called_here)
    monkeypatch.setattr(_callers, "QUIET_S", 0.1)
    size = benchmark.Size(3_000, tmp_path, asks=2)
    figures = size.figures([*benchmark.PARTS])
    assert figures["import"].keys() >= {"rows_per_s", "peak_mib", "parse_only"}
    assert figures["questions"].keys() == {question.key for question in QUESTIONS}
    for measured in figures["questions"].values():
        assert measured.keys() >= {"median_ms", "p95_ms"}
    for compared in figures["peers"].values():
        assert compared.keys() >= {"duckdb_ms", "sql_ms"}
    assert figures.keys() >= {
        "search_ms",
        "columns_load_s",
        "append_50_ms",
        "rebuild_s",
        "loop_max_ms",
    }
    assert figures["beside_import"]["quiet"]["errors"] == 0
    assert figures["beside_import"]["busy"]["errors"] == 0
