"""The WebSocket interface for the panel and cards: questions, commands, and subscriptions to answers."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import probatio

from homeassistant.components.websocket_api import async_register_command
from homeassistant.components.websocket_api.connection import ActiveConnection
from homeassistant.components.websocket_api.decorators import (
    async_response,
    websocket_command,
)
from homeassistant.core import CALLBACK_TYPE, HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError
from homeassistant.loader import async_get_integration

from ..access.account_listener import listener_key
from ..access.policy import AccessLevel, CallerKind, Interface, async_caller
from ..commands.system.jobs import GetJobs
from ..const import DOMAIN
from ..dispatch.audit import unnoted
from ..dispatch.caller_context import async_query_context
from ..dispatch.dispatcher import async_respond
from ..dispatch.request_context import RequestContext
from ..listeners.linked_listeners import visible_accounts
from ..runtime.error_translation import translated_errors
from ..runtime.planned_call import PlannedCall
from ..runtime.running_job import async_listen_jobs
from ..runtime.signals import async_listen_changed, async_listen_entries
from ..runtime.supervision import unforeseen_logged
from ..spotify.tracking.open_pages import async_get_views
from .error_responses import async_refusal
from .known_names import async_known
from .operations import (
    ACTIONS,
    COMMAND_OPERATIONS,
    async_answered_question,
    async_commanded,
)

SOON_S: Final = 0.2
"""Several things that change at once are one change."""
EVERY_S: Final = 2.0
"""How often, at the most, an answer that is followed is asked for again."""

FOLLOWED: Final = {f"{DOMAIN}/subscribe", f"{DOMAIN}/jobs"}
"""The commands whose answers come as events."""

PARAMETERS: Final[dict[str | probatio.Marker, Any]] = {
    probatio.Optional("parameters", default=dict): dict,
    probatio.Optional("language"): str,
}

_SHOWS_NOW: Final = ("get_played_at", "now")
"""The question and the moment that a page or card that shows what plays now subscribes to."""

type Message = dict[str, Any]
type Answer = Callable[[RequestContext], Awaitable[dict[str, Any]]]
type Listen = Callable[[HomeAssistant, CALLBACK_TYPE], CALLBACK_TYPE]
type Respond = Callable[[Message, RequestContext], Awaitable[dict[str, Any]]]
type Command = Callable[[HomeAssistant, ActiveConnection, Message], None]


@dataclass(frozen=True, slots=True)
class Request:
    """A message that is to be answered; `answer` is called with the context of the request, and what it raises is said in words."""

    hass: HomeAssistant
    connection: ActiveConnection
    message: Message
    answer: Answer
    reads: bool = True
    """Whether it only reads."""

    async def async_reply(self) -> dict[str, Any] | None:
        """Send the answer as the result, and return it; send why there is none, and return None."""
        data, refusal = await self.async_answered()
        number = self.message["id"]
        if refusal is not None:
            self.connection.send_error(number, *refusal)
            return None
        following = self.message["type"] in FOLLOWED
        self.connection.send_result(number, None if following else data)
        return data

    async def async_answered(self) -> tuple[dict[str, Any], tuple[str, str] | None]:
        """Return the answer, or the key and the words of why there is none."""
        hass, message = self.hass, self.message
        asker = self.connection.context(message)
        caller = await async_caller(hass, asker, Interface.WEBSOCKET)
        language = message.get("language")
        query_context = async_query_context(hass, caller, language=language)
        try:
            with translated_errors():
                context = RequestContext(hass, caller, query_context)
                return await self.answer(context), None
        except HomeAssistantError as err:
            refusal = await async_refusal(hass, err, query_context, reads=self.reads)
            return {}, (refusal.key, refusal.message)


def replies(
    name: str,
    fields: dict[Any, Any],
    *,
    reads: Callable[[Message], bool] = lambda _: True,
) -> Callable[[Respond], Command]:
    """Return a decorator that makes a command of a function, which returns the reply to a message.

    What the function raises is said in words; `reads` returns whether it only reads.
    """
    schema = {
        probatio.Required("type"): f"{DOMAIN}/{name}",
        probatio.Optional("language"): str,
        **fields,
    }

    def decorate(respond: Respond) -> Command:
        @websocket_command(schema)
        @async_response
        async def command(
            hass: HomeAssistant, connection: ActiveConnection, message: Message
        ) -> None:
            answer, is_read = partial(respond, message), reads(message)
            request = Request(hass, connection, message, answer, is_read)
            await request.async_reply()

        return command

    return decorate


@callback
def async_open_websocket(hass: HomeAssistant) -> None:
    """Register the commands; Home Assistant cannot take them back."""
    for command in (
        async_ask,
        async_command,
        async_action,
        async_subscribe,
        async_jobs,
        async_names,
    ):
        async_register_command(hass, command)


@replies("ask", {probatio.Required("question"): str, **PARAMETERS})
async def async_ask(message: Message, context: RequestContext) -> dict[str, Any]:
    """Answer a question."""
    question, values = message["question"], message["parameters"]
    return await async_answered_question(question, values, context)


def _reads_command(message: Message) -> bool:
    known = COMMAND_OPERATIONS.get(message["command"])
    return known is not None and known.reads


@replies(
    "command",
    {probatio.Required("command"): str, **PARAMETERS},
    reads=_reads_command,
)
async def async_command(message: Message, context: RequestContext) -> dict[str, Any]:
    """Carry out a command."""
    command, values = message["command"], message["parameters"]
    return await async_commanded(COMMAND_OPERATIONS, command, values, context)


def _reads_action(message: Message) -> bool:
    known = ACTIONS.get(message["action"])
    return known is None or known.reads


@replies(
    "action",
    {
        probatio.Required("action"): str,
        probatio.Optional("data", default=dict): dict,
    },
    reads=_reads_action,
)
async def async_action(message: Message, context: RequestContext) -> dict[str, Any]:
    """Run what an action of Encore does; the result is its response, an empty object where it has none."""
    return await async_commanded(ACTIONS, message["action"], message["data"], context)


@websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/subscribe",
        probatio.Required("question"): str,
        **PARAMETERS,
    }
)
@async_response
async def async_subscribe(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Answer a question now, and again whenever the answer is another."""
    answer = partial(
        async_answered_question, message["question"], message["parameters"]
    )
    request = Request(hass, connection, message, answer)
    first = await _async_follow(request, async_listen_changed)
    asked = (message["question"], message["parameters"].get("moment"))
    if first is not None and asked == _SHOWS_NOW:
        await _async_view(hass, connection, message["id"], first["listeners"])


