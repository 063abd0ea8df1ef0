"""Everything that README and docs show works in the demo, as it stands there."""

from collections.abc import AsyncGenerator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import expect
import pytest
import pytest_asyncio
import yaml

from demo.errors import Refused
from demo.folder import DemoFolder
from demo.home import Home
from demo.link import entries
from demo.ports import any_port
from demo.show import settle_in
from tests.loopback import own_network

from .browser import visitor
from .conftest import allow_loopback, watched
from .examples import Example, examples, messages, sentences
from .waiting import until

DASHBOARD: Final = "shown"
PAST_DAYS: Final = 800
"""Long enough that this day had other years."""
STATISTICS_WITHIN_S: Final = 120
REFUSED: Final = {
    ("encore.cancel_job", "No background task 12 is running"),
    ("encore.get_play_count", "No plays of “Aurora Vale” found"),
    ("encore.replay", "No plays found to replay"),
    ("encore.play_media", "The last answer contains nothing that Spotify can play"),
}
"""What a home that has just begun is truly told: nothing long goes on, nobody heard that artist of another home, and no
room sounded yesterday; and what was on at eight, as the past of such a home is drawn, may be nothing."""
EXPORT: Final = "my_spotify_data.zip"


@dataclass(frozen=True, slots=True)
class Shown:
    """The demo's home, and what stands in it for the ids and paths that each home has of its own."""

    home: Home
    own: dict[str, Any]
    play: dict[str, Any]
    """The newest play that is over."""
    forgotten: Iterator[int]
    """The numbers under which something was forgotten, each of which can be brought back once."""

    def of_its_own(self, example: Any) -> Any:
        """Return an example with what each home has of its own put in."""
        if not isinstance(example, dict):
            return example
        media = f"{self.home.home_assistant.media}/"
        put_in: dict[str, Any] = {}
        for key, value in example.items():
            if isinstance(value, type(self.own.get(key))):
                put_in[key] = self.own[key]
            elif key == "id":
                put_in[key] = next(self.forgotten)
            elif isinstance(value, str):
                put_in[key] = value.replace("/media/", media)
            else:
                put_in[key] = self.of_its_own(value)
        return put_in


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def shown(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[Shown]:
    """Run the demo as script/demo does, with the docs' sentences of one's own in its configuration."""
    network = own_network(1)
    allow_loopback(network)
    path = tmp_path_factory.mktemp("shown")
    [own] = [one.yaml for one in examples() if "intents" in one.yaml]
    sentences_of_its_own = path / "config" / "custom_sentences" / own["language"]
    sentences_of_its_own.mkdir(parents=True)
    (sentences_of_its_own / "encore.yaml").write_text(yaml.safe_dump(own))
    with DemoFolder(path) as folder:
        async with Home(
            config=folder.config,
            spotify=folder.spotify,
            port=any_port(),
            simulator_port=any_port(),
            environment=watched(path),
            network=network,
            past_days=PAST_DAYS,
        ) as home:
            await settle_in(home, folder)
            [alva] = [
                one["entry_id"]
                for one in await entries(home.api)
                if one["title"].startswith("Alva")
            ]
            media = home.home_assistant.media
            await home.truth.do("export", person="alva", path=str(media / EXPORT))
            played = await home.api.act(
                "encore.get_plays", {"time_range": "all_time", "limit": 5}, answer=True
            )
            play, spare, *others = [
                one for one in played["plays"] if not one["in_progress"]
            ]
            forgotten = [
                await home.api.act(
                    "encore.delete_plays",
                    {"play_ids": [one["id"]], "preview": False},
                    answer=True,
                )
                for one in others
            ]
            yield Shown(
                home,
                {"config_entry_id": alva, "play_ids": [spare["id"]]},
                play,
                iter([one["undo_id"] for one in forgotten]),
            )


async def test_each_example_does_what_it_says(shown: Shown) -> None:
    """Actions are performed, in the order of the page; automations are valid, and their actions are performed."""
    failed = []
    for one in examples():
        try:
            if "action" in one.yaml:
                await perform(shown, one.yaml)
            elif "actions" in one.yaml:
                await hold_automation(shown, one)
        except Refused as refused:
            if not any(
                one.yaml.get("action") == action and said in str(refused)
                for action, said in REFUSED
            ):
                failed.append((one.place, str(refused)))
    assert failed == [], "\n".join(map(str, failed))


async def perform(shown: Shown, action: dict[str, Any]) -> None:
    """Perform an action as a script does; raises Refused."""
    action = shown.of_its_own(action)
    try:
        await run(shown, [action])
    except Refused as refused:
        if "requires 'response_variable'" not in str(refused):
            raise
        await run(shown, [{**action, "response_variable": "answer"}])


async def hold_automation(shown: Shown, one: Example) -> None:
    """Hold that an automation is valid, and perform its actions; raises Refused."""
    parts = {
        key: one.yaml[key]
        for key in ("triggers", "conditions", "actions")
        if key in one.yaml
    }
    found = await shown.home.api.command("validate_config", **parts)
    assert dict.fromkeys(parts) == {
        key: said["error"] for key, said in found.items()
    }, one.place
    happened = {**shown.play, "artist": "Somebody", "days": 100, "listener": "Alva"}
    state = {"state": "on", "attributes": happened}
    await run(shown, parts["actions"], trigger={**happened, "to_state": state})


async def run(
    shown: Shown, sequence: list[dict[str, Any]], **variables: dict[str, Any]
) -> None:
    """Run a script; raises Refused."""
    await shown.home.api.command(
        "execute_script", sequence=sequence, variables=variables
    )


async def test_each_message_of_the_websocket_is_answered(shown: Shown) -> None:
    """With what it asks for."""
    assert messages()
    for message in messages():
        fields = {key: message[key] for key in message.keys() - {"id", "type"}}
        if "play" in fields:
            fields["play"] = shown.play["id"]
        await shown.home.api.command(message["type"], **fields)


async def test_each_card_is_shown(shown: Shown, artifacts: Path) -> None:
    """On a dashboard of them all, and each dashboard that makes itself on one of its own."""
    cards = [one.yaml for one in examples() if "type" in one.yaml]
    own = [one.yaml for one in examples() if "strategy" in one.yaml]
    assert cards
    assert own
    allow_loopback(own_network(1))
    async with shown.home.api.socket() as socket:
        for number, config in enumerate(
            [{"views": [{"title": "All", "cards": cards}]}, *own]
        ):
            path = f"{DASHBOARD}-{number}"
            await socket.command(
                "lovelace/dashboards/create", url_path=path, title=path
            )
            await socket.command("lovelace/config/save", url_path=path, config=config)
    async with visitor(shown.home.url, shown.home.owner, artifacts) as guest:
        for number in range(len(own) + 1):
            await guest.goes(f"{DASHBOARD}-{number}")
            await expect(guest.page.locator("hui-error-card")).to_have_count(0)
            shows = guest.page.locator("hui-view ha-card")
            await expect(
                shows.nth(len(cards) - 1 if number == 0 else 0)
            ).to_be_visible()


async def test_each_sentence_is_understood(shown: Shown) -> None:
    """Those of docs/voice.md, and those of one's own; the last ones go on with what was said before."""
    conversation = None
    unknown = []
    for sentence in [*sentences(), "Which bands ruled our year?"]:
        said = await shown.home.api.command(
            "conversation/process",
            text=sentence,
            conversation_id=conversation,
            agent_id="conversation.encore",
        )
        conversation = said["conversation_id"]
        if said["response"]["response_type"] == "error":
            unknown.append((sentence, said["response"]["speech"]["plain"]["speech"]))
    assert unknown == []


async def test_an_assistant_holds_a_dialogue(shown: Shown) -> None:
    """Six turns: questions that go on, a command of Home Assistant's in between, and a sentence that is nobody's."""
    known = await shown.home.api.command("assist_pipeline/pipeline/list")
    [assistant] = [each for each in known["pipelines"] if each["language"] == "en"]
    assert assistant["conversation_engine"] == "conversation.encore"
    turns = {
        "How long did we listen to music yesterday?": "yesterday",
        "and last week": "last week",
        "what time is it": ":",
        "and last month": "last month",
        "how far is it to the moon": "couldn't understand",
        "who was our top artist last year": "top artist",
    }
    conversation = None
    for sentence, expected in turns.items():
        output = await ended(shown, assistant["id"], sentence, conversation)
        conversation = output["conversation_id"]
        speech = output["response"]["speech"]["plain"]["speech"]
        assert expected in speech, (sentence, speech)


async def ended(
    shown: Shown, pipeline: str, text: str, conversation: str | None
) -> dict[str, Any]:
    """Say something to a voice assistant, as the dialog of Assist does; return the output of its intent stage."""
    async with shown.home.api.socket() as socket:
        await socket.send(
            "assist_pipeline/run",
            start_stage="intent",
            end_stage="intent",
            input={"text": text},
            pipeline=pipeline,
            conversation_id=conversation,
        )
        while True:
            message = await socket.receive()
            if message["type"] == "event" and message["event"]["type"] == "intent-end":
                output: dict[str, Any] = message["event"]["data"]["intent_output"]
                return output


async def test_what_examples_name_is_there(shown: Shown) -> None:
    """Entities and statistics; a room has statistics once something sounded in it."""
    api = shown.home.api
    rooms = await api.command("config/area_registry/list")
    named = {name: one.place for one in examples() for name in one.named()}
    missing: dict[str, str] = {}

    async def none_is_missing() -> bool:
        """Look again: the past becomes statistics little by little."""
        there = {
            *(one["entity_id"] for one in await api.get("/api/states")),
            *(
                one["statistic_id"]
                for one in await api.command("recorder/list_statistic_ids")
            ),
            *(f"encore:room_{room['area_id']}_minutes" for room in rooms),
        }
        missing.clear()
        missing.update({name: at for name, at in named.items() if name not in there})
        return not missing

    try:
        await until(none_is_missing, within=STATISTICS_WITHIN_S)
    except AssertionError:
        assert missing == {}
        raise
