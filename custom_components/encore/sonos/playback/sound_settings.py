"""Changes sound settings of a room or its group. Raises SonosError."""

from typing import Final, final

from ..household_speakers import HouseholdSpeakers
from ..soco_speaker import SpeakerSoCo
from ..sound import channels_of

LONGEST_SLEEP_MINUTES: Final = 1439
"""A sleep timer of Sonos holds less than a day (UPnP error 402 from 24 hours on)."""


@final
class Settings:
    """The settings of one zone. Those of its group go to the speaker that leads it."""

    def __init__(self, household: HouseholdSpeakers, uid: str) -> None:
        """Take the household, and the uid of the zone."""
        self._household = household
        self._uid = uid

    async def async_set_group_volume(self, percent: int) -> None:
        """Set the mean volume of the group; louder rooms stay louder."""

        def send(soco: SpeakerSoCo) -> None:
            # The speakers preserve the proportions of what is noted now.
            soco.group_rendering("SnapshotGroupVolume")
            soco.group_rendering("SetGroupVolume", ("DesiredVolume", percent))

        await self._household.async_call_coordinator(self._uid, send)
        for uid in self._household.topology.group_of(self._uid):
            await self._household.async_refresh(uid)

    async def async_set_bass(self, level: int) -> None:
        """Set the bass, -10 to 10."""
        await self._async_render("SetBass", ("DesiredBass", level))

    async def async_set_treble(self, level: int) -> None:
        """Set the treble, -10 to 10."""
        await self._async_render("SetTreble", ("DesiredTreble", level))

    async def async_set_loudness(self, on: bool) -> None:
        """Lift bass and treble when it is quiet, or not."""
        await self._async_render(
            "SetLoudness", ("Channel", "Master"), ("DesiredLoudness", int(on))
        )

    async def async_set_balance(self, balance: int) -> None:
        """Set the balance, -100 (left only) to 100 (right only)."""
        left, right = channels_of(balance)
        for channel, percent in (("LF", left), ("RF", right)):
            await self._async_render(
                "SetVolume", ("Channel", channel), ("DesiredVolume", percent)
            )

    async def async_set_equaliser(self, kind: str, value: int) -> None:
        """Set what only soundbars and subwoofers have, by the name that UPnP has for it (`NightMode`, `SubGain`…)."""
        await self._async_render("SetEQ", ("EQType", kind), ("DesiredValue", value))

    async def async_set_sleep_timer(self, minutes: int) -> None:
        """Set the group's sleep timer to some minutes; 0 clears it."""
        duration = f"{minutes // 60}:{minutes % 60:02d}:00" if minutes else ""
        await self._household.async_call_coordinator(
            self._uid,
            SpeakerSoCo.transport,
            "ConfigureSleepTimer",
            ("NewSleepTimerDuration", duration),
        )
        leader = self._household.topology.coordinator_of(self._uid)
        await self._household.async_refresh(leader)

    async def _async_render(self, action: str, *arguments: tuple[str, object]) -> None:
        await self._household.async_call(
            self._uid, SpeakerSoCo.rendering, action, *arguments
        )
        await self._household.async_refresh(self._uid)