@websocket_command(
    {
        probatio.Required("type"): f"{DOMAIN}/jobs",
        probatio.Optional("language"): str,
        **{
            probatio.Optional(each.public_name): object for each in GetJobs().parameters
        },
    }
)
@async_response
async def async_jobs(
    hass: HomeAssistant, connection: ActiveConnection, message: Message
) -> None:
    """Tell what the action `jobs` does now, and again as jobs begin, go on and end."""
    jobs = GetJobs()
    values = {
        each.public_name: message.get(each.public_name) for each in jobs.parameters
    }
    answer = partial(async_respond, jobs, values)
    request = Request(hass, connection, message, answer)
    await _async_follow(request, async_listen_jobs)


async def _async_follow(request: Request, listen: Listen) -> Message | None:
    """Send an answer as an event now, and again whenever it is another after `listen` called back; return the first."""
    followed = Followed(request, listen)
    subscriptions, number = request.connection.subscriptions, request.message["id"]
    # Before anything is waited for: whoever hangs up or unsubscribes meanwhile ends it.
    subscriptions[number] = followed.stop
    first = None
    try:
        first = await request.async_reply()
    finally:
        if first is None:
            followed.stop()
            subscriptions.pop(number, None)
    if first is not None:
        followed.send(first)
    return first


@replies("names", {})
async def async_names(_message: Message, context: RequestContext) -> dict[str, Any]:
    """Return whom and where a page can ask about, and whether it may administrate. Raises Unauthorized and HistoryError."""
    hass, caller, query_context = context.hass, context.caller, context.query_context
    caller.require(AccessLevel.INTERN)
    known = await async_known(hass, query_context)
    mine = {each.key for each in query_context.me}
    listeners = {
        each.key: each for each in (*query_context.listeners, *known.listeners)
    }
    rooms = {each.name for each in (*query_context.rooms, *known.rooms)}
    accounts = {
        listener_key(entry): entry.entry_id
        for entry in visible_accounts(hass, caller.user_id)
    }
    return {
        "listeners": [
            {
                "name": each.name,
                "me": each.key in mine,
                "account": accounts.get(each.key),
            }
            for each in listeners.values()
        ],
        "groups": [group.name for group in query_context.groups],
        "rooms": sorted(rooms, key=str.casefold),
        "administrator": caller.kind is CallerKind.ADMINISTRATOR,
        "recorded_from": query_context.clock.local(known.recorded_from).isoformat()
        if known.recorded_from is not None
        else None,
        "version": (await async_get_integration(hass, DOMAIN)).version,
    }


