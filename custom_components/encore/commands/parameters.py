"""Parameters that several commands share."""

from typing import Annotated, Final

from ..questions.base.parameters import SPOKEN, Described, Form, Parameters

ACCOUNT: Final = Described(
    Form.ACCOUNT,
    "The Spotify account: the listener's name, person or account entity; me for your own. Default: your own, or the only one.",
    "Alva",
)


def limit_of(
    things: str, usual: int, example: int, most: int, *, are_spoken: bool = False
) -> Described:
    """Return how many `things` are returned at the most, such as " of tracks"; `are_spoken` where some of them are said."""
    spoken = f", of which {SPOKEN} are spoken" if are_spoken else ""
    text = f"Maximum number{things}. Default: {usual}{spoken}."
    return Described(Form.COUNT, text, example, most=most)


class AccountParameters(Parameters):
    """Whose account."""

    listener: Annotated[str | None, ACCOUNT] = None
