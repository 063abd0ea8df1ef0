"""A household is added: found on the network, or by the address of one speaker; and its options."""

from ipaddress import ip_address
import socket
from typing import Any
from unittest.mock import AsyncMock

from aiohttp import web
import pytest

from custom_components.encore.const import DOMAIN
from custom_components.encore.sonos import entry as entry_module
from custom_components.encore.sonos.household import Household
from homeassistant.components import zeroconf as zeroconf_component
from homeassistant.config_entries import ConfigEntryState
from homeassistant.core import HomeAssistant
from homeassistant.helpers.service_info.ssdp import SsdpServiceInfo
from homeassistant.helpers.service_info.zeroconf import ZeroconfServiceInfo
from simulator.sonos import SonosSimulator
from tests.integration.auth.conftest import give_credentials
from tests.integration.settling import until_set_up

from .conftest import KITCHEN, NETWORK, PLACES, AddHousehold, state_of, until

HOST = PLACES[0].address


@pytest.fixture(autouse=True)
async def credentials(hass: HomeAssistant) -> None:
    """Let there be a Spotify app too, for which the base class of the flow would begin a login."""
    await give_credentials(hass)


def ssdp(host: str = HOST, household: str | None = None) -> SsdpServiceInfo:
    """Return what a speaker answers to a search."""
    headers = {"X-RINCON-HOUSEHOLD": household} if household else {}
    return SsdpServiceInfo(
        "uuid:RINCON_1::urn:schemas-upnp-org:device:ZonePlayer:1",
        "urn:schemas-upnp-org:device:ZonePlayer:1",
        {},
        ssdp_location=f"http://{host}:1400/xml/device_description.xml",
        ssdp_headers=headers,
    )


def zeroconf(host: str = HOST, household: str | None = None) -> ZeroconfServiceInfo:
    """Return what a speaker announces."""
    return ZeroconfServiceInfo(
        ip_address=ip_address(host),
        ip_addresses=[ip_address(host)],
        port=1443,
        hostname="Sonos-00007F00020B.local.",
        type="_sonos._tcp.local.",
        name="RINCON_00007F00020B01400@Kitchen._sonos._tcp.local.",
        properties={"hhid": household} if household else {},
    )


async def unload_all(hass: HomeAssistant) -> None:
    """Unload every entry, once none is on its way."""
    await until_set_up(hass)
    for one in hass.config_entries.async_entries(DOMAIN):
        await hass.config_entries.async_unload(one.entry_id)


async def add(hass: HomeAssistant, host: str) -> dict[str, Any]:
    """Choose the household in the menu and type an address."""
    flow = await hass.config_entries.flow.async_init(DOMAIN, context={"source": "user"})
    flow = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"next_step_id": "sonos"}
    )
    result = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"host": host}
    )
    return dict(result)


