"""Reads sound settings from RenderingControl's variables."""

from .model import Battery, Sound
from .xml_reading import Variables, read_number


def read_sound(said: Variables) -> Sound:
    """Return how a speaker sounds."""
    return Sound(
        volume=_percent(said.get("Volume/Master")),
        muted=_switch(said.get("Mute/Master")),
        volume_fixed=said.get("OutputFixed") == "1",
        bass=read_number(said.get("Bass")),
        treble=read_number(said.get("Treble")),
        loudness=_switch(said.get("Loudness/Master")),
        balance=_balance(
            _percent(said.get("Volume/LF")), _percent(said.get("Volume/RF"))
        ),
        night_mode=_switch(said.get("NightMode")),
        speech_enhancement=_switch(said.get("DialogLevel")),
        speech_enhanced=_switch(said.get("SpeechEnhanceEnabled")),
        surround=_switch(said.get("SurroundEnabled")),
        subwoofer=_switch(said.get("SubEnabled")),
        subwoofer_gain=read_number(said.get("SubGain")),
        audio_delay=read_number(said.get("AudioDelay")),
    )


def read_battery(said: Variables) -> Battery | None:
    """Return the battery that DeviceProperties reports in `MoreInfo`: `BattChg:CHARGING,BattPct:79,…`."""
    pairs = (pair.partition(":") for pair in said.get("MoreInfo", "").split(","))
    fields = {name.strip(): value.strip() for name, _, value in pairs}
    percent = _percent(fields.get("BattPct"))
    if percent is None:
        return None
    return Battery(percent, fields.get("BattChg") == "CHARGING")


def channels_of(balance: int) -> tuple[int, int]:
    """Return the volumes of left and right, in percent of the speaker's, for a balance from -100 to 100."""
    return min(100, 100 - balance), min(100, 100 + balance)


def _balance(left: int | None, right: int | None) -> int | None:
    if left is None or right is None:
        return None
    louder = max(left, right)
    return round((right - left) * 100 / louder) if louder else 0


def _percent(text: str | None) -> int | None:
    """Return a volume or a charge; None for what is none."""
    number = read_number(text)
    return number if number is not None and 0 <= number <= 100 else None


def _switch(text: str | None) -> bool | None:
    return None if text is None else text not in {"", "0"}
