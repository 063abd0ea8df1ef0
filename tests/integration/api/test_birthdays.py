"""Birthdays: told in the options of an account, asked about by who may hear of the listener, and nowhere else."""

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.access.policy import async_caller
from custom_components.encore.diagnostics import async_get_config_entry_diagnostics
from custom_components.encore.dispatch.caller_context import async_query_context
from homeassistant.components.diagnostics import REDACTED
from homeassistant.core import Context, HomeAssistant
from homeassistant.data_entry_flow import InvalidData
from homeassistant.exceptions import ServiceValidationError
from tests.integration.auth.conftest import (
    Link,
    credentials,  # noqa: F401 - a fixture
    link,  # noqa: F401 - a fixture
)

from .test_sentences import said
from .test_visibility import Share, asked, share  # noqa: F401 - share is a fixture

NOBODY = Context()


@pytest.fixture
def birthdays(share: Share) -> None:  # noqa: F811 - a fixture
    """Tell Alva's birthday and Ben's."""
    share("alva", "household", birthday="07-14")
    share("ben", "household", birthday="07-13")


async def refusal(
    hass: HomeAssistant, context: Context, **parameters: object
) -> tuple[str | None, str]:
    """Return the error of a question about plays."""
    with pytest.raises(ServiceValidationError) as error:
        await asked(hass, context, "get_plays", **parameters)
    return error.value.translation_key, str(error.value)


@pytest.mark.usefixtures("birthdays")
async def test_sentences_name_birthdays(hass: HomeAssistant, as_alva: Context) -> None:
    """One's own, that of who is asked about, and somebody's by name."""
    for sentence, answer in (
        (
            "what did I listen to on my birthday",
            "You played four tracks and episodes yesterday",
        ),
        (
            "what did we listen to on my birthday",
            "Five tracks and episodes were played yesterday",
        ),
        ("what did Ben listen to on his birthday", "Ben played at least one track on"),
        ("what did Ben listen to on my birthday", "Ben played one track yesterday"),
        (
            "what did I listen to on Ben's birthday",
            "As far as I know, you didn’t play anyth",
        ),
    ):
        assert (await said(hass, sentence, as_alva)).startswith(answer), sentence


async def test_a_birthday_that_was_not_set_is_answered_with_what_to_do(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """In a sentence as in an action."""
    sentence = "what did I listen to on my birthday"
    assert await said(hass, sentence, as_alva) == (
        "I don’t know that birthday. "
        "You can add it in the options of their Spotify account."
    )
    key, words = await refusal(hass, as_alva, time_range="birthday", listener="Ben")
    assert key == "unknown_birthday"
    assert "options of the person’s Spotify account" in words


@pytest.mark.usefixtures("birthdays")
async def test_a_birthday_is_hidden_with_its_listener(
    hass: HomeAssistant,
    share: Share,  # noqa: F811 - a fixture
    as_alva: Context,
    as_ben: Context,
) -> None:
    """It is as unknown as that of a name that was made up; themselves may ask on."""
    share("ben", "private", birthday="07-13")
    for other in (as_alva, NOBODY):
        known = async_query_context(hass, await async_caller(hass, other))
        assert "ben" not in str(known.birthdays).casefold()
        assert "Ben" not in str(known.clock)
        bens = await refusal(hass, other, time_range="birthday_of_ben")
        assert bens == await refusal(hass, other, time_range="birthday_of_zoe")
        bens = await refusal(hass, other, time_range="birthday", listener="Ben")
        assert bens[0] == "unknown_listener"
    own = await asked(hass, as_ben, "get_plays", time_range="birthday", listener="me")
    assert own["time_range"]["start"] == "2026-07-13T00:00:00+02:00"
    reported = await said(hass, "what did we play on Ben's birthday", as_alva)
    assert reported == (
        await said(hass, "what did we play on Zoe's birthday", as_alva)
    ).replace("Zoe", "Ben")


@pytest.mark.usefixtures("birthdays")
async def test_at_a_satellite_the_asker_is_whose_it_is(
    hass: HomeAssistant,
    share: Share,  # noqa: F811 - a fixture
) -> None:
    """Where nobody knows who speaks, "my" is nobody's."""
    share("ben", "household", birthday="07-13", satellites=["assist_satellite.hall"])
    sentence = "what did we listen to on my birthday"
    hall = await said(hass, sentence, satellite_id="assist_satellite.hall")
    assert "on Monday" in hall
    kitchen = await said(hass, sentence, satellite_id="assist_satellite.kitchen")
    assert kitchen.startswith("I don’t know that birthday")


@pytest.mark.usefixtures("birthdays")
async def test_what_was_played_on_a_birthday_can_be_forgotten(
    hass: HomeAssistant, as_alva: Context
) -> None:
    """The same day is meant as in a question."""
    parameters = {"time_range": "birthday", "listener": "Ben"}
    counted = await asked(hass, as_alva, "delete_plays", **parameters, preview=True)
    played = await asked(hass, as_alva, "get_plays", **parameters)
    assert counted["play_count"] == played["total"]["play_count"] == 1


async def test_a_birthday_is_stored_without_its_year(
    hass: HomeAssistant,
    link: Link,  # noqa: F811 - a fixture
) -> None:
    """The page shows it again, also on 29 February; what is emptied is forgotten; no bug report has it."""
    entry = await link("alva", "history")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    options = hass.config_entries.options
    for chosen, saved, shown in (
        ("1984-02-29", "02-29", "2000-02-29"),
        ("1999-12-31", "12-31", "2000-12-31"),
        (None, None, None),
    ):
        form = await options.async_init(entry.entry_id)
        parameters = {"birthday": chosen} if chosen else {}
        await options.async_configure(form["flow_id"], parameters)
        await hass.async_block_till_done()
        assert entry.options.get("birthday") == saved
        form = await options.async_init(entry.entry_id)
        schema = form["data_schema"]
        assert schema is not None
        [field] = [each for each in schema.schema if str(each) == "birthday"]
        assert (field.description or {}).get("suggested_value") == shown
        options.async_abort(form["flow_id"])
        reported = await async_get_config_entry_diagnostics(hass, entry)
        in_options = reported["entry"]["options"].get("birthday")
        assert in_options == (REDACTED if saved else None)


async def test_what_is_no_date_is_refused_by_the_page(
    hass: HomeAssistant,
    link: Link,  # noqa: F811 - a fixture
) -> None:
    """The selector takes dates alone."""
    entry = await link("alva", "history")
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    form = await hass.config_entries.options.async_init(entry.entry_id)
    with pytest.raises(InvalidData):
        await hass.config_entries.options.async_configure(
            form["flow_id"], {"birthday": "29 February"}
        )
    assert "birthday" not in entry.options
