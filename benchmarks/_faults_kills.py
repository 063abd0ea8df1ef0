"""SIGKILL of a process that works on a store: what was acknowledged is there, and what is done again is done once.

Each trial is a child that this campaign started, killed by its own id at a moment drawn from how long the work takes, or
a little after it. The store is then opened as a start of Home Assistant does, and compared with what must be there.
"""

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
import random
import shutil
import sqlite3
from typing import Any, Final, NamedTuple, cast
from unittest.mock import patch

from sqlalchemy import Connection as Database

from benchmarks._exports import Household, write_export
from benchmarks._faults_trials import (
    Act,
    Row,
    Trial,
    killed_after,
    listening,
    observations_in,
    plays_in,
    run_to_the_end,
)
from benchmarks._import_run import opened
from benchmarks._seen import seen_live
from custom_components.encore.history.database.migrations import STEPS, Step
from custom_components.encore.history.database.schema import VERSION
from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.errors import HistoryError
from custom_components.encore.history.history import History
from custom_components.encore.history.imports import importer, slices
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Room,
    RoomSpan,
    Source,
    Window,
)
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import UNDO_MS, Rule

LISTENER: Final = Listener("spotify:quillon", "Quillon Zebrawood")
STUDY: Final = Room("study", "Umbrazine study")
BEGIN: Final = 1_790_000_000_000
LONG_MS: Final = 180_000
LATER: Final = BEGIN + 400 * 86_400_000
ALWAYS: Final = Window(0, 1 << 50)
RECORDED: Final = 60
ROWS: Final = 2_000
FORGOTTEN: Final = Rule(start=1_500_000_000_000, end=1_780_000_000_000)


def observation(
    number: int, *, fat: int = 0, listener: Listener = LISTENER
) -> Observation:
    """Return what was watched of the play of a number; its names may be `fat`, to fill pages."""
    title = f"Umbrazine {number} {'long ' * fat}".strip()
    item = Item(
        f"spotify:track:umbrazine{number:013d}",
        Kind.TRACK,
        title,
        (f"Umbrazine band {number % 7}",),
        f"Album {number % 11}",
        LONG_MS,
    )
    end = BEGIN + number * 200_000
    rooms = (RoomSpan(STUDY, end - LONG_MS, end),)
    return Observation(
        Source.LIVE, listener, item, end - LONG_MS, end, LONG_MS, rooms=rooms
    )


def play_of(seen: Observation) -> tuple[Any, ...]:
    """Return the row that a play has in a store, of one observation alone."""
    sources = 1 << seen.source
    return (
        seen.listener.key,
        seen.item.uri,
        seen.started_at,
        seen.ended_at,
        seen.ms_played,
        sources,
        None,
    )


def record(store: str, _number: int, said: Connection) -> None:
    """Record plays, one at a time, and say of each that it is stored."""
    with opened(store) as history:
        said.send("begun")
        for number in range(RECORDED):
            history.append([observation(number)]).result()
            said.send(number)


def import_rows(store: str, number: int, said: Connection) -> None:
    """Import the export beside a store in many slices, every third time with a process of its own that reads."""
    here = 0 if number % 3 == 0 else 1 << 30
    with (
        patch.object(slices, "SLICE_BYTES", 32 * 1024),
        patch.object(importer, "READ_HERE_BYTES", here),
        opened(store) as history,
    ):
        said.send("begun")
        history.import_export(export_beside(Path(store)), LISTENER).result()


def migrate(store: str, _number: int, said: Connection) -> None:
    """Open a store of the schema version before today's."""
    said.send("begun")
    with patch.dict(cast("dict[int, Step]", STEPS), _STEPS), opened(store):
        pass


def _lengthen(connection: Database) -> None:
    """Make each play a millisecond longer: what a step does is seen, also where it was done twice."""
    connection.exec_driver_sql("CREATE TABLE longer AS SELECT * FROM play")
    connection.exec_driver_sql("UPDATE play SET ms_played = ms_played + 1")
    connection.exec_driver_sql("DROP TABLE longer")


