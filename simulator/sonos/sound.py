"""How a speaker sounds: volume, tone and the settings of a soundbar."""

from dataclasses import dataclass, field
from typing import Final

SOUNDBARS = ("beam", "arc", "ray", "playbar")
"""Models that have a TV input and equaliser settings of their own."""

EQUALISER: Final = {
    "NightMode": 0,
    "DialogLevel": 0,
    "SurroundEnable": 1,
    "SurroundLevel": 0,
    "MusicSurroundLevel": 0,
    "SurroundMode": 1,
    "SubEnable": 1,
    "SubGain": 0,
    "AudioDelay": 0,
    "SpeechEnhanceEnabled": 0,
    "SubCrossover": 0,
    "HeightChannelLevel": 0,
}
"""The settings of a soundbar and of a sub, as they leave the factory."""


@dataclass(slots=True)
class Sound:
    """Volumes in percent, bass and treble from -10 to 10."""

    volume: int = 20
    left: int = 100
    right: int = 100
    mute: bool = False
    fixed: bool = False
    """Whether the volume of a line-out is left to the amplifier."""
    bass: int = 0
    treble: int = 0
    loudness: bool = True
    equaliser: dict[str, int] = field(default_factory=lambda: dict(EQUALISER))