async def test_one_address_adds_the_whole_household(
    hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """With the History entry, of which it may be the first source."""
    result = await add(hass, f" {HOST} ")
    await hass.async_block_till_done()
    entry = result["result"]
    assert entry.unique_id == f"sonos:{sonos.household.id}"
    assert entry.data == {
        "kind": "sonos",
        "household_id": sonos.household.id,
        "hosts": [place.address for place in PLACES],
    }
    assert entry.state is ConfigEntryState.LOADED
    kinds = {one.data["kind"] for one in hass.config_entries.async_entries(DOMAIN)}
    assert kinds == {"sonos", "history"}
    await unload_all(hass)


@pytest.mark.parametrize(
    ("host", "error"),
    [
        ("kitchen.invalid", "sonos_unreachable"),
        ("not a name", "sonos_unreachable"),
        (f"{NETWORK}.55", "sonos_unreachable"),
        (f"[::ffff:{NETWORK}.55]", "sonos_unreachable"),
    ],
    ids=["a name", "no name", "nobody's", "IPv6"],
)
async def test_a_wrong_address_can_be_mended(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    dns: dict[str, str],
    host: str,
    error: str,
) -> None:
    """The page says what is wrong and stays."""
    result = await add(hass, host)
    assert (result["type"], result["errors"]) == ("form", {"host": error})


@pytest.mark.parametrize(
    "host",
    ["sonos-kitchen.local", "sonos-kitchen.lan", f"::ffff:{HOST}", f"[::ffff:{HOST}]"],
    ids=["mDNS", "DNS", "IPv6", "IPv6 as in a URL"],
)
async def test_a_speaker_is_found_by_a_name_or_by_ipv6(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    dns: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
    host: str,
) -> None:
    """The home's DNS knows a name, or Home Assistant hears it announced; what is kept are the speakers' addresses."""
    dns["sonos-kitchen.lan"] = HOST

    class Announced:
        def __init__(self, name: str) -> None:
            self.name = name

        async def async_request(self, *_args: object) -> bool:
            return self.name == "sonos-kitchen.local."

        def parsed_addresses(self) -> list[str]:
            return [HOST]

    monkeypatch.setattr(entry_module, "AddressResolverIPv4", Announced)
    instance = AsyncMock()
    monkeypatch.setattr(zeroconf_component, "async_get_async_instance", instance)
    hass.config.components.add("zeroconf")
    result = await add(hass, host)
    assert result["type"] == "create_entry", result
    assert result["data"]["hosts"] == [place.address for place in PLACES]
    await hass.async_block_till_done()
    await unload_all(hass)


@pytest.mark.parametrize(
    ("status", "text"), [(404, "Not found"), (200, "<html><br></html>"), (500, "")]
)
async def test_what_answers_and_is_no_sonos_is_reported_as_such(
    hass: HomeAssistant, addresses: None, status: int, text: str
) -> None:
    """A printer, say."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=status, text=text)

    printer = web.Application()
    printer.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(printer)
    await runner.setup()
    await web.TCPSite(runner, f"{NETWORK}.57", 1400).start()
    result = await add(hass, f"{NETWORK}.57")
    assert result["errors"] == {"host": "not_sonos"}
    await runner.cleanup()


async def test_upnp_off_is_reported_as_such(
    hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """With the setting to change."""
    sonos.press("Kitchen", "upnp_off")
    result = await add(hass, HOST)
    assert result["errors"] == {"host": "sonos_upnp_off"}


async def test_a_household_is_set_up_once(
    hass: HomeAssistant, household: Household
) -> None:
    """Whichever of its speakers is named, and however it is found."""
    assert (await add(hass, PLACES[2].address))["reason"] == "household_exists"
    for source, info in (
        ("ssdp", ssdp()),
        ("zeroconf", zeroconf(PLACES[1].address)),
        ("zeroconf", zeroconf(f"{NETWORK}.55", household.id)),
    ):
        result = await hass.config_entries.flow.async_init(
            DOMAIN, context={"source": source}, data=info
        )
        assert (result["type"], result["reason"]) == ("abort", "household_exists")


@pytest.mark.parametrize(
    ("source", "info"), [("ssdp", ssdp()), ("zeroconf", zeroconf())]
)
async def test_a_household_that_is_found_is_added_by_a_click(
    hass: HomeAssistant, sonos: SonosSimulator, source: str, info: Any
) -> None:
    """And begins no login at Spotify, though the base class would."""
    flow = await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": source}, data=info
    )
    assert (flow["type"], flow["step_id"]) == ("form", "discovered")
    assert flow["description_placeholders"] == {
        "rooms": "Bedroom, Kitchen, Living Room"
    }
    result = await hass.config_entries.flow.async_configure(flow["flow_id"], {})
    await hass.async_block_till_done()
    assert result["type"] == "create_entry"
    await unload_all(hass)


async def test_two_speakers_of_a_household_ask_once(
    hass: HomeAssistant, sonos: SonosSimulator
) -> None:
    """All of them announce themselves."""
    init = hass.config_entries.flow.async_init
    await init(DOMAIN, context={"source": "ssdp"}, data=ssdp())
    second = await init(
        DOMAIN, context={"source": "zeroconf"}, data=zeroconf(PLACES[1].address)
    )
    assert second["reason"] == "already_in_progress"


async def test_what_is_found_and_does_not_answer_is_left_alone(
    hass: HomeAssistant, sonos: SonosSimulator, dns: dict[str, str]
) -> None:
    """It will announce itself again."""
    init = hass.config_entries.flow.async_init
    away = await init(DOMAIN, context={"source": "ssdp"}, data=ssdp(f"{NETWORK}.55"))
    assert away["reason"] == "sonos_unreachable"
    for host in (f"[::ffff:{NETWORK}.55]", "sonos-kitchen.invalid"):
        away = await init(DOMAIN, context={"source": "ssdp"}, data=ssdp(host))
        assert away["reason"] == "sonos_unreachable"
    broken = await init(DOMAIN, context={"source": "ssdp"}, data=ssdp("[fe80::1"))
    assert broken["reason"] == "not_sonos"


async def test_a_household_in_wait_takes_an_address_that_is_found(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """After a move to another network nobody has to type anything."""
    entry = await add_household(f"{NETWORK}.55")
    await hass.config_entries.flow.async_init(
        DOMAIN, context={"source": "ssdp"}, data=ssdp(household=sonos.household.id)
    )
    await hass.async_block_till_done()
    assert entry.state is ConfigEntryState.LOADED
    await hass.config_entries.async_unload(entry.entry_id)


async def test_another_address_is_typed_under_reconfigure(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """Of the same household only."""
    entry = await add_household(f"{NETWORK}.55")
    flow = await entry.start_reconfigure_flow(hass)
    assert flow["step_id"] == "household"
    wrong = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"host": f"{NETWORK}.56"}
    )
    assert wrong["errors"] == {"host": "sonos_unreachable"}
    done = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"host": HOST}
    )
    await hass.async_block_till_done()
    assert done["reason"] == "reconfigure_successful"
    assert entry.state is ConfigEntryState.LOADED
    sonos.household.id = "Sonos_Other"
    flow = await entry.start_reconfigure_flow(hass)
    other = await hass.config_entries.flow.async_configure(
        flow["flow_id"], {"host": HOST}
    )
    assert other["reason"] == "other_household"
    await hass.config_entries.async_unload(entry.entry_id)


async def test_events_come_to_the_address_and_port_that_were_chosen(
    hass: HomeAssistant,
    sonos: SonosSimulator,
    household: Household,
    unused_tcp_port: int,
) -> None:
    """As a container needs it."""
    entry = household.entry
    flow = await hass.config_entries.options.async_init(entry.entry_id)
    wrong = await hass.config_entries.options.async_configure(
        flow["flow_id"], {"listener_address": "my-host"}
    )
    assert wrong["errors"] == {"listener_address": "not_ipv4"}
    await hass.config_entries.options.async_configure(
        flow["flow_id"],
        {"listener_address": "127.0.0.1", "listener_port": unused_tcp_port},
    )
    await hass.async_block_till_done()
    callbacks = {
        one.callback for one in sonos.speaker("Kitchen").subscriptions.values()
    }
    assert callbacks == {f"http://127.0.0.1:{unused_tcp_port}"}
    sonos.press("Kitchen", "volume", volume=44)
    await until(lambda: state_of(hass, KITCHEN).attributes["volume_level"] == 0.44)


async def test_a_port_that_is_taken_leaves_the_speakers_to_be_asked(
    hass: HomeAssistant, sonos: SonosSimulator, add_household: AddHousehold
) -> None:
    """The household works on, and the repair issue says which port."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        entry = await add_household(
            options={"listener_address": "127.0.0.1", "listener_port": port}
        )
        assert state_of(hass, KITCHEN).state == "idle"
        assert {link.value for _, link in entry.runtime_data.links()} == {"polled"}
        await hass.config_entries.async_unload(entry.entry_id)
