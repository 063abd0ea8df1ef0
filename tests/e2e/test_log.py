"""After the walk: Home Assistant's log, and whom the house wanted to reach."""

from pathlib import Path

from demo.home import Home

from .conftest import reached
from .evening import Evening
from .log import complaints, records

BUSY = """\
Updating state for media_player.spotify_alva (<class 'custom_components.encore.media_player.SpotifyPlayer'>) took 1.473 \
seconds. Please create a bug report at https://example.com/encore/issues
"""
AT_FAULT = """\
Setup of encore is taking over 10 seconds.
Setup of sensor platform encore is taking over 10 seconds.
Update of sensor.encore_plays is taking over 10 seconds
Updating encore sensor took longer than the scheduled update interval 0:00:30
Setup of platform encore is taking longer than 60 seconds. Startup will proceed without waiting any longer.
Detected blocking call to open inside the event loop by custom integration 'encore'
Error adding entity sensor.encore_plays for domain sensor with platform encore
"""


def test_that_a_state_took_long_is_no_complaint(tmp_path: Path) -> None:
    """A busy machine alone may be why; all else is a complaint."""
    log = tmp_path / "output.log"
    log.write_text(
        "".join(
            f"2026-07-15 12:30:00.000 WARNING (MainThread) [homeassistant.helpers] {line}"
            for line in f"{BUSY}{AT_FAULT}".splitlines(keepends=True)
        )
    )
    assert [one.text for one in complaints(log)] == AT_FAULT.splitlines()


def test_the_log_holds_no_complaint_about_encore(home: Home, evening: Evening) -> None:
    """No error, warning or report of a blocking call names Encore, Home Assistant's standing notice aside."""
    log = home.home_assistant.process.log
    assert any(record.level == "WARNING" for record in records(log))
    assert complaints(log) == []


def test_the_home_lacks_nothing_of_its_machine(home: Home, evening: Evening) -> None:
    """No error at all is in the log: what Home Assistant asks its machine for, such as FFmpeg, script/setup brings."""
    log = home.home_assistant.process.log
    assert [
        one.text for one in complaints(log, about="") if one.level != "WARNING"
    ] == []


def test_nothing_wanted_to_leave_the_machine(home: Home, evening: Evening) -> None:
    """No name was looked up and no connection was opened beyond loopback."""
    assert reached(home) == []
