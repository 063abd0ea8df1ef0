"""Whose history is told to whom: private, shared with people, or with the household."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    async_capture_events,
)

from custom_components.encore.access.policy import async_caller
from custom_components.encore.access.visibility import (
    async_forget_removed,
    hidden_listeners,
)
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.model import (
    Item,
    Kind,
    Listener,
    Observation,
    Source,
)
from custom_components.encore.runtime.jobs import EVENT_JOB
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.core import Context, Event, HomeAssistant, callback
from homeassistant.exceptions import ServiceValidationError
from tests.integration.running import async_act

from .test_sentences import said

type Share = Callable[..., None]

NOBODY = Context()
BEN = Listener("spotify:ben", "Ben")


@pytest.fixture
def share(
    hass: HomeAssistant, accounts: dict[str, MockConfigEntry], house: MockConfigEntry
) -> Share:
    """Return a way to choose how a listener shares."""

    def share(name: str, privacy: str, **options: object) -> None:
        entry = accounts[name]
        hass.config_entries.async_update_entry(
            entry, options={**entry.options, "privacy": privacy, **options}
        )

    return share


async def asked(
    hass: HomeAssistant, context: Context, question: str, **values: object
) -> dict[str, Any]:
    """Ask a question as an action, and return the answer."""
    return await async_act(hass, question, context, **values)


def plays(answer: dict[str, Any]) -> int:
    """Return how many plays an answer counts."""
    return int(answer["total"]["play_count"])


async def refused(
    hass: HomeAssistant, context: Context, listener: str
) -> tuple[str | None, dict[str, str] | None]:
    """Return the error of a question about a listener."""
    with pytest.raises(ServiceValidationError) as error:
        await asked(hass, context, "get_top", of="artists", listener=listener)
    words = dict(error.value.translation_placeholders or {})
    words.pop("name", None)
    return error.value.translation_key, words


async def test_a_private_listener_is_nobody_to_others(
    hass: HomeAssistant, share: Share, as_alva: Context, as_ben: Context
) -> None:
    """Asked for by name, they are as unknown as who was never here; an administrator is no exception."""
    share("ben", "private")
    for other in (as_alva, NOBODY):
        assert await refused(hass, other, "Ben") == await refused(hass, other, "Zoe")
    own = await asked(hass, as_ben, "get_plays", listener="Ben", time_range="this_week")
    assert plays(own) == 3


async def test_what_everyone_played_leaves_them_out(
    hass: HomeAssistant, share: Share, as_alva: Context, as_ben: Context
) -> None:
    """Their plays are counted for themselves alone."""
    before = await asked(hass, as_alva, "get_plays", time_range="this_week")
    share("ben", "private")
    assert await asked(hass, as_ben, "get_plays", time_range="this_week") == before
    for other in (as_alva, NOBODY):
        reported = await asked(hass, other, "get_plays", time_range="this_week")
        assert plays(reported) == plays(before) - 3
        assert "Ben" not in str(reported)


async def test_people_who_are_named_hear_it_and_the_home_does_not(
    hass: HomeAssistant, share: Share, as_alva: Context, as_ben: Context
) -> None:
    """Sharing with somebody is not sharing with everybody."""
    share("ben", "people", shared_with=["person.alva"])
    for reported in (as_alva, as_ben):
        answer = await asked(
            hass, reported, "get_plays", listener="Ben", time_range="this_week"
        )
        assert plays(answer) == 3
    assert (await refused(hass, NOBODY, "Ben"))[0] == "unknown_listener"


async def test_a_person_stands_for_a_listener_whom_the_caller_may_know_of(
    hass: HomeAssistant, share: Share, as_alva: Context, as_ben: Context
) -> None:
    """To others it is the person of nobody: nothing says that there is an account."""
    named = await asked(hass, as_alva, "get_plays", listener="Ben", time_range="this_week")  # fmt: skip
    for people in ("person.ben", ["person.ben"]):
        answer = await asked(hass, as_alva, "get_plays", listener=people, time_range="this_week")  # fmt: skip
        assert answer == named
    share("ben", "private")
    assert plays(await asked(hass, as_ben, "get_plays", listener="person.ben", time_range="this_week")) == 3  # fmt: skip
    bens = await refused(hass, as_alva, "person.ben")
    assert bens[0] == "unknown_listener"
    assert bens == await refused(hass, as_alva, "person.zoe")


async def test_a_private_listener_is_hidden_without_a_user(
    hass: HomeAssistant, share: Share, as_alva: Context, as_ben: Context
) -> None:
    """Cleo's account belongs to no person: it is not known who may hear of it."""
    share("cleo", "private")
    for other in (as_alva, as_ben, NOBODY):
        assert (await refused(hass, other, "Cleo"))[0] == "unknown_listener"


