"""Parameters that several commands share."""

from dataclasses import dataclass
from typing import Annotated, Final

from ..questions.base.parameters import Described, Form

ACCOUNT: Final = Described(
    Form.ACCOUNT,
    "Listener",
    "The Spotify account: the listener's name, person or account entity; me for your own. Default: your own, or the only one.",
    "Alva",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountParameters:
    """Whose account."""

    listener: Annotated[str | None, ACCOUNT] = None
