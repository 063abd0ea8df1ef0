"""What a speaker has that its events do not report: a subwoofer, and its kind of speech enhancement."""

from .household_speakers import HouseholdSpeakers
from .model import Zone


def has_subwoofer(household: HouseholdSpeakers, zone: Zone) -> bool:
    """Whether a subwoofer is bonded to a room, or can be plugged in: any speaker reports gain, even without a subwoofer.

    An Amp has an outlet for one.
    """
    return "SW" in zone.channels or _model(household, zone.uid).endswith("sonos amp")


def is_ultra(household: HouseholdSpeakers, uid: str) -> bool:
    """Whether a soundbar is one of the models called Ultra, which switch speech enhancement by another name."""
    return _model(household, uid).endswith("ultra")


def _model(household: HouseholdSpeakers, uid: str) -> str:
    info = household.info(uid)
    return info.model.lower() if info else ""
