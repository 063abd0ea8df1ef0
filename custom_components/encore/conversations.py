"""What was asked last in each conversation, for what is said next; gone when Home Assistant ends the conversation."""

from collections.abc import Callable
from functools import partial

from homeassistant.core import callback
from homeassistant.helpers.chat_session import current_session

from .questions.grammar import Understood


class Conversations:
    """The conversations in which something was asked."""

    def __init__(self, changed: Callable[[], None]) -> None:
        """Begin with none; `changed` is called when the first one begins, and when the last one ends."""
        self._asked: dict[str, tuple[str, Understood]] = {}
        self._changed = changed

    @property
    def languages(self) -> frozenset[str]:
        """The languages in which something was asked."""
        return frozenset(language for language, _ in self._asked.values())

    @callback
    def before(self) -> Understood | None:
        """Return what was asked last in the conversation that is under way."""
        session = current_session.get()
        asked = self._asked.get(session.conversation_id) if session else None
        return asked[1] if asked else None

    @callback
    def keep(self, language: str, asked: Understood) -> None:
        """Keep what was asked, until the conversation that is under way ends."""
        session = current_session.get()
        if session is None:
            return
        key, known = session.conversation_id, self.languages
        if key not in self._asked:
            session.async_on_cleanup(partial(self._forget, key))
        self._asked[key] = (language, asked)
        self._tell(known)

    @callback
    def clear(self) -> None:
        """Forget all of it, without a word."""
        self._asked.clear()

    @callback
    def _forget(self, key: str) -> None:
        known = self.languages
        self._asked.pop(key, None)
        self._tell(known)

    def _tell(self, known: frozenset[str]) -> None:
        if self.languages != known:
            self._changed()
