"""The voice assistants of the demo: the one that a house has, and one for each other language that Encore understands."""

from dataclasses import dataclass
from typing import Final

from .api import HomeAssistantApi

AGENT: Final = "conversation.home_assistant"
FIX: Final = "/api/repairs/issues/fix"
ISSUE: Final = ("encore", "voice_assistants")


@dataclass(frozen=True, slots=True)
class Assistant:
    """Who is asked in a language."""

    name: str
    language: str
    question: str
    window: str
    """What the question asks everybody's plays of."""


ASSISTANTS: Final = (
    Assistant(
        "Deutsch", "de", "Was haben wir gestern Abend gehört?", "yesterday_evening"
    ),
    Assistant(
        "Nederlands", "nl", "Wat hebben we gisteravond geluisterd?", "yesterday_evening"
    ),
    Assistant(
        "Français", "fr", "Qu'est-ce qu'on a écouté hier soir ?", "yesterday_evening"
    ),
    Assistant("Español", "es", "¿Qué escuchamos anoche?", "last_night"),
)


async def set_up_assistants(api: HomeAssistantApi) -> None:
    """Set up those that are not there yet; they are chosen at the top of the dialog of Assist."""
    async with api.socket() as socket:
        known = await socket.command("assist_pipeline/pipeline/list")
        names = {each["name"] for each in known["pipelines"]}
        for assistant in ASSISTANTS:
            if assistant.name in names:
                continue
            await socket.command(
                "assist_pipeline/pipeline/create",
                name=assistant.name,
                language=assistant.language,
                conversation_engine=AGENT,
                conversation_language=assistant.language,
                stt_engine=None,
                stt_language=None,
                tts_engine=None,
                tts_language=None,
                tts_voice=None,
                wake_word_entity=None,
                wake_word_id=None,
            )


async def let_encore_answer(api: HomeAssistantApi) -> None:
    """Have every voice assistant use Encore's agent, by the repair that offers it; nothing where it was answered before."""
    offered = await api.command("repairs/list_issues")
    if ISSUE not in {(each["domain"], each["issue_id"]) for each in offered["issues"]}:
        return
    known = await api.command("assist_pipeline/pipeline/list")
    domain, issue_id = ISSUE
    flow = await api.post(FIX, {"handler": domain, "issue_id": issue_id})
    chosen = {"voice_assistants": [each["id"] for each in known["pipelines"]]}
    await api.post(f"{FIX}/{flow['flow_id']}", chosen)
