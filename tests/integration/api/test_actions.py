"""The actions of automations, scripts and dashboards."""

import json
from pathlib import Path
from typing import Any

import probatio
import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry, MockUser

from custom_components.encore.api.operations import ACTIONS
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import (
    ImportRefused,
    Refusal,
    StoreUnavailable,
)
from custom_components.encore.runtime.error_translation import translated_errors
from homeassistant.core import Context, HomeAssistant
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from tests.integration.running import async_act as act


async def test_every_question_is_an_action(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """The registry decides which actions there are."""
    actions = hass.services.async_services_for_domain(DOMAIN)
    assert set(actions) == set(ACTIONS)


async def test_plays_answers_with_data_and_speech(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """An automation, which is nobody, asks for everyone's plays."""
    answer = await act(hass, "get_plays", time_range="last_night")
    assert answer["total"] == {"play_count": 5, "minutes": 17}
    assert [play["title"] for play in answer["plays"]][0] == "Ember"
    assert answer["speech"].startswith("Five tracks were played last night")
    json.dumps(answer)


async def test_me_is_the_user_who_calls(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context, as_ben: Context
) -> None:
    """The listener of a user's person is who the user is."""
    answer = await act(hass, "get_top", as_ben, of="artists", listener="me", limit=1)
    assert answer["listeners"] == ["Ben"]
    assert answer["speech"].startswith("Your top artist since Monday is Kite Season")
    answer = await act(
        hass, "get_plays", as_alva, time_range="last_night", listener="me"
    )
    assert answer["listeners"] == ["Alva Lind"]
    answer = await act(hass, "get_plays", time_range="last_night", listener="me")
    assert answer["assumed"] == ["everyone"]


async def test_a_room_may_be_an_area_id_or_a_name(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """The user interface sends ids, people write names."""
    for room in ("kitchen", "Kitchen"):
        answer = await act(hass, "get_played_at", moment="yesterday 20:03", room=room)
        assert [play["title"] for play in answer["plays"]] == ["Glass"]


async def test_values_of_yaml_are_understood(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """A year without quotes is a number in YAML, and a limit from a template may be a text."""
    answer = await act(hass, "get_top", of="tracks", time_range=2019, limit="3")
    assert answer["time_range"]["name"] == "2019"


async def test_a_thing_is_counted_by_name_and_by_uri(
    hass: HomeAssistant, house: MockConfigEntry, as_alva: Context
) -> None:
    """A dashboard has the URI of what is playing, people have its name."""
    by_name, by_uri = [
        await act(
            hass, "get_play_count", as_alva, item=thing, type="track", listener="me"
        )
        for thing in ("EMBER", "https://open.spotify.com/intl-de/track/ember?si=1")
    ]
    assert by_name == by_uri
    assert by_name["item"]["uri"] == "spotify:track:ember"
    assert by_name["total"] == {"play_count": 5, "minutes": 17}


@pytest.mark.parametrize(
    ("action", "data", "key"),
    [
        ("get_plays", {"time_range": "tomorrow"}, "future_window"),
        ("get_plays", {"time_range": "june_31"}, "unknown_window"),
        (
            "get_plays",
            {"start_time": "2026-07-02", "end_time": "2026-07-01"},
            "inverted_window",
        ),
        (
            "get_plays",
            {"time_range": "today", "end_time": "2026-07-01"},
            "window_twice",
        ),
        ("get_plays", {"listener": "Bob"}, "unknown_listener"),
        ("get_top", {"room": "bath tub"}, "unknown_room"),
        ("get_top", {"device": "gramophone"}, "unknown_device"),
        ("get_played_at", {"moment": "8 pm", "room": "here"}, "unknown_here"),
        ("get_play_count", {"item": "never heard"}, "unknown_thing"),
        ("get_on_this_day", {"date": "july"}, "unknown_window"),
        ("get_played_at", {"moment": "tomorrow 8:00"}, "future_window"),
    ],
)
async def test_bad_input_is_the_callers_fault(
    hass: HomeAssistant,
    house: MockConfigEntry,
    action: str,
    data: dict[str, Any],
    key: str,
) -> None:
    """What cannot be answered is a validation error with a message in the user's language."""
    with pytest.raises(ServiceValidationError) as refused:
        await act(hass, action, **data)
    assert refused.value.translation_key == key
    message = str(refused.value)
    assert message != key
    assert "{" not in message


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("get_top", {"of": "shoes"}),
        ("get_top", {"limit": 0}),
        ("get_top", {"limit": 101}),
        ("get_plays", {"time_range": ""}),
        ("get_plays", {"time_range": "x" * 10_000}),
        ("get_plays", {"colour": "red"}),
        ("get_played_at", {}),
        ("get_top", {"limit": True}),
        ("get_plays", {"minimum_played": True}),
        ("get_jobs", {"limit": True}),
        ("get_queue", {"limit": True}),
        ("set_sleep_timer", {"room": "kitchen", "minutes": True}),
        ("undo_deletion", {"id": True}),
    ],
)
async def test_what_no_schema_allows_is_refused(
    hass: HomeAssistant, house: MockConfigEntry, action: str, data: dict[str, Any]
) -> None:
    """The schema is derived from the question's parameters, and true is no number."""
    with pytest.raises(probatio.Invalid):
        await act(hass, action, **data)


async def test_questions_are_answered_without_any_entry_loaded(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """The history belongs to no account, and opens when it is asked."""
    await hass.config_entries.async_unload(house.entry_id)
    answer = await act(hass, "get_plays", time_range="last_night")
    assert answer["total"]["play_count"] == 5


async def test_who_is_gone_may_not_ask(
    hass: HomeAssistant, house: MockConfigEntry, ben: MockUser, as_ben: Context
) -> None:
    """A user who was switched off, or deleted, gets no answer."""
    ben.is_active = False
    with pytest.raises(Unauthorized):
        await act(hass, "get_plays", as_ben)
    with pytest.raises(Unauthorized):
        await act(hass, "get_plays", Context(user_id="nobody"))


ROWS = [
    {
        "ts": f"2024-03-0{day}T20:00:00Z",
        "username": "alva",
        "platform": "Android OS",
        "ms_played": 180_000,
        "conn_country": "DE",
        "master_metadata_track_name": "Ember",
        "master_metadata_album_artist_name": "Kite Season",
        "master_metadata_album_album_name": "Hollow",
        "spotify_track_uri": "spotify:track:4ember0000000000000000",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    }
    for day in range(1, 6)
]


@pytest.fixture
def export(config_folder: Path) -> Path:
    """Return an extended streaming history in a folder that Home Assistant may read."""
    folder = config_folder / "www" / "my_spotify_data"
    folder.mkdir(parents=True)
    file = folder / "Streaming_History_Audio_2024_0.json"
    file.write_text(json.dumps(ROWS), encoding="utf-8")
    return folder


@pytest.fixture
def readable(hass: HomeAssistant, config_folder: Path) -> None:
    """Let Home Assistant read its www folder, as it does by default."""
    hass.config.allowlist_external_dirs = {str(config_folder / "www")}


@pytest.mark.usefixtures("readable")
async def test_an_administrator_imports_an_export(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    export: Path,
    as_alva: Context,
) -> None:
    """The rows become plays of the account's listener, and every row is accounted for."""
    entry_id = accounts["cleo"].entry_id
    report = await act(
        hass, "import_history", as_alva, config_entry_id=entry_id, path=str(export)
    )
    assert (report["rows"], report["stored"], report["duplicates"]) == (5, 5, 0)
    assert report["files"][0]["name"].endswith("Streaming_History_Audio_2024_0.json")
    assert report["files"][0]["refused"] is None
    answer = await act(hass, "get_plays", time_range="2024", listener="Cleo")
    assert answer["total"] == {"play_count": 5, "minutes": 15}
    again = await act(
        hass, "import_history", as_alva, config_entry_id=entry_id, path=str(export)
    )
    assert (again["rows"], again["stored"]) == (5, 0)


@pytest.mark.usefixtures("readable")
async def test_an_import_may_run_without_a_report(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    export: Path,
    as_alva: Context,
) -> None:
    """The report is optional."""
    await hass.services.async_call(
        DOMAIN,
        "import_history",
        {"config_entry_id": accounts["cleo"].entry_id, "path": str(export)},
        blocking=True,
        context=as_alva,
    )
    answer = await act(hass, "get_plays", time_range="2024")
    assert answer["listeners"] == []
    assert answer["total"]["play_count"] == 5


@pytest.mark.usefixtures("readable")
async def test_only_administrators_import(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    export: Path,
    as_ben: Context,
) -> None:
    """An import changes what is kept, which neither users nor automations may."""
    data = {"config_entry_id": accounts["ben"].entry_id, "path": str(export)}
    for context in (as_ben, Context()):
        with pytest.raises(Unauthorized):
            await act(hass, "import_history", context, **data)


@pytest.mark.usefixtures("readable")
async def test_an_import_needs_an_account_and_a_path_that_may_be_read(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    export: Path,
    config_folder: Path,
    as_alva: Context,
) -> None:
    """Another entry, a file elsewhere, and one that is not there are each refused by name."""
    entry_id = accounts["alva"].entry_id
    for refused_id, path, key in (
        (house.entry_id, export, "not_an_account"),
        ("nothing", export, "not_an_account"),
        (entry_id, config_folder / ".storage" / "auth", "path_not_allowed"),
        (entry_id, export / ".." / ".." / "secrets.yaml", "path_not_allowed"),
        (entry_id, export / "elsewhere.zip", "import_not_found"),
    ):
        with pytest.raises(ServiceValidationError) as refused:
            await act(
                hass,
                "import_history",
                as_alva,
                config_entry_id=refused_id,
                path=str(path),
            )
        assert refused.value.translation_key == key
        assert "{" not in str(refused.value)


@pytest.mark.usefixtures("readable")
@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("a\0b.zip", "path_bad"),
        ("a\0/b.zip", "path_bad"),
        ("half \ud83d.zip", "path_bad"),
        ("x" * 300 + ".zip", "import_not_found"),
        ("x/" * 3000 + "y.zip", "import_not_found"),
    ],
    ids=["nul", "folder_with_nul", "half_a_character", "long_name", "long_path"],
)
async def test_a_path_that_no_file_can_have_is_refused_in_words(
    hass: HomeAssistant,
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    export: Path,
    as_alva: Context,
    name: str,
    key: str,
) -> None:
    """Neither an import nor an export ends in a traceback."""
    path = f"{export.parent}/{name}"
    data = {"config_entry_id": accounts["alva"].entry_id, "path": path}
    with pytest.raises(ServiceValidationError) as refused:
        await act(hass, "import_history", as_alva, **data)
    assert refused.value.translation_key == key
    assert str(refused.value).isprintable()
    with pytest.raises(HomeAssistantError) as failed:
        await act(hass, "export_history", as_alva, **data)
    assert (failed.value.translation_key or "").startswith(("path_", "export_"))
    assert str(failed.value).isprintable()


@pytest.mark.parametrize("reason", list(Refusal))
async def test_every_refusal_of_an_import_has_a_message(
    hass: HomeAssistant, house: MockConfigEntry, reason: Refusal
) -> None:
    """Whatever is wrong with an export is said in the user's language."""
    with pytest.raises(ServiceValidationError) as refused, translated_errors():
        raise ImportRefused(reason, "my_spotify_data.zip", "row 7")
    assert "my_spotify_data.zip" in str(refused.value)


async def test_a_store_out_of_reach_is_not_the_callers_fault(
    hass: HomeAssistant, house: MockConfigEntry
) -> None:
    """What nobody who asks can mend is an error of ours."""
    with pytest.raises(HomeAssistantError) as failed, translated_errors():
        raise StoreUnavailable("disk full")
    assert not isinstance(failed.value, ServiceValidationError)
    assert failed.value.translation_key == "history_unavailable"
    assert "disk full" not in str(failed.value)
