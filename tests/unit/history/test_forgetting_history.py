"""Forgetting as the whole history does it: in columns as in SQL, across restarts, beside imports."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import batched
from pathlib import Path

import pytest

from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest, lift
from custom_components.encore.history.errors import ForgettingRefused
from custom_components.encore.history.history import History
from custom_components.encore.history.model import (
    Kind,
    Play,
    Source,
    TopOf,
    Total,
    Window,
)
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import UNDO_MS, Rule, Why
from custom_components.encore.history.records.import_report import Skipped

from .exports import AUDIO, row, zipped
from .memory import (
    ALL,
    ALVA,
    BEN,
    DAY,
    EPISODE,
    HOUR,
    KITCHEN,
    LATER,
    NOON,
    OTHER,
    SONG,
    live,
    span,
)

ONE_DAY = Window(NOON - HOUR, NOON + DAY - HOUR)


def answers(history: History) -> Sequence[object]:
    """Return what questions of all kinds hear of the history."""
    return history.ask(
        lambda queries: [
            queries.plays(ALL, min_ms=0),
            queries.plays(ALL, limit=2),
            queries.total(ALL),
            queries.total(ONE_DAY),
            queries.kinds(ALL),
            queries.top(ALL, TopOf.ARTISTS),
            queries.top(ONE_DAY, TopOf.ROOMS),
            queries.playing_at(NOON - 1_000),
            queries.recorded_from(),
        ],
        hidden=NOBODY_HIDDEN,
    ).result()


@pytest.mark.parametrize("plays", [3, 2_500])
def test_every_answer_is_without_it_at_once(history: History, plays: int) -> None:
    """Those from columns too, however much was forgotten; and with it again when it is undone."""
    history.append([live(NOON + DAY, item=OTHER)]).result()
    without = answers(history)
    kitchen = (span(KITCHEN, NOON, NOON + 1),)
    for some in batched(range(plays), 1_000, strict=False):
        history.append([live(NOON + i * 300_000, rooms=kitchen) for i in some]).result()
        history.ask(lambda queries: queries.select(ALL), hidden=NOBODY_HIDDEN).result()
    with_it = answers(history)
    forgotten = history.forget(ForgetRequest(Rule(room=KITCHEN.key), LATER)).result()
    assert forgotten.taken.plays == plays
    assert answers(history) == without
    history.undo_forget(forgotten.id, LATER + 1).result()
    assert answers(history) == with_it
    history.forget(ForgetRequest(Rule(artist="Tor"), LATER + HOUR)).result()
    assert history.purge(LATER + 2 * HOUR).result()
    assert answers(history) == without


def test_what_was_forgotten_is_on_record(history: History) -> None:
    """Who asked when for what, how much it took, and what became of it."""
    history.append([live(NOON)]).result()
    asked = ForgetRequest(Rule(listener=ALVA.key, end=NOON + DAY), LATER, "user-1")
    forgotten = history.forget(asked).result()
    with pytest.raises(ForgettingRefused):
        history.forget(ForgetRequest(Rule(), LATER)).result()
    assert (
        history.look_up(lambda queries: queries.next_purge()).result()
        == LATER + UNDO_MS
    )
    history.purge(LATER + UNDO_MS).result()
    history.write(
        lambda connection, ingest: lift(
            connection, ingest, forgotten.id, LATER + DAY, "user-2"
        )
    ).result()
    [stored] = history.look_up(
        lambda queries: queries.forgettings(hidden=NOBODY_HIDDEN)
    ).result()
    assert stored == replace(
        forgotten, keep_away=False, purged_at=LATER + UNDO_MS, lifted_at=LATER + DAY
    )
    assert (stored.why, stored.asked_by, stored.taken) == (
        Why.ASKED,
        "user-1",
        Total(1, 200_000),
    )
    assert history.look_up(lambda queries: queries.next_purge()).result() is None


def test_a_restart_changes_nothing(tmp_path: Path) -> None:
    """Hidden stays hidden, what is due is removed, and what is kept away stays away."""
    url = f"sqlite:///{tmp_path / 'encore.db'}"
    for step in range(3):
        history = History(url)
        history.open()
        if step == 0:
            history.append([live(NOON), live(NOON, listener=BEN)]).result()
            history.forget(ForgetRequest(Rule(listener=ALVA.key), LATER)).result()
        if step == 1:
            history.purge(LATER + UNDO_MS).result()
        history.append([live(NOON)]).result()
        plays: list[Play] = history.ask(
            lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
        ).result()
        assert [play.listener for play in plays] == [BEN]
        history.close()


def test_an_import_says_what_is_blocked(history: History, tmp_path: Path) -> None:
    """Rows of what was forgotten are accounted for, before it is removed and after."""
    rows = [row(NOON + i * 300_000) for i in range(4)] + [
        row(NOON + DAY, spotify_track_uri=OTHER.uri, master_metadata_track_name="X")
    ]
    path = zipped(tmp_path / "export.zip", {AUDIO: rows})
    first = history.import_export(path, ALVA).result()
    assert first.stored == 5
    history.forget(ForgetRequest(Rule(track=SONG.uri), LATER)).result()
    history.purge(LATER + UNDO_MS).result()
    second = history.import_export(path, ALVA).result()
    assert (second.stored, second.duplicates) == (0, 1)
    assert second.skipped == {Skipped.FORGOTTEN: 4}
    assert (
        len(
            history.ask(
                lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
            ).result()
        )
        == 1
    )


def test_a_play_under_way_that_was_forgotten_is_not_reported(history: History) -> None:
    """It started before somebody asked; the rule hides it when it is over, too."""
    history.append([live(NOON)]).result()
    [known] = history.ask(
        lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
    ).result()
    under_way = replace(known, id=0, started_at=LATER - 60_000, ended_at=LATER)
    others = [
        replace(under_way, listener=BEN),
        replace(under_way, item=OTHER),
        replace(under_way, started_at=LATER),
    ]

    def reported(*rules: Rule) -> list[Play]:
        for rule in rules:
            history.forget(ForgetRequest(rule, LATER)).result()
        return history.ask(
            lambda queries: queries.visible_under_way([under_way, *others]),
            hidden=NOBODY_HIDDEN,
        ).result()

    assert reported() == [under_way, *others]
    assert reported(Rule(listener=ALVA.key, track=SONG.uri)) == others
    assert reported(Rule(start=LATER - HOUR)) == others[2:]


def test_what_is_too_old_is_removed_slice_by_slice(history: History) -> None:
    """By its kind, with its observations, on one record; what is imported again comes again."""
    history.append([live(NOON + i * 300_000) for i in range(2_100)]).result()
    history.append([live(NOON, item=EPISODE), live(LATER)]).result()
    removed = history.remove_old(Kind.TRACK, LATER - DAY, LATER).result()
    assert removed == Total(2_100, 2_100 * 200_000)
    [stored] = history.look_up(
        lambda queries: queries.forgettings(hidden=NOBODY_HIDDEN)
    ).result()
    assert stored.rule == Rule(kind=Kind.TRACK, end=LATER - DAY)
    assert (stored.why, stored.taken, stored.purged_at) == (
        Why.RETENTION,
        removed,
        LATER,
    )
    nothing = history.remove_old(Kind.EPISODE, NOON - DAY, LATER).result()
    assert nothing == Total(0, 0)
    plays = history.ask(
        lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
    ).result()
    assert [play.item.kind for play in plays] == [Kind.TRACK, Kind.EPISODE]
    history.append([live(NOON)]).result()
    assert (
        len(
            history.ask(
                lambda queries: queries.plays(ALL), hidden=NOBODY_HIDDEN
            ).result()
        )
        == 3
    )
    assert {Source.LIVE} == set().union(*(play.sources for play in plays))
