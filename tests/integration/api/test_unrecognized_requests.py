"""What was said and not understood: kept for administrators, without who said it, until it is cleared."""

from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.commands.system.not_understood import (
    LONGEST,
    MOST,
    NotUnderstood,
    async_not_understood,
)
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import Unauthorized
from tests.integration.running import async_act

from .test_sentences import said


async def reported(hass: HomeAssistant, context: Context) -> list[Any]:
    """Return what the action tells."""
    answer = await async_act(hass, "get_unrecognized_requests", context)
    sentences = answer["sentences"]
    assert isinstance(sentences, list)
    return sentences


async def test_what_is_not_understood_is_stored_until_it_is_cleared(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """With when and in which language, the newest first; what is understood, or is not ours, is not."""
    await said(hass, "what did we hear about the election", as_ben)
    await said(hass, "what did we hear yesterday", as_ben)
    await said(hass, "what did the fox say", as_ben)
    await said(hass, "what was playing when the phone rang", as_ben)
    assert await reported(hass, as_alva) == [
        {
            "at": "2026-07-15T12:30:00+00:00",
            "language": "en",
            "sentence": "what was playing when the phone rang",
        },
        {
            "at": "2026-07-15T12:30:00+00:00",
            "language": "en",
            "sentence": "what did we hear about the election",
        },
    ]
    await async_act(hass, "clear_unrecognized_requests", as_alva)
    assert await reported(hass, as_alva) == []


async def test_only_administrators_see_and_clear_it(
    hass: HomeAssistant, house: MockConfigEntry, as_ben: Context
) -> None:
    """Others are refused."""
    with pytest.raises(Unauthorized):
        await reported(hass, as_ben)
    with pytest.raises(Unauthorized):
        await async_act(hass, "clear_unrecognized_requests", as_ben)


async def test_not_more_than_some_are_stored_and_none_in_full_length(
    hass: HomeAssistant, hass_storage: dict[str, Any]
) -> None:
    """The oldest goes, and a restart changes nothing."""
    saved = async_not_understood(hass)
    for number in range(MOST + 5):
        await saved.async_store_sentence(f"{number} {'x' * 10_000}", "en")
    sentences = await saved.async_all()
    assert (len(sentences), sentences[-1]["sentence"][:2]) == (MOST, "5 ")
    assert {len(each["sentence"]) for each in sentences} == {LONGEST}
    hass_storage["encore.not_understood"] = {
        "version": 1,
        "data": list(reversed(sentences)),
    }
    assert await NotUnderstood(hass).async_all() == sentences


async def test_half_a_character_does_not_keep_others_from_being_saved(
    hass: HomeAssistant,
) -> None:
    """JSON has no place for one half of a surrogate pair."""
    saved = NotUnderstood(hass)
    await saved.async_store_sentence("what did \ud800 hear", "en")
    [sentence] = await saved.async_all()
    assert sentence["sentence"] == "what did ? hear"
