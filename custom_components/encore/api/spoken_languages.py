"""The languages in which Assist is used in this Home Assistant.

What Home Assistant listens for is parsed in its event loop, that of each language anew whenever any of it comes or goes. So
a language that nobody speaks costs everybody time, and is left out where Home Assistant knows who speaks what.
"""

from contextlib import ExitStack
from typing import Final

from homeassistant.const import EVENT_CORE_CONFIG_UPDATE, MATCH_ALL
from homeassistant.core import CALLBACK_TYPE, Event, HomeAssistant, callback

_ASSIST_PIPELINE: Final = "assist_pipeline"
_FALLBACK: Final = "en"


@callback
def async_spoken_languages(
    hass: HomeAssistant, understood: frozenset[str]
) -> frozenset[str]:
    """Return those of the understood languages that the house or one of its voice assistants speaks.

    All of them where there are no voice assistants, for then each sentence comes with a language of its own; English
    where none is understood.
    """
    if _ASSIST_PIPELINE not in hass.config.components:
        return understood
    # Home Assistant asks for its libraries only where somebody has voice assistants.
    from homeassistant.components.assist_pipeline import async_get_pipelines  # noqa: PLC0415

    spoken = {hass.config.language}
    for pipeline in async_get_pipelines(hass):
        spoken |= {pipeline.language, pipeline.conversation_language} - {MATCH_ALL}
    return understood & {each.partition("-")[0] for each in spoken} or frozenset(
        {_FALLBACK}
    )


@callback
def async_follow_spoken_languages(
    hass: HomeAssistant, changed: CALLBACK_TYPE
) -> CALLBACK_TYPE:
    """Call `changed` whenever the house or a voice assistant may speak another language; return what ends it."""

    @callback
    def updated(_event: Event) -> None:
        changed()

    async def pipeline_changed(*_change: object) -> None:
        changed()

    with ExitStack() as ending:
        ending.callback(hass.bus.async_listen(EVENT_CORE_CONFIG_UPDATE, updated))
        if _ASSIST_PIPELINE in hass.config.components:
            from homeassistant.components.assist_pipeline.pipeline import (  # noqa: PLC0415
                KEY_ASSIST_PIPELINE,
            )

            pipelines = hass.data[KEY_ASSIST_PIPELINE].pipeline_store
            ending.callback(pipelines.async_add_listener(pipeline_changed))
        return ending.pop_all().close
