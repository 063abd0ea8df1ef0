"""What all tests share, and on which databases those of the store run: each that asks for `new_store`."""

import asyncio.format_helpers
from collections.abc import Callable, Iterator
import ctypes
from functools import lru_cache
import gc
import linecache
import logging
import sys
import traceback
from traceback import FrameSummary, StackSummary, walk_stack
from types import FrameType
from typing import Final
from unittest.mock import Mock

from aiohttp import web_app
import hassil.intents
import hassil.parse_expression
from hypothesis import settings
import pytest

from homeassistant.helpers import aiohttp_client, translation

from .databases import open_sooner
from .freezing import freeze_sooner
from .matching import match_sooner
from .postgresql import Postgresql, postgresql as postgresql_server, version
from .templates import compile_sooner

STORES: Final = {
    "sqlite": ("sqlite",),
    "postgresql": ("postgresql",),
    "both": ("sqlite", "postgresql"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the databases be chosen."""
    parser.addoption(
        "--store",
        choices=STORES,
        default="sqlite",
        help="what the store's tests run on (default: sqlite; `both` is what .ci/run asks for)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a run that would leave out what it was asked for, and spare each test what no test reads."""
    _spare_what_no_test_reads()
    if (cache := getattr(config, "cache", None)) is not None:
        compile_sooner(cache.mkdir("templates"))
    if "postgresql" in _stores(config) and version() is None:
        raise pytest.UsageError(
            "--store: no PostgreSQL server is installed; on Debian: apt-get install postgresql"
        )


settings.register_profile("encore", deadline=None)  # a busy machine is slow, and no law
settings.load_profile("encore")


def _spare_what_no_test_reads() -> None:
    # Home Assistant's plugin has every SQL statement written to the log of each test.
    logging.getLogger("sqlalchemy.engine").setLevel(logging.WARNING)
    # It also turns on asyncio's debug mode, in which every handle, future and task keeps the stack that made it, line by
    # line. The innermost frame says enough, and no source changes while tests run.
    linecache.checkcache = lambda filename=None: None
    asyncio.format_helpers.extract_stack = _stack
    # What asyncio has in C holds the function itself.
    traceback.extract_stack.__code__ = _stack.__code__
    traceback.extract_stack.__defaults__ = _stack.__defaults__
    # Each Home Assistant parses the same sentence triggers.
    parse = hassil.parse_expression.parse_sentence
    hassil.intents.parse_sentence = lru_cache(maxsize=64)(parse)  # type: ignore[attr-defined]
    match_sooner()
    freeze_sooner()
    open_sooner()


def _stack(f: FrameType | None = None, limit: int | None = 1) -> StackSummary:
    """Return a stack up to a frame, the caller's unless one is given; it must do with the names that `traceback` has too."""
    frame = sys._getframe(1) if f is None else f
    if limit != 1:
        stack = StackSummary.extract(walk_stack(frame), limit=limit)
        stack.reverse()
        return stack
    where, line, name = frame.f_code.co_filename, frame.f_lineno, frame.f_code.co_name
    return StackSummary([FrameSummary(where, line, name, lookup_line=False)])


@pytest.fixture(autouse=True)
def houses_are_released() -> Iterator[None]:
    """Empty what would keep each test's Home Assistant and simulators in memory: caches, and calls of mocks."""
    yield
    web_app._cached_build_middleware.cache_clear()
    # Home Assistant's plugin replaces these for the whole session.
    for function in (
        aiohttp_client._async_make_resolver,
        translation._async_get_component_strings,
    ):
        if isinstance(function, Mock):
            function.reset_mock()
    _give_memory_back()


_MUCH: Final = 32 * 2**20
_PAGE: Final = 4096
_in_use = [0]
_trim = getattr(ctypes.CDLL(None), "malloc_trim", lambda keep: 0)
"""Of glibc, which else keeps what was freed for itself."""


def _give_memory_back() -> None:
    """Give back to the machine what tests took since the last time and left, where that is much."""
    if (in_use := _memory_in_use()) is None:
        return
    if in_use - _in_use[0] > _MUCH:
        # Home Assistant's plugin freezes all there is before each module, and what becomes garbage later with it.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _trim(0)
        _in_use[0] = _memory_in_use() or 0


def _memory_in_use() -> int | None:
    """Return the bytes of memory of this process; None where the system doesn't say."""
    try:
        # Each test asks: pathlib would take several times as long.
        with open("/proc/self/statm", "rb") as statm:  # noqa: PTH123
            return int(statm.read().split()[1]) * _PAGE
    except FileNotFoundError:
        return None


def pytest_unconfigure() -> None:
    """Let modules end in order: Home Assistant's plugin froze the garbage collector.

    DuckDB tells of all that is left of it when the interpreter ends, after pytest's closing line.
    """
    gc.unfreeze()


def pytest_report_header(config: pytest.Config) -> str:
    """Say what the store is tested on."""
    names = {"sqlite": "SQLite", "postgresql": f"PostgreSQL {version()}"}
    return f"store: {' and '.join(names[store] for store in _stores(config))}"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what needs a store on each database."""
    if "store_kind" in metafunc.fixturenames:
        metafunc.parametrize(
            "store_kind", _stores(metafunc.config), indirect=True, scope="session"
        )


@pytest.fixture(scope="session")
def store_kind(request: pytest.FixtureRequest) -> str:
    """Return the database that this test runs on: `sqlite` or `postgresql`."""
    return str(request.param)


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    """Give the one server of a run; for tests that are about PostgreSQL itself as well."""
    with postgresql_server() as server:
        yield server


@pytest.fixture(scope="session")
def new_store(
    store_kind: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[], str]:
    """Give what gives the URL of a new, empty store, as often as one is wanted."""
    if store_kind == "postgresql":
        server: Postgresql = request.getfixturevalue("postgresql")
        return server.new_url
    return lambda: f"sqlite:///{tmp_path_factory.mktemp('store') / 'encore.db'}"


def _stores(config: pytest.Config) -> tuple[str, ...]:
    return STORES[config.getoption("--store")]
