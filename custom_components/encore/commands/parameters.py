"""Parameters that several commands share."""

from dataclasses import dataclass
from typing import Annotated, Final

from ..questions.base.parameters import Described, Form

ACCOUNT: Final = Described(
    Form.ACCOUNT,
    "Listener",
    "Whose Spotify account: a name, or me for whoever asks. Left out, it is the asker's, or the only one.",
    "Alva",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountParameters:
    """Whose account."""

    listener: Annotated[str | None, ACCOUNT] = None
