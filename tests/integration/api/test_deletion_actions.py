"""Forgetting through its actions, at its time, by its options, and when an account is removed."""

from datetime import timedelta
from typing import Any

from freezegun.api import FrozenDateTimeFactory
import probatio
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_fire_time_changed,
)

from custom_components.encore.commands.history.forget import UNCONFIRMED_PLAYS
from custom_components.encore.const import DOMAIN
from custom_components.encore.flows.issue_repairs import DepartedRepair
from custom_components.encore.history.model import Listener, Window
from custom_components.encore.history.queries.history_queries import HistoryQueries
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.history.records import recordings
from custom_components.encore.history.records.resume_points import mark_episode
from custom_components.encore.history.records.saved_library import (
    LibrarySection,
    SectionState,
    store_section,
)
from custom_components.encore.repairs import async_create_fix_flow
from custom_components.encore.runtime.error_translation import async_translated
from custom_components.encore.runtime.moments import now_ms
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from custom_components.encore.setup.persistent_issues import (
    STORE_KEY,
    async_restore_issues,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import FlowResultType
from homeassistant.exceptions import ServiceValidationError, Unauthorized
from homeassistant.helpers import issue_registry as ir
from tests.integration.running import async_act as act
from tests.unit.questions.house import BEN, EMBER, heard

from .test_history_options import choose

ALVA = Listener("spotify:alva", "Alva Lind")


async def titles(hass: HomeAssistant) -> list[str]:
    """Return the titles of all plays that are answered for."""
    answer = await act(hass, "get_plays", time_range="this_year", limit=100)
    return [play["title"] for play in answer["plays"]]


async def observations(hass: HomeAssistant) -> int:
    """Return how many plays there are, hidden ones too, whose observations are stored."""

    def count(queries: HistoryQueries) -> int:
        return int(
            queries._connection.exec_driver_sql(
                "SELECT count(*) FROM observation"
            ).scalar_one()
        )

    async with hass.data[DATA_HISTORY].async_held():
        return await hass.data[DATA_HISTORY].async_ask(count, hidden=NOBODY_HIDDEN)


async def later(
    hass: HomeAssistant, freezer: FrozenDateTimeFactory, **by: float
) -> None:
    """Let time pass, and what was planned happen."""
    freezer.tick(timedelta(**by))
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)


async def test_what_is_forgotten_is_hidden_at_once_and_removed_in_an_hour(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """A dry run counts it first; the record tells who asked."""
    before, stored = await titles(hass), await observations(hass)
    assert "Ember" in before
    counted = await act(hass, "delete_plays", as_alva, track="ember", preview=True)
    assert counted["play_count"] > 0
    assert await titles(hass) == before
    forgotten = await act(hass, "delete_plays", as_alva, track="Ember")
    assert forgotten["play_count"] == counted["play_count"]
    assert forgotten["undo_until"] == "2026-07-15T15:30:00+02:00"
    assert await titles(hass) == [title for title in before if title != "Ember"]
    assert await observations(hass) == stored
    await later(hass, freezer, hours=1, seconds=1)
    assert await observations(hass) < stored
    [saved] = (await act(hass, "get_deletions", as_alva))["deletions"]
    assert saved["track"] == "Ember"
    assert saved["requested_by"] == as_alva.user_id
    assert saved["removed_at"] == "2026-07-15T15:30:01+02:00"
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "undo_deletion", as_alva, id=forgotten["undo_id"])
    assert caught.value.translation_key == "forget_removed"