async def _async_view(
    hass: HomeAssistant,
    connection: ActiveConnection,
    subscription: int,
    shown: Collection[str],
) -> None:
    """Let the players of the accounts of the listeners that are shown (by name; all for none) be looked at until a subscription ends.

    Whom the user may hear nothing of is not looked at for them.
    """
    message = {"id": subscription}
    caller = await async_caller(hass, connection.context(message), Interface.WEBSOCKET)
    listeners = {
        each.key
        for each in async_query_context(hass, caller).listeners
        if not shown or each.name in shown
    }
    if (unfollow := connection.subscriptions.get(subscription)) is None:
        return
    close = async_get_views(hass).open(listeners)

    @callback
    def stop() -> None:
        close()
        unfollow()

    connection.subscriptions[subscription] = stop


class Followed:
    """An answer that somebody follows; it is asked for anew as who they are and what they may hear at that time."""

    def __init__(self, request: Request, listen: Listen) -> None:
        """Follow from now on; what changes before the first answer is asked for again after it (`send`)."""
        self._hass = hass = request.hass
        self._request = request
        self._sent: dict[str, Any] | None = None
        self._asked_at = hass.loop.time()
        self._due = PlannedCall(hass, self._async_ask_again)
        self._is_asking = True
        self._changed_meanwhile = False
        self._stopped = False
        self._unfollow = (
            listen(hass, self._changed),
            async_listen_entries(hass, self._changed),
        )

    @callback
    def stop(self) -> None:
        """Follow no more; once is enough."""
        if self._stopped:
            return
        self._stopped = True
        for unfollow in self._unfollow:
            unfollow()
        self._due.cancel()

    @callback
    def send(self, data: dict[str, Any]) -> None:
        """Send an answer, or why there is none any more, unless it was sent before."""
        self._is_asking = False
        if self._stopped:
            return
        if data != self._sent:
            self._sent = data
            self._request.connection.send_event(self._request.message["id"], data)
        if self._changed_meanwhile:
            self._changed_meanwhile = False
            self._changed()

    @callback
    def _changed(self) -> None:
        if self._is_asking:
            # Two answers on their way could come in the wrong order.
            self._changed_meanwhile = True
        elif not self._due.is_planned and not self._stopped:
            waited = self._hass.loop.time() - self._asked_at
            self._due.plan(max(SOON_S, EVERY_S - waited))

    async def _async_ask_again(self) -> None:
        with unforeseen_logged(self._hass, "an answer that is followed"):
            await self._async_answer_again()

    async def _async_answer_again(self) -> None:
        self._asked_at = self._hass.loop.time()
        self._is_asking = True
        try:
            with unnoted():
                data, refusal = await self._request.async_answered()
        finally:
            self._is_asking = False
        self.send(
            data if refusal is None else {"error": refusal[0], "message": refusal[1]}
        )