# The first version has no step, so that the campaign brings one.
_STEPS: Final = {VERSION: _lengthen}


def forget(store: str, number: int, said: Connection) -> None:
    """Forget the middle of a history; every other time it is forgotten already, and is removed for good."""
    with opened(store) as history:
        said.send("begun")
        if number % 2:
            history.purge(LATER + UNDO_MS).result()
        else:
            history.forget(ForgetRequest(FORGOTTEN, LATER)).result()
        said.send("forgotten")


def rebuild(store: str, _number: int, said: Connection) -> None:
    """Derive all plays again."""
    with opened(store) as history:
        said.send("begun")
        history.rebuild().result()


def export_beside(store: Path) -> Path:
    """Return the export that belongs to the stores of a folder."""
    return store.with_name("export.zip")


type Check = Callable[[Trial, Path, Path, int, list[Any]], None]
"""Compares a store with the one of a child that was not killed, given its number and the words of the killed one."""


class Work(NamedTuple):
    """What children are killed in: what they do, with which store they begin, and what must be true after it."""

    name: str
    act: Act
    prepare: Callable[[Path, int], None]
    check: Check


def kills(folder: Path, trials: int) -> list[Row]:
    """Kill children in each kind of work, so many times each; the folder is filled with stores."""
    write_export(export_beside(folder / "any.db"), ROWS, seed=5)
    works = (
        Work("recording", record, _nothing, _recorded),
        Work("an import", import_rows, _nothing, _Same(import_rows)),
        Work("a migration", migrate, _old_store, _Same(migrate)),
        Work("a forget", forget, _past, _forgotten),
        Work("a rebuild", rebuild, _past, _rebuilt),
    )
    return [_killed(work, folder, trials) for work in works]


def _killed(work: Work, folder: Path, trials: int) -> Row:
    """Kill children at random moments of their work until there were so many kills.

    Work comes in two kinds, by whether its number is odd.
    """
    row, chance = Row(f"killed in {work.name}"), random.Random(work.name)
    name = work.act.__name__
    before = [folder / f"{name}-before-{kind}.db" for kind in (0, 1)]
    whole = [folder / f"{name}-whole-{kind}.db" for kind in (0, 1)]
    seconds = []
    for kind in (0, 1):
        work.prepare(before[kind], kind)
        _copy(before[kind], whole[kind])
        seconds.append(run_to_the_end(work.act, whole[kind], kind)[0])
    number = 0
    while row.tried < trials:
        kind, store = number % 2, folder / f"{name}-{number}.db"
        _copy(before[kind], store)
        moment = chance.uniform(0, seconds[kind])
        words = killed_after(moment, work.act, store, number)
        if words is not None:
            row.count(_checked(work.check, store, whole[kind], number, words))
        for part in folder.glob(f"{store.name}*"):
            part.unlink()
        number += 1
    return row


def _checked(
    check: Check, store: Path, whole: Path, number: int, words: list[Any]
) -> Trial:
    trial = Trial()
    with listening() as said:
        try:
            with patch.dict(cast("dict[int, Step]", STEPS), _STEPS):
                with trial.waiting(), opened(str(store)) as history:
                    _total(history)
                check(trial, store, whole, number, words)
        except (HistoryError, sqlite3.Error) as err:
            said.texts.append(str(err))
            trial.must(False, f"{type(err).__name__} after a kill")
    trial.leaked = said.leaked()
    return trial


def _total(history: History) -> int:
    asked = history.ask(lambda queries: queries.total(ALWAYS), hidden=NOBODY_HIDDEN)
    return asked.result().plays


