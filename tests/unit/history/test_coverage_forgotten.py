"""Coverage after forgetting: what was forgotten is no longer covered, and what was not still is."""

from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Source, Window
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import UNDO_MS, Rule
from custom_components.encore.history.records.recording_coverage import (
    Coverage,
    Gap,
    GapReason,
    Recorded,
)

from .memory import ALVA, BEN, DAY, HOUR, KITCHEN, LATER, NOON, live, note_recorded

PAST = Window(NOON - DAY, NOON + DAY)
FORGOTTEN = Gap(NOON - HOUR, NOON + HOUR, GapReason.FORGOTTEN)
AN_HOUR_AROUND_NOON = Rule(listener=ALVA.key, start=FORGOTTEN.start, end=FORGOTTEN.end)


def begin(history: History) -> None:
    """Let Alva play something and be recorded, and Ben be recorded alone."""
    history.append([live(NOON)]).result()
    note_recorded(
        history,
        [Recorded(who, Source.LIVE, PAST.start, PAST.end) for who in (ALVA, BEN)],
    )


def coverage_of(history: History, *keys: str) -> Coverage:
    """Return what the history says of some listeners."""
    return history.ask(
        lambda queries: queries.coverage(keys or None), hidden=NOBODY_HIDDEN
    ).result()


def test_a_forgotten_time_is_a_gap_until_it_is_brought_back(history: History) -> None:
    """From the moment on at which somebody wants it, and of those listeners alone."""
    begin(history)
    forgotten = history.forget(ForgetRequest(AN_HOUR_AROUND_NOON, LATER)).result()
    assert coverage_of(history, ALVA.key).within(PAST, LATER).gaps == (FORGOTTEN,)
    assert coverage_of(history, BEN.key).within(PAST, LATER).complete
    history.undo_forget(forgotten.id, LATER + 1).result()
    assert coverage_of(history, ALVA.key).within(PAST, LATER).complete


def test_what_was_forgotten_of_everybody_is_a_gap_of_everybody(
    history: History,
) -> None:
    """Without a start it reaches back to the beginning."""
    begin(history)
    history.forget(ForgetRequest(Rule(end=NOON + HOUR), LATER)).result()
    for key in (ALVA.key, BEN.key):
        assert coverage_of(history, key).first == NOON + HOUR


def test_forgetting_a_song_or_a_room_leaves_no_gap(history: History) -> None:
    """All else that was played at that time is still known."""
    begin(history)
    for rule in (Rule(artist="Tor"), Rule(room=KITCHEN.key)):
        history.forget(ForgetRequest(rule, LATER)).result()
    assert coverage_of(history).within(PAST, LATER).complete


def test_a_time_that_is_reported_again_after_a_purge_is_covered_again(
    history: History,
) -> None:
    """Where nothing is kept away, an export brings it back."""
    begin(history)
    history.forget(ForgetRequest(AN_HOUR_AROUND_NOON, LATER, keep_away=False)).result()
    history.purge(LATER + UNDO_MS).result()
    known = coverage_of(history, ALVA.key).within(PAST, LATER)
    assert known.covered == known.length - FORGOTTEN.length
    note_recorded(history, [Recorded(ALVA, Source.EXPORT, PAST.start, PAST.end)])
    assert coverage_of(history, ALVA.key).within(PAST, LATER).complete


def test_who_was_recorded_in_silence_outlives_what_others_forget(
    history: History,
) -> None:
    """Somebody who has played nothing yet is nobody's trace."""
    begin(history)
    history.forget(ForgetRequest(Rule(listener=ALVA.key), LATER)).result()
    history.purge(LATER + UNDO_MS).result()
    assert coverage_of(history, BEN.key).within(PAST, LATER).complete
    known = history.ask(
        lambda queries: queries.listeners(), hidden=NOBODY_HIDDEN
    ).result()
    assert known == [BEN]
