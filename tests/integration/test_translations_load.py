"""Home Assistant itself reads the texts of each language."""

import pytest

from custom_components.encore.const import DOMAIN
from homeassistant.core import HomeAssistant
from homeassistant.helpers.translation import async_get_translations
from tests.unit.test_translations import ENGLISH, LANGUAGES, texts_in


@pytest.mark.parametrize("language", LANGUAGES)
async def test_home_assistant_takes_every_text_of_a_language(
    hass: HomeAssistant, language: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It reads the file without a complaint, and shows what stands in it."""
    said = texts_in(language)
    for section in {path.partition(".")[0] for path in said}:
        shown = await async_get_translations(hass, language, section, {DOMAIN})
        assert shown == {
            f"component.{DOMAIN}.{path}": said.get(path, text)
            for path, text in ENGLISH.items()
            if path.startswith(f"{section}.")
        }
    assert [each for each in caplog.records if each.levelname == "ERROR"] == []