def _recorded(
    trial: Trial, store: Path, _whole: Path, _number: int, words: list[Any]
) -> None:
    """Find all that was acknowledged; sent again, all is there once."""
    acknowledged = Counter(
        play_of(observation(one)) for one in words if isinstance(one, int)
    )
    everything = Counter(play_of(observation(one)) for one in range(RECORDED))
    found = plays_in(store)
    trial.lost += (acknowledged - found).total()
    trial.doubled += (found - everything).total()
    with opened(str(store)) as history:
        history.append([observation(one) for one in range(RECORDED)]).result()
    trial.compare(plays_in(store), everything)


class _Same:
    """Holds a store, in which the same work was done again, against one in which it was done once."""

    def __init__(self, act: Act) -> None:
        self._act = act

    def __call__(
        self, trial: Trial, store: Path, whole: Path, number: int, _words: list[Any]
    ) -> None:
        run_to_the_end(self._act, store, number)
        trial.compare(plays_in(store), plays_in(whole))
        same = observations_in(store) == observations_in(whole)
        trial.must(same, "other observations than without a kill")


def _forgotten(
    trial: Trial, store: Path, whole: Path, number: int, words: list[Any]
) -> None:
    """Hold a forget to be all or nothing, and a removal to be the same once it is done again."""
    if number % 2:
        _removed(trial, store, whole)
    else:
        _hidden(trial, store, whole, "forgotten" in words)


def _hidden(trial: Trial, store: Path, whole: Path, acknowledged: bool) -> None:
    """Hold what is hidden against what should be, also after it is forgotten again and brought back."""
    after = plays_in(whole)
    before = plays_in(store.with_name("forget-before-0.db"))
    trial.must(len(after) < len(before), "nothing was to be forgotten")
    found = plays_in(store)
    is_hidden = acknowledged or len(found) < len(before)
    trial.compare(found, after if is_hidden else before)
    with opened(str(store)) as history:
        if not is_hidden:
            history.forget(ForgetRequest(FORGOTTEN, LATER)).result()
        trial.compare(plays_in(store), after)
        [hidden] = history.look_up(
            lambda queries: queries.forgettings(hidden=NOBODY_HIDDEN)
        ).result()
        history.undo_forget(hidden.id, LATER + 1).result()
    trial.compare(plays_in(store), before)


def _removed(trial: Trial, store: Path, whole: Path) -> None:
    """Remove what is left to be removed; then all of it is gone, and nothing else."""
    with opened(str(store)) as history:
        while not history.purge(LATER + UNDO_MS).result():
            pass
    trial.compare(plays_in(store), plays_in(whole))
    same = observations_in(store) == observations_in(whole)
    trial.must(same, "what was forgotten is not gone, or more is")


def _rebuilt(
    trial: Trial, store: Path, whole: Path, _number: int, _words: list[Any]
) -> None:
    """Plays are whole wherever it stopped, and after another one."""
    trial.compare(plays_in(store), plays_in(whole))
    with opened(str(store)) as history:
        history.rebuild().result()
    trial.compare(plays_in(store), plays_in(whole))


def _nothing(_store: Path, _kind: int) -> None:
    """Begin without a store."""


def _past(store: Path, kind: int) -> None:
    """Make a store of an import, of which every tenth play was watched as well.

    The one that is to be forgotten for good has the middle of it forgotten already.
    """
    home = Household(2 * ROWS, 5)
    with opened(str(store)) as history:
        history.import_export(export_beside(store), LISTENER).result()
        watched = islice(seen_live(home, 0), 150)
        history.append([replace(one, listener=LISTENER) for one in watched]).result()
        if kind and store.name.startswith(forget.__name__):
            history.forget(ForgetRequest(FORGOTTEN, LATER)).result()


def _old_store(store: Path, kind: int) -> None:
    """Make a store of the schema version before today's."""
    _past(store, kind)
    with closing(sqlite3.connect(store)) as connection, connection:
        connection.execute(
            "UPDATE meta SET value = ? WHERE key = 'schema_version'", (VERSION - 1,)
        )


def _copy(store: Path, to: Path) -> None:
    if store.exists():
        shutil.copyfile(store, to)
