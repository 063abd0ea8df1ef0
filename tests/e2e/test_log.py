"""After the walk: Home Assistant's log, and whom the house wanted to reach."""

from demo.home import Home

from .conftest import reached
from .evening import Evening
from .log import complaints, records


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
