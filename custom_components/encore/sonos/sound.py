"""Reads sound settings from RenderingControl's variables."""

from .model import Battery, Sound
from .xml_reading import Variables, read_number


def read_sound(variables: Variables) -> Sound:
    """Return how a speaker sounds."""
    return Sound(
        volume=_percent(variables.get("Volume/Master")),
        muted=_switch(variables.get("Mute/Master")),
        volume_fixed=variables.get("OutputFixed") == "1",
        bass=read_number(variables.get("Bass")),
        treble=read_number(variables.get("Treble")),
        loudness=_switch(variables.get("Loudness/Master")),
        balance=_balance(
            _percent(variables.get("Volume/LF")), _percent(variables.get("Volume/RF"))
        ),
        night_mode=_switch(variables.get("NightMode")),
        speech_enhancement=_switch(variables.get("DialogLevel")),
        speech_enhanced=_switch(variables.get("SpeechEnhanceEnabled")),
        surround=_switch(variables.get("SurroundEnabled")),
        subwoofer=_switch(variables.get("SubEnabled")),
        subwoofer_gain=read_number(variables.get("SubGain")),
        audio_delay=read_number(variables.get("AudioDelay")),
    )


def read_battery(variables: Variables) -> Battery | None:
    """Return the battery that DeviceProperties reports in `MoreInfo`: `BattChg:CHARGING,BattPct:79,…`."""
    pairs = (pair.partition(":") for pair in variables.get("MoreInfo", "").split(","))
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
