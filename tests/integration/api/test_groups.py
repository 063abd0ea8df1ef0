"""Groups of listeners: named in the options, asked about through every door, and told as far as their members are."""

from pathlib import Path
from typing import Any

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)

from custom_components.encore.api.llm_tools import for_model
from custom_components.encore.const import DOMAIN
from custom_components.encore.diagnostics import async_get_config_entry_diagnostics
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.runtime.store.history_service import DATA_HISTORY
from homeassistant.auth.models import RefreshToken
from homeassistant.components.conversation.agent_manager import get_agent_manager
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import ServiceValidationError

from .conftest import account
from .every_interface import Interfaces
from .test_history_options import choose
from .test_sentences import AGENT, said
from .test_visibility import Share, asked, plays, share  # noqa: F401 - share is a fixture

NOBODY = Context()
KIDS = {"the kids": ["spotify:ben", "spotify:cleo"]}


@pytest.fixture
def kids(hass: HomeAssistant, house: MockConfigEntry) -> MockConfigEntry:
    """Name Ben and Cleo the kids; return the History entry."""
    hass.config_entries.async_update_entry(house, options={"listener_groups": KIDS})
    return house


async def group_page(
    hass: HomeAssistant, entry: MockConfigEntry, group: str | None = None
) -> dict[str, Any]:
    """Open the page of a group that there is, or of another one."""
    options = hass.config_entries.options
    menu = await options.async_init(entry.entry_id)
    page = await options.async_configure(menu["flow_id"], {"next_step_id": "groups"})
    if page["step_id"] == "groups":
        chosen = {"group": group} if group else {}
        page = await options.async_configure(page["flow_id"], chosen)
    assert page["step_id"] == "group"
    return dict(page)


def shown(page: dict[str, Any]) -> tuple[Any, Any, list[str]]:
    """Return the name and the members that a page shows, and who is offered."""
    name, members = page["data_schema"].schema.items()
    suggested = [(each[0].description or {}).get("suggested_value") for each in (name, members)]  # fmt: skip
    offered = [each["label"] for each in members[1].config["options"]]
    return suggested[0], suggested[1], offered


async def refused(hass: HomeAssistant, context: Context, listener: str) -> object:
    """Return how a question about somebody is refused, without the name."""
    with pytest.raises(ServiceValidationError) as error:
        await asked(hass, context, "get_top", of="artists", listener=listener)
    words = dict(error.value.translation_placeholders or {})
    return error.value.translation_key, words.pop("name") and words