async def test_a_satellite_reports_what_is_shared_with_the_household(
    hass: HomeAssistant, share: Share, as_ben: Context
) -> None:
    """Whoever's session it runs in: anybody may stand before it."""
    share("ben", "private")
    caller = await async_caller(hass, as_ben, satellite_id="assist_satellite.hall")
    assert hidden_listeners(hass, caller.user_id) == {"spotify:ben"}
    reported = await said(
        hass,
        "What did Ben listen to this week?",
        as_ben,
        satellite_id="assist_satellite.hall",
    )
    never = await said(
        hass,
        "What did Zoe listen to this week?",
        as_ben,
        satellite_id="assist_satellite.hall",
    )
    assert reported.replace("Ben", "Zoe") == never


async def test_i_am_whom_the_satellite_is_of(hass: HomeAssistant, share: Share) -> None:
    """Else nobody knows who "I" is, and everyone is meant."""
    share("ben", "household", satellites=["assist_satellite.hall"])
    sentence = "Who was my top artist this week?"
    hall = await said(hass, sentence, satellite_id="assist_satellite.hall")
    assert hall.startswith("Your top artist so far this week is Kite Season")
    kitchen = await said(hass, sentence, satellite_id="assist_satellite.kitchen")
    assert not kitchen.startswith("Your")


async def test_a_history_stays_private_when_its_account_is_gone(
    hass: HomeAssistant,
    share: Share,
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
    as_ben: Context,
) -> None:
    """Until it is forgotten, or the account comes back."""
    share("ben", "private")
    await hass.config_entries.async_remove(accounts["ben"].entry_id)
    assert (await refused(hass, as_alva, "Ben"))[0] == "unknown_listener"
    answer = await asked(
        hass, as_ben, "get_plays", listener="Ben", time_range="this_week"
    )
    assert plays(answer) == 3
    async_forget_removed(hass, "spotify:ben")
    answer = await asked(
        hass, as_alva, "get_plays", listener="Ben", time_range="this_week"
    )
    assert plays(answer) == 3


async def test_a_history_stays_private_when_its_entry_is_removed_too(
    hass: HomeAssistant,
    share: Share,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
) -> None:
    """What the History entry knew of who departed goes on to another, until the account is back."""
    share("ben", "private")
    await hass.config_entries.async_remove(accounts["ben"].entry_id)
    assert hidden_listeners(hass, None) >= {"spotify:ben"}
    await hass.config_entries.async_remove(house.entry_id)
    assert "spotify:ben" in hidden_listeners(hass, None)
    await hass.config_entries.async_remove(accounts["alva"].entry_id)
    assert "spotify:ben" in hidden_listeners(hass, None)
    async_forget_removed(hass, "spotify:ben")
    assert "spotify:ben" not in hidden_listeners(hass, None)
    # Whoever set it up takes it down.
    house.add_to_hass(hass)


