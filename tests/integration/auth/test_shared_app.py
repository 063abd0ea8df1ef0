"""Home Assistant's own Spotify integration beside Encore: one app, one quota."""

from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import CONF_KIND, DOMAIN, KIND_HISTORY
from custom_components.encore.settings.history_entry import async_history_entry
from custom_components.encore.setup.shared_app import CORE_SPOTIFY, ISSUE_SHARED_APP
from custom_components.encore.spotify.api.device_approval import (
    async_get_device_approval,
)
from custom_components.encore.spotify.api.playback import ConnectDevice
from homeassistant.components.application_credentials import (
    ClientCredential,
    async_import_client_credential,
)
from homeassistant.config_entries import ConfigEntryDisabler
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from homeassistant.setup import async_setup_component
from simulator.spotify import DEMO_CLIENT_ID
from tests.integration.auth.conftest import Link

ANOTHER_APP = "0" * 32
TELEVISION = ConnectDevice("kitchen-tv", "Kitchen TV", "TV")


async def core_spotify(hass: HomeAssistant, client_id: str) -> MockConfigEntry:
    """Return an entry of Home Assistant's Spotify integration that logs in with an app."""
    await async_import_client_credential(
        hass, CORE_SPOTIFY, ClientCredential(client_id, "a secret"), client_id
    )
    entry = MockConfigEntry(
        domain=CORE_SPOTIFY, data={"auth_implementation": client_id}
    )
    entry.add_to_hass(hass)
    return entry


async def both(
    hass: HomeAssistant, link: Link
) -> tuple[MockConfigEntry, MockConfigEntry]:
    """Return Encore's account, set up, and core's, on one app."""
    core = await core_spotify(hass, DEMO_CLIENT_ID)
    account = await link("alva")
    assert await hass.config_entries.async_setup(account.entry_id)
    await hass.async_block_till_done()
    return account, core


async def test_one_app_for_both_is_a_repair(
    hass: HomeAssistant, link: Link, issue_registry: ir.IssueRegistry
) -> None:
    """It stays ignored once somebody ignored it, and goes when core's entry is disabled."""
    account, core = await both(hass, link)
    assert issue_registry.async_get_issue(DOMAIN, ISSUE_SHARED_APP)
    ir.async_ignore_issue(hass, DOMAIN, ISSUE_SHARED_APP, True)
    assert await hass.config_entries.async_reload(account.entry_id)
    await hass.async_block_till_done()
    issue = issue_registry.async_get_issue(DOMAIN, ISSUE_SHARED_APP)
    assert issue is not None
    assert issue.dismissed_version is not None
    await hass.config_entries.async_set_disabled_by(
        core.entry_id, ConfigEntryDisabler.USER
    )
    # Unloading core's would say so; it was never set up here.
    assert await hass.config_entries.async_reload(account.entry_id)
    await hass.async_block_till_done()
    assert issue_registry.async_get_issue(DOMAIN, ISSUE_SHARED_APP) is None


async def test_the_repair_goes_with_the_account(
    hass: HomeAssistant, link: Link, issue_registry: ir.IssueRegistry
) -> None:
    """And with it the repairs of devices, which only accounts can play on."""
    account, _core = await both(hass, link)
    history = async_history_entry(hass)
    assert history is not None
    hass.config_entries.async_update_entry(history, options={"approve_devices": True})
    async_get_device_approval(hass).async_saw([TELEVISION])
    assert {
        issue_id for domain, issue_id in issue_registry.issues if domain == DOMAIN
    } >= {
        ISSUE_SHARED_APP,
        "new_device_kitchen-tv",
    }
    await hass.config_entries.async_remove(account.entry_id)
    await hass.async_block_till_done()
    assert not {
        issue_id for domain, issue_id in issue_registry.issues if domain == DOMAIN
    } & {
        ISSUE_SHARED_APP,
        "new_device_kitchen-tv",
    }


async def test_another_app_is_nothing_to_say(
    hass: HomeAssistant, link: Link, issue_registry: ir.IssueRegistry
) -> None:
    """Whether both belong to one developer account cannot be known."""
    account = await link("alva")
    await core_spotify(hass, ANOTHER_APP)
    assert await hass.config_entries.async_setup(account.entry_id)
    await hass.async_block_till_done()
    assert not issue_registry.async_get_issue(DOMAIN, ISSUE_SHARED_APP)


async def test_a_history_that_nobody_renamed_gets_its_new_name(
    hass: HomeAssistant,
) -> None:
    """Home Assistant's own history is called History, too; a name that a person chose stays."""
    hass.config.language = "de"
    assert await async_setup_component(hass, "homeassistant", {})
    titles = {}
    for title in ("History", "Our music"):
        entry = MockConfigEntry(
            domain=DOMAIN,
            title=title,
            unique_id=KIND_HISTORY,
            data={CONF_KIND: KIND_HISTORY},
            minor_version=3,
        )
        entry.add_to_hass(hass)
        assert await hass.config_entries.async_setup(entry.entry_id)
        titles[title] = entry.title
        assert entry.minor_version == 4
        await hass.config_entries.async_remove(entry.entry_id)
    assert titles == {"History": "Hörverlauf", "Our music": "Our music"}
