"""mDNS on loopback: every speaker as a service `_sonos._tcp.local.`, as real ones announce themselves."""

import asyncio
from collections.abc import Awaitable
import socket
from typing import TYPE_CHECKING, Final

from zeroconf import IPVersion, ServiceInfo
from zeroconf.asyncio import AsyncZeroconf

from .clips import CLIPS_PORT

if TYPE_CHECKING:
    from .household import Household
    from .speaker import Speaker

SERVICE_TYPE: Final = "_sonos._tcp.local."


class Adverts:
    """Announces the speakers of a household to this machine."""

    def __init__(self, household: Household[Speaker]) -> None:
        """Prepare to announce a household."""
        self._household = household
        self._zeroconf: AsyncZeroconf | None = None
        self._announced: dict[str, ServiceInfo] = {}
        self._tasks: set[asyncio.Future[None]] = set()

    async def start(self) -> None:
        """Announce every speaker, and go on as they come and go."""
        self._zeroconf = AsyncZeroconf(
            interfaces=["127.0.0.1"], ip_version=IPVersion.V4Only
        )
        self._household.heralds.append(self)
        for speaker in self._household.speakers:
            self.came(speaker)
        await asyncio.gather(*self._tasks)

    async def stop(self) -> None:
        """Take all announcements back."""
        if self._zeroconf is None:
            return
        self._household.heralds.remove(self)
        await asyncio.gather(*self._tasks)
        await self._zeroconf.async_unregister_all_services()
        await self._zeroconf.async_close()
        # Answers wait to be sent together, at most a second or so, by timers that closing leaves.
        responder = self._zeroconf.zeroconf
        while responder.out_queue.queue or responder.out_delay_queue.queue:
            await asyncio.sleep(0.05)
        self._zeroconf = None

    def came(self, speaker: Speaker) -> None:
        """Announce a speaker, or what is new with it."""
        info = service_info(speaker)
        is_known = speaker.uid in self._announced
        self._announced[speaker.uid] = info
        if self._zeroconf is not None:
            announce = (
                self._zeroconf.async_update_service
                if is_known
                else self._zeroconf.async_register_service
            )
            self._begin(announce(info))

    def went(self, speaker: Speaker, reason: str) -> None:
        """Take a speaker's announcement back."""
        info = self._announced.pop(speaker.uid, None)
        if self._zeroconf is not None and info is not None:
            self._begin(self._zeroconf.async_unregister_service(info))

    def _begin(self, step: Awaitable[Awaitable[None]]) -> None:
        async def finish() -> None:
            await (await step)

        task = asyncio.ensure_future(finish())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def service_info(speaker: Speaker) -> ServiceInfo:
    """Return a speaker as mDNS tells of it; its host name holds what its uid is made of."""
    host = f"Sonos-{speaker.mac}"
    return ServiceInfo(
        SERVICE_TYPE,
        f"{host}@{speaker.name}.{SERVICE_TYPE}",
        addresses=[socket.inet_aton(speaker.address)],
        port=CLIPS_PORT,
        server=f"{host}.local.",
        properties={
            "info": f"/api/v1/players/{speaker.uid}/info",
            "vers": "3",
            "protovers": "1.43.2",
            "bootseq": str(speaker.boot_sequence),
            "hhid": speaker.household.id,
            "location": f"{speaker.url}/xml/device_description.xml",
            "sslport": "1443",
            "hhsslport": "1843",
            "variant": "2",
            "mdnssequence": "0",
        },
    )
