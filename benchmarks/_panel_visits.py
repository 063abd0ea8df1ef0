"""The pages of the panel in a real browser: what they ask over the WebSocket, how long that takes there, and their first paint."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
import json
import time
from typing import Any, Final

from playwright.async_api import CDPSession, Page

from tests.e2e.browser import VIEWPORT, Visitor

OURS: Final = "encore"
QUIET_S: Final = 0.3
"""When nothing was asked for so long, and all is answered, a page has what it wants."""
PATIENCE_S: Final = 30.0
SCREENS: Final = 12
"""How often a page is scrolled on: all of Insights, and a thousand plays of the history."""
SCREEN_PX: Final = {"history": 3_000}
"""How far, where it is not a screen at a time."""
LOOK_S: Final = 0.3
"""How long somebody who skims looks at a screen."""

PAINTED: Final = """
(() => {
  const seen = window.encoreSeen = {};
  const look = () => {
    const main = document.querySelector("home-assistant")?.shadowRoot?.querySelector("home-assistant-main");
    if (main) seen.frontend ??= performance.now();
    const panel = main?.shadowRoot?.querySelector("ha-panel-custom encore-panel");
    const shown = panel?.shadowRoot;
    if (shown?.querySelector("nav a")) seen.panel ??= performance.now();
    const page = shown?.querySelector("main > [class], main > *:not(encore-filter-bar):not(.waiting)");
    const inside = page?.shadowRoot;
    if (inside?.childElementCount && page.getBoundingClientRect().height > 0) {
      seen.page ??= performance.now();
      const wanting = [...inside.querySelectorAll("*")].some((each) =>
        (each.shadowRoot?.querySelector(".waiting") ?? (each.matches(".waiting") ? each : null))
          ?.getBoundingClientRect().top < innerHeight);
      if (!wanting) seen.answered ??= performance.now();
    }
    if (!seen.answered) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
"""Notes, frame by frame, when there is Home Assistant's frontend, the panel, its page, and an answer for all in view."""

type Message = dict[str, Any]
type Waves = list[list[Message]]
"""What a visit asked: together what was asked before all of it was answered."""


@dataclass(slots=True)
class Visit:
    """What was asked, and how long each answer took in the browser (ms), by what was asked."""

    waves: Waves = field(default_factory=list)
    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


class Listening:
    """Hears what a page of the browser sends over its WebSocket and what comes back, by the browser's own clock."""

    def __init__(self, devtools: CDPSession) -> None:
        """Begin with an empty visit."""
        self.visit = Visit()
        self._sent: dict[int, tuple[str, float]] = {}
        self._last = time.monotonic()
        devtools.on("Network.webSocketFrameSent", self._note_sent)
        devtools.on("Network.webSocketFrameReceived", self._note_answered)

    @classmethod
    async def to(cls, page: Page) -> Listening:
        """Listen to a page."""
        devtools = await page.context.new_cdp_session(page)
        await devtools.send("Network.enable")
        return cls(devtools)

    def begin(self) -> Visit:
        """Begin another visit; return it."""
        self.visit = Visit()
        return self.visit

    async def quiet(self) -> None:
        """Wait until all is answered and nothing more is asked."""
        await asyncio.sleep(QUIET_S)
        until = time.monotonic() + PATIENCE_S
        while self._sent or time.monotonic() - self._last < QUIET_S:
            if time.monotonic() > until:
                raise TimeoutError(f"Not answered: {self._sent}")
            await asyncio.sleep(0.02)

    def _note_sent(self, frame: dict[str, Any]) -> None:
        for message in _messages(frame):
            if is_ours(message):
                if not self._sent:
                    self.visit.waves.append([])
                self.visit.waves[-1].append(message)
                self._sent[message["id"]] = (name_of(message), frame["timestamp"])
                self._last = time.monotonic()

    def _note_answered(self, frame: dict[str, Any]) -> None:
        for message in _messages(frame):
            sent = self._sent.get(message.get("id", -1))
            if sent is not None and message["type"] == "result":
                del self._sent[message["id"]]
                named, begun = sent
                self.visit.took[named].append((frame["timestamp"] - begun) * 1000)


def is_ours(message: Message) -> bool:
    """Whether a message asks something of Encore."""
    kind = str(message.get("type", ""))
    return kind.partition("/")[0] == OURS or message.get("domain") == OURS


def name_of(message: Message) -> str:
    """Return the question, the command, the action or the kind of a message."""
    what = message.get("question") or message.get("command") or message.get("service")
    return str(what or message["type"])


def without(message: Message, *names: str) -> Message:
    """Return a message without some of its fields."""
    return {name: value for name, value in message.items() if name not in names}


def _messages(frame: dict[str, Any]) -> Iterator[Message]:
    """Yield the messages of a frame, which may be one or a list; pictures and pings are none."""
    payload = frame["response"]["payloadData"]
    messages = json.loads(payload) if payload[:1] in "[{" else []
    yield from messages if isinstance(messages, list) else [messages]


async def looked_at(
    guest: Visitor, page: str, filters: str, listening: Listening
) -> Visit:
    """Go to a page as a link of the panel does, and scroll through it."""
    visit = listening.begin()
    await guest.page.evaluate(
        """address => {
            scrollTo(0, 0);
            history.pushState(null, "", address);
            dispatchEvent(new CustomEvent("location-changed", { detail: { replace: false } }));
        }""",
        f"/{OURS}/{page}{filters}",
    )
    await listening.quiet()
    for _ in range(SCREENS):
        await guest.page.mouse.move(640, 500)
        await guest.page.mouse.wheel(0, SCREEN_PX.get(page, VIEWPORT["height"]))
        await asyncio.sleep(LOOK_S)
    await listening.quiet()
    return visit


async def searched(guest: Visitor, name: str, listening: Listening) -> Visit:
    """Type a name where the history is searched, letter by letter."""
    visit = listening.begin()
    await guest.page.evaluate("scrollTo(0, 0)")
    field = guest.page.locator("encore-history-search input")
    await field.fill("")
    for letter in name:
        await field.press_sequentially(letter)
        await listening.quiet()
    await field.fill("")
    return visit


async def first_paint(guest: Visitor, page: str) -> dict[str, float]:
    """Load Home Assistant with a page of the panel; return how long after its frontend each part was there (ms)."""
    await guest.page.goto("about:blank")
    await guest.page.goto(f"{guest.url}/{OURS}/{page}", wait_until="domcontentloaded")
    await guest.page.wait_for_function("window.encoreSeen?.answered")
    seen = await guest.page.evaluate("window.encoreSeen")
    return {
        f"{part}_ms": seen[part] - seen["frontend"]
        for part in ("panel", "page", "answered")
    }