async def test_what_is_counted_to_be_forgotten_leaves_them_out(
    hass: HomeAssistant, share: Share, as_alva: Context
) -> None:
    """Also what is said of it later; what nobody but them heard was never heard, as a name that was made up."""
    when = {"time_range": "this_week"}
    both = await asked(hass, as_alva, "delete_plays", **when, preview=True)
    bens = await asked(
        hass, as_alva, "delete_plays", **when, listener="Ben", preview=True
    )
    song = Item("spotify:track:9", Kind.TRACK, "Moth Lantern", ("Nobody Else",))
    played = Observation(Source.LIVE, BEN, song, 1_000, 61_000, 60_000)
    await hass.data[DATA_HISTORY].async_append([played])
    counted = await asked(hass, as_alva, "delete_plays", track=song.title, preview=True)
    assert counted["play_count"] == 1
    share("ben", "private")
    counted = await asked(hass, as_alva, "delete_plays", **when, preview=True)
    assert 0 < bens["play_count"] == both["play_count"] - counted["play_count"]
    for named in ({"track": song.title}, {"artist": song.artists[0]}):
        with pytest.raises(ServiceValidationError) as error:
            await asked(hass, as_alva, "delete_plays", **named, preview=True)
        assert error.value.translation_key == "forget_not_heard"
    forgotten = await asked(hass, as_alva, "delete_plays", **when)
    assert forgotten["play_count"] == counted["play_count"]
    reported = await asked(hass, as_alva, "get_deletions")
    assert [one["play_count"] for one in reported["deletions"]] == [None]
    undone = await asked(hass, as_alva, "undo_deletion", id=forgotten["undo_id"])
    assert undone == {"play_count": None, "minutes": None}


async def test_what_was_forgotten_of_them_is_on_no_record_of_others(
    hass: HomeAssistant, share: Share, as_alva: Context
) -> None:
    """Its number is one that nothing was forgotten under."""
    forgotten = await asked(hass, as_alva, "delete_plays", listener="Ben")
    share("ben", "private")
    assert await asked(hass, as_alva, "get_deletions") == {"deletions": []}
    for action in ("undo_deletion", "allow_reimport"):
        with pytest.raises(ServiceValidationError) as error:
            await asked(hass, as_alva, action, id=forgotten["undo_id"])
        assert error.value.translation_key == "forget_unknown"


async def test_their_account_is_in_no_list_of_accounts(
    hass: HomeAssistant,
    share: Share,
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
    as_ben: Context,
) -> None:
    """Neither its calls, which tell when somebody was about, nor as one that an export could be imported for."""
    share("ben", "private")
    for caller, there in ((as_alva, False), (NOBODY, False), (as_ben, True)):
        usage = await asked(hass, caller, "get_api_usage")
        assert ("Ben" in str(usage)) is there
    entry_id = accounts["ben"].entry_id
    with pytest.raises(ServiceValidationError) as error:
        await asked(hass, as_alva, "import_history", config_entry_id=entry_id, path="/")
    assert error.value.translation_key == "not_an_account"


async def test_work_for_them_is_not_among_the_jobs_of_others(
    hass: HomeAssistant, share: Share, tmp_path: Path, as_alva: Context
) -> None:
    """It is not told, and cannot be cancelled."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    cancelled: list[str | None] = []

    async def cancel(number: int) -> None:
        with pytest.raises(ServiceValidationError) as error:
            await hass.services.async_call(
                DOMAIN, "cancel_job", {"job": number}, blocking=True, context=as_alva
            )
        cancelled.append(error.value.translation_key)

    @callback
    def begun(event: Event[Any]) -> None:
        if event.data["state"] == "pending":
            share("ben", "private")
            hass.async_create_task(cancel(event.data["job"]), eager_start=True)

    hass.bus.async_listen(EVENT_JOB, begun)
    path = str(tmp_path / "ben.zip")
    exported = await asked(hass, as_alva, "export_history", listener="Ben", path=path)
    assert (exported["cancelled"], cancelled) == (False, ["no_such_job"])
    assert await asked(hass, as_alva, "get_jobs") == {"jobs": []}


async def test_work_for_them_is_on_no_event(
    hass: HomeAssistant,
    house: MockConfigEntry,
    share: Share,
    tmp_path: Path,
    as_alva: Context,
    as_ben: Context,
) -> None:
    """Automations follow those, and how many plays somebody has is in them."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    trust = {"trusted_as_autonomous": [f"user:{as_ben.user_id}"]}
    hass.config_entries.async_update_entry(house, options=trust)
    reported = async_capture_events(hass, EVENT_JOB)
    path = str(tmp_path / "before.zip")
    await asked(hass, as_alva, "export_history", listener="Ben", path=path)
    assert reported
    share("ben", "private")
    await hass.async_block_till_done()
    reported.clear()
    path = str(tmp_path / "after.zip")
    await asked(hass, as_ben, "export_history", listener="Ben", path=path)
    assert not reported