async def test_a_group_is_named_and_asked_about(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """The first page asks for it at once; from then on it is a listener like others."""
    chosen = {"group_name": " The kids ", "group_members": KIDS["the kids"]}
    await choose(hass, house, "groups", chosen)
    assert house.options["listener_groups"] == KIDS
    assert house.state is ConfigEntryState.LOADED
    answer = await asked(
        hass, as_alva, "get_plays", listener="the kids", time_range="this_week"
    )
    assert (answer["groups"], answer["listeners"]) == (["the kids"], ["Ben", "Cleo"])
    assert answer["speech"].startswith("The kids played at least three tracks so far")
    assert (
        await said(hass, "What did the kids listen to this week?") == (answer["speech"])
    )


async def test_a_group_is_changed_renamed_and_removed(
    hass: HomeAssistant, kids: MockConfigEntry
) -> None:
    """The page shows what holds; without members the group is gone, and the others stay."""
    options = hass.config_entries.options
    page = await group_page(hass, kids)
    assert shown(page) == (None, None, ["Alva Lind (alva_1999)", "Ben", "Cleo"])
    both = {"group_name": "die Großen", "group_members": ["spotify:alva"]}
    await options.async_configure(page["flow_id"], both)
    await hass.async_block_till_done()
    page = await group_page(hass, kids, "the kids")
    assert shown(page)[:2] == ("the kids", KIDS["the kids"])
    renamed = {"group_name": "Die Kinder", "group_members": ["spotify:ben"]}
    await options.async_configure(page["flow_id"], renamed)
    await hass.async_block_till_done()
    assert kids.options["listener_groups"] == {
        "die Großen": ["spotify:alva"],
        "die Kinder": ["spotify:ben"],
    }
    page = await group_page(hass, kids, "die Kinder")
    emptied = {"group_name": "die Kinder", "group_members": []}
    done = await options.async_configure(page["flow_id"], emptied)
    await hass.async_block_till_done()
    assert done["type"] == "create_entry"
    assert kids.options["listener_groups"] == {"die Großen": ["spotify:alva"]}


@pytest.mark.parametrize(
    ("name", "members", "errors"),
    [
        ("Ben", ["spotify:cleo"], {"group_name": "group_named_as_listener"}),
        ("the  BEN", ["spotify:cleo"], {"group_name": "group_named_as_listener"}),
        ("alva", ["spotify:cleo"], {"group_name": "group_named_as_listener"}),
        ("alva_1999", ["spotify:cleo"], {"group_name": "group_named_as_listener"}),
        ("spotify:ben", ["spotify:cleo"], {"group_name": "group_named_as_listener"}),
        ("Kids", ["spotify:cleo"], {"group_name": "group_named_twice"}),
        ("Everyone", ["spotify:cleo"], {"group_name": "group_name_taken"}),
        ("the me", ["spotify:cleo"], {"group_name": "group_name_taken"}),
        ("  ", ["spotify:cleo"], {"group_name": "group_name_length"}),
        ("x" * 51, ["spotify:cleo"], {"group_name": "group_name_length"}),
        ("the others", [], {"group_members": "group_without_members"}),
    ],
)
async def test_a_name_that_cannot_be_is_refused_with_words(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    name: str,
    members: list[str],
    errors: dict[str, str],
) -> None:
    """A listener's, another group's, a word for somebody; and another one can be given at once."""
    page = await group_page(hass, kids)
    chosen = {"group_name": name, "group_members": members}
    options = hass.config_entries.options
    page = dict(await options.async_configure(page["flow_id"], chosen))
    assert (page["type"], page["errors"]) == ("form", errors)
    assert shown(page)[1] == members
    better = {"group_name": "the others", "group_members": ["spotify:cleo"]}
    done = await options.async_configure(page["flow_id"], better)
    await hass.async_block_till_done()
    assert done["type"] == "create_entry"
    assert kids.options["listener_groups"] == KIDS | {"the others": ["spotify:cleo"]}


@pytest.mark.parametrize(
    "question", ["get_plays", "get_listening_time", "get_sessions"]
)
async def test_each_interface_answers_about_a_group(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    ben: MockUser,
    hass_client: ClientSessionGenerator,
    hass_ws_client: WebSocketGenerator,
    question: str,
) -> None:
    """In the same words, and with the members' plays."""
    refresh: RefreshToken = await hass.auth.async_create_refresh_token(
        ben, "https://example.org/"
    )
    token = hass.auth.async_create_access_token(refresh)
    interfaces = Interfaces(hass, ben, token, hass_client, hass_ws_client).all()
    parameters = {"listener": "the kids", "time_range": "this_week"}
    action = await interfaces.pop("action")(question, **parameters)
    assert action.data is not None
    assert action.data["groups"] == ["the kids"]
    assert action.data["speech"].startswith("The kids ")
    for name, ask in interfaces.items():
        reply = await ask(question, **parameters)
        expected = for_model(action.data) if name == "tool" else action.data
        assert reply.data == expected, name


@pytest.mark.parametrize(
    ("sentence", "begins"),
    [
        ("what did the kids listen to yesterday", "The kids played one track"),
        ("what are the kids' top songs this week", "The kids’ top track"),
        ("what are the kids listening to", "As far as I know, the kids aren’t playing"),
        ("how often did the kids hear ember", "The kids have played “Ember”"),
        ("how long did the kids listen yesterday", "The kids listened for three"),
    ],
)
async def test_sentences_name_a_group(
    hass: HomeAssistant, kids: MockConfigEntry, sentence: str, begins: str
) -> None:
    """They reach us, and are answered as of several."""
    assert (await said(hass, sentence)).startswith(begins)


async def test_a_conversation_goes_on_about_a_group(
    hass: HomeAssistant, kids: MockConfigEntry, as_alva: Context
) -> None:
    """What follows may name one too."""
    turn = "what did I listen to yesterday"
    await said(hass, turn, as_alva, conversation_id="kitchen")
    answer = await said(
        hass,
        "and what about the kids",
        as_alva,
        conversation_id="kitchen",
        agent_id=AGENT,
    )
    assert answer.startswith("The kids played one track yesterday")


async def test_a_group_is_reported_without_who_is_private(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    share: Share,  # noqa: F811 - a fixture
    as_alva: Context,
    as_ben: Context,
) -> None:
    """As if they were not in it; themselves are told of all."""
    when = {"listener": "the kids", "time_range": "this_week"}
    whole = await asked(hass, as_alva, "get_plays", **when)
    share("ben", "private")
    assert await asked(hass, as_ben, "get_plays", **when) == whole
    for other in (as_alva, NOBODY):
        reply = await asked(hass, other, "get_plays", **when)
        assert plays(reply) == 0 and reply["listeners"] == ["Cleo"]
        assert reply["groups"] == ["the kids"]
        assert "Ben" not in str(reply)
    options = {"listener_groups": {"the kids": ["spotify:cleo"]}}
    hass.config_entries.async_update_entry(kids, options=options)
    assert await asked(hass, as_alva, "get_plays", **when) == reply


async def test_a_group_of_who_is_private_is_there_for_nobody_else(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    share: Share,  # noqa: F811 - a fixture
    as_alva: Context,
    as_ben: Context,
) -> None:
    """Neither by its name, nor among those that are known, nor for an account of its own; not in a sentence either."""
    share("ben", "private")
    share("cleo", "private")
    for other in (as_alva, NOBODY):
        for name in ("the kids", "Kids"):
            assert await refused(hass, other, name) == await refused(hass, other, "Zoe")
    for action, key in (
        ("delete_plays", "unknown_listener"),
        ("get_playlists", "unknown_account"),
    ):
        with pytest.raises(ServiceValidationError) as error:
            await asked(hass, as_alva, action, listener="the kids")
        assert error.value.translation_key == key
    sentence = "what did {} listen to this week"
    reply = await said(hass, sentence.format("the kids"), as_alva)
    assert reply.replace("kids", "zoes") == await said(
        hass, sentence.format("the zoes"), as_alva
    )
    own = await asked(
        hass, as_ben, "get_plays", listener="the kids", time_range="this_week"
    )
    assert (plays(own), own["listeners"]) == (3, ["Ben"])


async def test_what_sentences_begin_with_names_nobody_private(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    share: Share,  # noqa: F811 - a fixture
) -> None:
    """Home Assistant takes them for everybody alike: a group whose members are all private adds none."""
    with_group = get_agent_manager(hass).trigger_sentences
    share("ben", "private")
    share("cleo", "private")
    await hass.async_block_till_done()
    without = get_agent_manager(hass).trigger_sentences
    assert "[the] the kids" in str(with_group)
    assert "kids" not in str(without)


async def test_a_member_whose_account_goes_stays_as_long_as_the_history(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    as_alva: Context,
) -> None:
    """The page still offers them as long as they are in it; when it is forgotten too, the others are left."""
    await hass.config_entries.async_remove(accounts["ben"].entry_id)
    when = {"listener": "the kids", "time_range": "this_week"}
    assert plays(await asked(hass, as_alva, "get_plays", **when)) == 3
    page = await group_page(hass, kids, "the kids")
    assert shown(page)[1] == KIDS["the kids"]
    assert "Ben" in shown(page)[2]
    assert "Ben" not in shown(await group_page(hass, kids))[2]
    await asked(hass, as_alva, "delete_plays", listener="Ben")
    left = await asked(hass, as_alva, "get_plays", **when)
    assert plays(left) == 0


async def test_a_member_who_is_gone_and_private_is_not_offered(
    hass: HomeAssistant,
    kids: MockConfigEntry,
    share: Share,  # noqa: F811 - a fixture
    accounts: dict[str, MockConfigEntry],
) -> None:
    """The page of a group tells an administrator no more than an answer does."""
    share("ben", "private")
    await hass.config_entries.async_remove(accounts["ben"].entry_id)
    page = await group_page(hass, kids, "the kids")
    assert shown(page)[1] == ["spotify:cleo"]
    assert "Ben" not in str(shown(page))


async def test_what_is_for_one_listener_refuses_a_group(
    hass: HomeAssistant, kids: MockConfigEntry, as_alva: Context, tmp_path: Path
) -> None:
    """And names the listeners in it."""
    hass.config.allowlist_external_dirs = {str(tmp_path)}
    refusals: list[tuple[str, dict[str, object]]] = [
        ("delete_plays", {"preview": True}),
        ("export_history", {"path": str(tmp_path / "kids.zip")}),
        ("create_playlist", {"question": "top"}),
        ("get_playlists", {}),
    ]
    for action, parameters in refusals:
        with pytest.raises(ServiceValidationError) as error:
            await hass.services.async_call(
                *(DOMAIN, action, {"listener": "the kids", **parameters}),
                blocking=True,
                return_response=True,
                context=as_alva,
            )
        assert error.value.translation_key == "group_for_one", action
        assert error.value.translation_placeholders == {
            "name": "the kids",
            "known": "Ben, Cleo",
        }
        assert str(error.value) == (
            "“the kids” is a listener group. Select one listener: Ben, Cleo"
        )


async def test_a_listener_who_is_linked_later_is_meant_first(
    hass: HomeAssistant, kids: MockConfigEntry, as_alva: Context
) -> None:
    """Somebody may be called as a group is; the page then wants another name for it."""
    entry = account("kids", "The Kids")
    entry.add_to_hass(hass)
    options = {"privacy": "household"}
    hass.config_entries.async_update_entry(entry, options=options)
    entry.mock_state(hass, entry.state.SETUP_RETRY)
    answer = await asked(hass, as_alva, "get_plays", listener="the kids")
    assert (answer["listeners"], answer["groups"]) == (["The Kids"], [])
    page = await group_page(hass, kids, "the kids")
    page = dict(
        await hass.config_entries.options.async_configure(
            page["flow_id"],
            {"group_name": "the kids", "group_members": ["spotify:ben"]},
        )
    )
    assert page["errors"] == {"group_name": "group_named_as_listener"}


async def test_the_page_opens_while_the_history_cannot_be_read(
    hass: HomeAssistant, kids: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who is linked is known without it."""

    async def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr(hass.data[DATA_HISTORY], "async_ask", fail)
    page = await group_page(hass, kids, "the kids")
    assert shown(page)[1] == KIDS["the kids"]


async def test_groups_are_not_in_what_is_attached_to_a_bug_report(
    hass: HomeAssistant, kids: MockConfigEntry
) -> None:
    """Neither their names nor who is in them."""
    reply = str(await async_get_config_entry_diagnostics(hass, kids))
    assert "kids" not in reply
    assert "spotify:ben" not in reply


async def test_a_search_looks_through_what_the_members_saved(
    hass: HomeAssistant, kids: MockConfigEntry, as_alva: Context
) -> None:
    """In the history it is about them, and about nobody else."""
    found = await asked(
        hass, as_alva, "search", text="Ember", listener="the kids", where="history"
    )
    assert found["listeners"] == ["Ben", "Cleo"]
    assert found["found"][0]["play_count"] == 3