async def test_within_the_hour_it_can_be_brought_back(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """And nothing is removed when the hour is over."""
    before, stored = await titles(hass), await observations(hass)
    forgotten = await act(
        hass, "delete_plays", as_alva, time_range="last_night", listener="me"
    )
    assert len(await titles(hass)) < len(before)
    undone = await act(hass, "undo_deletion", as_alva, id=forgotten["undo_id"])
    assert undone["play_count"] == forgotten["play_count"]
    assert await titles(hass) == before
    await later(hass, freezer, hours=2)
    assert (await titles(hass), await observations(hass)) == (before, stored)


async def test_many_plays_are_forgotten_only_if_that_is_confirmed(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """Whoever calls: by a rule or by ids. The error says how many would go and what to do; the answer, how to undo it."""
    many = [
        heard(BEN, EMBER, f"2026-07-15 08:{minute:02}", seconds=40)
        for minute in range(UNCONFIRMED_PLAYS + 1)
    ]
    await hass.data[DATA_HISTORY].async_append(many)
    rule = {
        "listener": "Ben",
        "start_time": "2026-07-15 08:00",
        "end_time": "2026-07-15 08:30",
    }
    listed = (await act(hass, "get_plays", as_alva, time_range="today", limit=100))[
        "plays"
    ]
    named = {"play_ids": [play["id"] for play in listed if " 08:" in play["started_at"].replace("T", " ")]}  # fmt: skip
    before = await titles(hass)
    for which in (rule, named):
        counted = await act(hass, "delete_plays", as_alva, preview=True, **which)
        assert (counted["play_count"], counted["needs_confirm"]) == (len(many), True)
        with pytest.raises(ServiceValidationError) as refused:
            await act(hass, "delete_plays", as_alva, **which)
        assert refused.value.translation_key == "forget_unconfirmed"
        words = await async_translated(hass, refused.value, "en")
        assert f"{len(many)} plays" in words
        assert "`confirm: true`" in words
        assert await titles(hass) == before
        removed = await act(hass, "delete_plays", as_alva, confirm=True, **which)
        assert removed["play_count"] == len(many)
        assert len(await titles(hass)) == len(before) - len(many)
        domain, _, action = removed["undo"]["action"].partition(".")
        assert domain == DOMAIN
        await act(hass, action, as_alva, **removed["undo"]["data"])
        assert await titles(hass) == before
    fewer = {**rule, "end_time": f"2026-07-15 08:{UNCONFIRMED_PLAYS}"}
    counted = await act(hass, "delete_plays", as_alva, preview=True, **fewer)
    assert (counted["play_count"], counted["needs_confirm"]) == (
        UNCONFIRMED_PLAYS,
        False,
    )
    assert (await act(hass, "delete_plays", as_alva, **fewer))[
        "play_count"
    ] == UNCONFIRMED_PLAYS


async def test_what_fell_due_while_nothing_ran_is_removed_at_start(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The hour is over whether Home Assistant runs or not."""
    stored = await observations(hass)
    await act(hass, "delete_plays", as_alva, track="Ember")
    await hass.config_entries.async_unload(house.entry_id)
    await later(hass, freezer, hours=5)
    assert await observations(hass) == stored
    await hass.config_entries.async_setup(house.entry_id)
    await hass.async_block_till_done(wait_background_tasks=True)
    assert await observations(hass) < stored


async def test_a_rule_can_be_lifted(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """The record says that it keeps nothing away any more."""
    forgotten = await act(
        hass, "delete_plays", as_alva, room="Kitchen", block_reimport=True
    )
    lifted = await act(hass, "allow_reimport", as_alva, id=forgotten["undo_id"])
    assert lifted["block_reimport"] is False
    assert lifted["reimport_allowed_at"] is not None
    assert lifted["room"]


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("delete_plays", {}, "forget_nothing_named"),
        ("delete_plays", {"track": "No such song"}, "forget_not_heard"),
        ("delete_plays", {"listener": "Nobody"}, "unknown_listener"),
        ("delete_plays", {"room": "Attic of dreams"}, "unknown_room"),
        ("delete_plays", {"time_range": "the_other_day"}, "unknown_window"),
        ("undo_deletion", {"id": 7}, "forget_unknown"),
        ("allow_reimport", {"id": 7}, "forget_unknown"),
    ],
)
async def test_what_cannot_be_forgotten_is_said(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    action: str,
    data: dict[str, Any],
    key: str,
) -> None:
    """Nothing is forgotten then."""
    before = await titles(hass)
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, action, as_alva, **data)
    assert caught.value.translation_key == key
    assert await titles(hass) == before


async def test_fields_that_do_not_exist_are_refused(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """A slip in a name must not widen what is forgotten."""
    with pytest.raises(probatio.Invalid):
        await act(
            hass, "delete_plays", as_alva, artits="Ilse Vann", time_range="last_night"
        )


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("delete_plays", {"time_range": "last_night"}),
        ("delete_plays", {"time_range": "last_night", "preview": True}),
        ("delete_plays", {"play_ids": ["1784052060000-969b48f3"]}),
        ("undo_deletion", {"id": 1}),
        ("allow_reimport", {"id": 1}),
        ("get_deletions", {}),
    ],
)
async def test_only_administrators_forget(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_ben: Context,
    action: str,
    data: dict[str, Any],
) -> None:
    """Neither other users nor the home itself."""
    before = await titles(hass)
    for context in (as_ben, None):
        with pytest.raises(Unauthorized):
            await act(hass, action, context, **data)
    assert await titles(hass) == before


async def test_what_is_too_old_is_removed_at_night(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """By the days that were chosen for its kind; without a choice nothing is."""
    before = await titles(hass)
    await later(hass, freezer, days=1)
    assert await titles(hass) == before
    await choose(
        hass,
        house,
        "retention",
        {"keep_music_days": 1, "keep_podcast_days": 0, "keep_audiobook_days": 0},
    )
    freezer.move_to("2026-07-17T01:40:00+00:00")
    async_fire_time_changed(hass)
    await hass.async_block_till_done(wait_background_tasks=True)
    [saved] = (await act(hass, "get_deletions", as_alva))["deletions"]
    assert (saved["reason"], saved["kind"], saved["requested_by"]) == (
        "retention",
        "music",
        None,
    )
    assert len(await titles(hass)) < len(before)


async def store_of_alva(hass: HomeAssistant) -> None:
    """Keep a shelf of hers, and a mark that she set; nothing was recorded of her after this moment."""
    shelf = SectionState(LibrarySection.TRACKS, 0, 0, 0)
    memory = hass.data[DATA_HISTORY]
    await memory.async_write(lambda db, _: recordings.remove(db, ALVA.key, now_ms(), 1 << 50))  # fmt: skip
    await memory.async_write(lambda db, ingest: store_section(db, ingest.registers, ALVA, shelf, []))  # fmt: skip
    await memory.async_write(lambda db, ingest: mark_episode(db, ingest.registers, ALVA, "spotify:episode:e", finished=True, at=0))  # fmt: skip


async def stored_of_alva(hass: HomeAssistant) -> tuple[int, int]:
    """Return how many shelves and marks of hers are kept."""

    def count(queries: HistoryQueries) -> tuple[int, int]:
        shelves, marks = queries._connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM library_shelf), (SELECT count(*) FROM episode_mark)"
        ).one()
        return shelves, marks

    async with hass.data[DATA_HISTORY].async_held():
        return await hass.data[DATA_HISTORY].async_ask(count, hidden=NOBODY_HIDDEN)


async def test_who_forgets_everything_keeps_library_and_marks(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """The account is still linked."""
    await store_of_alva(hass)
    await act(hass, "delete_plays", as_alva, listener="Alva Lind", block_reimport=False)
    await later(hass, freezer, hours=1, seconds=1)
    assert await stored_of_alva(hass) == (1, 1)


def question(hass: HomeAssistant) -> ir.IssueEntry | None:
    """Return what is asked about Alva's history."""
    return ir.async_get(hass).async_get_issue(DOMAIN, "account_removed_spotify:alva")


@pytest.mark.parametrize("choice", ["keep", "forget"])
async def test_who_removes_an_account_is_asked_about_its_history(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    choice: str,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Nothing happens until then; forgetting it can be undone for an hour like any other."""
    entry = accounts["alva"]
    await store_of_alva(hass)
    before = await titles(hass)
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "token": {"grant": "g", "rotation": 0}}
    )
    await hass.config_entries.async_remove(entry.entry_id)
    issue = question(hass)
    assert issue is not None
    assert issue.translation_placeholders is not None
    assert issue.translation_placeholders["account"] == "alva_1999"
    assert await titles(hass) == before
    flow = await async_create_fix_flow(hass, issue.issue_id, issue.data)
    assert isinstance(flow, DepartedRepair)
    flow.hass, flow.issue_id = hass, issue.issue_id
    menu = await flow.async_step_init()
    assert menu["type"] is FlowResultType.MENU
    done = await getattr(flow, f"async_step_{choice}")()
    assert done["type"] is FlowResultType.CREATE_ENTRY
    after = await titles(hass)
    assert (after == before) == (choice == "keep")
    await later(hass, freezer, hours=1, seconds=1)
    ever = Window(0, 1 << 50)
    left = await hass.data[DATA_HISTORY].async_ask(
        lambda queries: queries.plays(ever, min_ms=0), hidden=NOBODY_HIDDEN
    )
    listeners = {play.listener.key for play in left}
    assert ("spotify:alva" in listeners) == (choice == "keep")
    assert await stored_of_alva(hass) == (0, choice == "keep")


async def test_the_question_outlives_a_restart_and_not_encore(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    hass_storage: dict[str, Any],
    freezer: FrozenDateTimeFactory,
) -> None:
    """Where Encore is gone nobody has its words, nor what to do about it."""
    for entry in accounts.values():
        hass.config_entries.async_update_entry(
            entry, data={**entry.data, "token": {"grant": "g", "rotation": 0}}
        )
    await hass.config_entries.async_remove(accounts["alva"].entry_id)
    asked = question(hass)
    await later(hass, freezer, seconds=11)
    registry = ir.async_get(hass)
    # What Home Assistant reads when it starts without Encore.
    await registry._async_load()
    left = question(hass)
    assert left is not None
    assert not left.active
    assert "alva_1999" not in str(hass_storage[ir.STORAGE_KEY])
    await async_restore_issues(hass)
    assert question(hass) == asked
    for entry in (accounts["ben"], accounts["cleo"], house):
        assert question(hass) is not None
        await hass.config_entries.async_remove(entry.entry_id)
    assert [each for each in registry.issues if each[0] == DOMAIN] == []
    await later(hass, freezer, seconds=11)
    assert hass_storage[STORE_KEY]["data"] == {}
    # Whoever set it up takes it down.
    house.add_to_hass(hass)


async def test_a_question_that_an_earlier_version_left_to_home_assistant_is_taken_over(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """It stays, and goes with Encore as any other."""
    placeholders = {"account": "Zoe"}
    registry = ir.async_get(hass)
    registry.async_get_or_create(
        DOMAIN,
        "account_removed_spotify:zoe",
        data={"issue": "account_removed", "listener": "spotify:zoe"},
        is_fixable=True,
        is_persistent=True,
        severity=ir.IssueSeverity.WARNING,
        translation_key="account_removed",
        translation_placeholders=placeholders,
    )
    await async_restore_issues(hass)
    taken = registry.async_get_issue(DOMAIN, "account_removed_spotify:zoe")
    assert taken is not None
    assert (taken.active, taken.is_persistent) == (True, False)
    assert taken.translation_placeholders == placeholders


async def test_an_account_without_history_asks_nothing(
    hass: HomeAssistant, house: MockConfigEntry, accounts: dict[str, MockConfigEntry]
) -> None:
    """There is nothing to keep."""
    entry = accounts["cleo"]
    hass.config_entries.async_update_entry(
        entry, data={**entry.data, "token": {"grant": "g", "rotation": 0}}
    )
    await hass.config_entries.async_remove(entry.entry_id)
    assert not [
        issue
        for (domain, _), issue in ir.async_get(hass).issues.items()
        if domain == DOMAIN and issue.translation_key == "account_removed"
    ]


async def plays_of(hass: HomeAssistant, context: Context) -> list[dict[str, Any]]:
    """Return the plays of the year that somebody is told of, the newest first."""
    answer = await act(hass, "get_plays", context, time_range="this_year", limit=100)
    plays: list[dict[str, Any]] = answer["plays"]
    return plays


async def test_plays_that_are_named_go_and_no_others(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """Counted first, undone, and forgotten again until they are removed."""
    before = await plays_of(hass, as_alva)
    named = [play["id"] for play in before if play["title"] == "River Light"][:1]
    left = [play for play in before if play["id"] not in named]
    counted = await act(hass, "delete_plays", as_alva, play_ids=named, preview=True)
    assert (counted["play_count"], counted["minutes"]) == (1, 3)
    assert await plays_of(hass, as_alva) == before
    removed = await act(hass, "delete_plays", as_alva, play_ids=named * 2)
    assert removed["play_count"] == 1
    assert await plays_of(hass, as_alva) == left
    await act(hass, "undo_deletion", as_alva, id=removed["undo_id"])
    assert await plays_of(hass, as_alva) == before
    await act(hass, "delete_plays", as_alva, play_ids=named)
    await later(hass, freezer, hours=1, seconds=1)
    assert await plays_of(hass, as_alva) == left
    saved = (await act(hass, "get_deletions", as_alva))["deletions"]
    assert [(one["reason"], one["play_count"], one["listener"]) for one in saved] == [
        ("named", 1, "spotify:alva")
    ] * 2
    assert [bool(one["undone_at"]) for one in saved] == [True, False]


@pytest.mark.parametrize(
    ("data", "key"),
    [
        ({"play_ids": ["nothing"]}, "unknown_play"),
        ({"play_ids": ["1784052060000-00000000"]}, "unknown_play"),
        ({"play_ids": ["1784052060000-969b48f3"], "listener": "Ben"}, "forget_plays_alone"),
        ({"play_ids": ["1784052060000-969b48f3"], "time_range": "today"}, "forget_plays_alone"),
        ({"play_ids": ["1784052060000-969b48f3"], "kind": "music"}, "forget_plays_alone"),
    ],
)  # fmt: skip
async def test_plays_that_cannot_be_named_are_refused(
    hass: HomeAssistant,
    house: MockConfigEntry,
    as_alva: Context,
    data: dict[str, Any],
    key: str,
) -> None:
    """The others that were named with them stay too."""
    before = await plays_of(hass, as_alva)
    data = {**data, "play_ids": [before[0]["id"], *data["play_ids"]]}
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "delete_plays", as_alva, **data)
    assert caught.value.translation_key == key
    assert await plays_of(hass, as_alva) == before


@pytest.mark.parametrize("plays", [[], ["1784052060000-969b48f3"] * 101, [""]])
async def test_how_many_plays_can_be_named(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, plays: list[str]
) -> None:
    """One at least, and a hundred at most; an empty list is no rule about everything."""
    with pytest.raises(probatio.Invalid):
        await act(hass, "delete_plays", as_alva, play_ids=plays)


async def test_plays_of_a_private_listener_cannot_be_named_by_others(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
    as_ben: Context,
) -> None:
    """They are as unknown as plays that never were; what was forgotten before is not told either."""
    [of_ben, *others] = [
        play["id"]
        for play in await plays_of(hass, as_alva)
        if play["listener"] == "Ben"
    ]
    forgotten = await act(hass, "delete_plays", as_alva, play_ids=[of_ben])
    hass.config_entries.async_update_entry(
        accounts["ben"], options={**accounts["ben"].options, "privacy": "private"}
    )
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "delete_plays", as_alva, play_ids=others[:1])
    assert caught.value.translation_key == "unknown_play"
    assert (await act(hass, "get_deletions", as_alva))["deletions"] == []
    with pytest.raises(ServiceValidationError) as caught:
        await act(hass, "undo_deletion", as_alva, id=forgotten["undo_id"])
    assert caught.value.translation_key == "forget_unknown"
