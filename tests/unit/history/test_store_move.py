"""A history that moves into another store is the same there."""

from collections.abc import Callable
from pathlib import Path

import pytest

from custom_components.encore.history.database.store import shown, with_password_of
from custom_components.encore.history.deletion.deletion_jobs import ForgetRequest
from custom_components.encore.history.errors import StoreTaken
from custom_components.encore.history.history import History
from custom_components.encore.history.model import Play
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records.deletion_rules import UNDO_MS, Rule
from custom_components.encore.history.recovery.store_move import copy

from .memory import ALL, ALVA, KITCHEN, LATER, NOON, exported, live, span
from .years import years


def plays(url: str, *, and_append: bool = False) -> list[Play]:
    """Return all plays of a store; the export of one of them changes it first."""
    history = History(url)
    history.open()
    try:
        if and_append:
            history.append([exported(NOON, skipped=False)]).result()
        return history.ask(
            lambda queries: queries.plays(ALL, min_ms=0), hidden=NOBODY_HIDDEN
        ).result()
    finally:
        history.close()


def test_all_of_it_moves_and_goes_on(
    tmp_path: Path, new_store: Callable[[], str]
) -> None:
    """From a file to the other database and back: plays, rooms, flags, and what merges with what comes."""
    first = f"sqlite:///{tmp_path / 'first.db'}"
    history = History(first)
    history.open()
    history.append(
        [
            live(
                NOON,
                listener=ALVA,
                rooms=(span(KITCHEN, NOON - 9, NOON),),
                skipped=True,
            )
        ]
    ).result()
    history.append(years(400)).result()
    history.close()
    before = plays(first)
    second, third = new_store(), f"sqlite:///{tmp_path / 'third.db'}"
    copied = copy(first, second)
    assert copied > 1_000
    assert plays(second) == before
    assert copy(second, third) == copied
    assert plays(third) == before
    after = plays(second, and_append=True)
    assert after == plays(first, and_append=True)
    assert len(after) == len(before)


def test_what_is_blocked_is_so_in_the_other_store(
    tmp_path: Path, new_store: Callable[[], str]
) -> None:
    """An export does not know the room it was forgotten by; what is left of the play there does."""
    first, second = f"sqlite:///{tmp_path / 'first.db'}", new_store()
    history = History(first)
    history.open()
    history.append([live(NOON, rooms=(span(KITCHEN, NOON - 9, NOON),))]).result()
    history.forget(ForgetRequest(Rule(room=KITCHEN.key), LATER)).result()
    history.purge(LATER + UNDO_MS).result()
    history.close()
    copy(first, second)
    assert plays(second, and_append=True) == []


def test_no_history_is_mixed_with_another(tmp_path: Path) -> None:
    """Nothing is copied where something is."""
    urls = [f"sqlite:///{tmp_path / name}.db" for name in ("one", "other")]
    for place, url in enumerate(urls):
        history = History(url)
        history.open()
        history.append([live(NOON + place * 1_000_000)]).result()
        history.close()
    with pytest.raises(StoreTaken):
        copy(*urls)
    assert [len(plays(url)) for url in urls] == [1, 1]


@pytest.mark.parametrize("url", ["mysql://host/name", "not a url", ""])
def test_other_places_are_refused(tmp_path: Path, url: str) -> None:
    """The words do not quote what may be a password."""
    with pytest.raises(ValueError) as caught:
        copy(f"sqlite:///{tmp_path / 'one.db'}", url)
    assert "name" not in str(caught.value)


def test_a_password_is_hidden_and_put_back() -> None:
    """A person who changes the host need not type it again."""
    known = "postgresql://encore:s3cret@host/house"
    assert shown(known) == "postgresql://encore:***@host/house"
    changed = shown(known).replace("@host", "@other")
    assert with_password_of(changed, known) == "postgresql://encore:s3cret@other/house"
    assert with_password_of("postgresql://a:b@c/d", known) == "postgresql://a:b@c/d"
    assert with_password_of("no url", known) == "no url"
