"""What can go wrong in the demo, said so that a person can act on it."""


class DemoError(Exception):
    """The demo cannot go on; the message is one sentence for the person at the terminal."""


class ProcessDied(DemoError):
    """A process of the demo ended although nobody asked it to."""


class Refused(DemoError):
    """Home Assistant or the simulator answered a request with an error.

    `status` is the HTTP status, or the error code of a WebSocket result.
    """

    def __init__(self, request: str, status: int | str, answer: str) -> None:
        """Keep what was asked and what came back."""
        super().__init__(f"{request} was refused ({status}): {answer}")
        self.status = status
