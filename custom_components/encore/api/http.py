"""The HTTP interface: questions, and their OpenAPI description."""

from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import HomeAssistantError, ServiceValidationError
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ..access.policy import Interface, async_caller
from ..const import DOMAIN
from ..dispatch.caller_context import async_query_context
from ..dispatch.request_context import RequestContext
from ..errors import translated
from ..media.pictures import PictureView
from .error_responses import async_refusal
from .openapi import Offer, description
from .operations import async_answered_question

ASK_URL: Final = f"/api/{DOMAIN}/ask"
OPENAPI_URL: Final = f"/api/{DOMAIN}/openapi.json"


@callback
def async_open_http(hass: HomeAssistant) -> None:
    """Register the views; Home Assistant cannot take them back."""
    hass.http.register_view(AskView())
    hass.http.register_view(OpenApiView())
    hass.http.register_view(PictureView())


class AskView(HomeAssistantView):
    """Answers a question, whose parameters are the JSON object of the body."""

    url = f"{ASK_URL}/{{question}}"
    name = f"api:{DOMAIN}:ask"

    async def post(self, request: web.Request, question: str) -> web.Response:
        """Return the answer's data and speech, or an error's key and words."""
        hass = request.app[KEY_HASS]
        caller = await async_caller(hass, self.context(request), Interface.HTTP)
        query_context = async_query_context(hass, caller)
        try:
            values = await async_json_body(request)
            data = await async_answered_question(
                question, values, RequestContext(hass, caller, query_context)
            )
        except HomeAssistantError as err:
            refusal = await async_refusal(hass, err, query_context, reads=True)
            error = {"error": refusal.key, "message": refusal.message}
            return self.json(error, refusal.status)
        return self.json(data)


class OpenApiView(HomeAssistantView):
    """Describes what can be asked and commanded over HTTP, for programs."""

    url = OPENAPI_URL
    name = f"api:{DOMAIN}:openapi"

    async def get(self, request: web.Request) -> web.Response:
        """Return OpenAPI 3.1; with `offer=reading` only what reads and is asked most."""
        hass = request.app[KEY_HASS]
        try:
            offer = Offer(request.query.get("offer", Offer.EVERYTHING))
        except ValueError:
            return self.json_message("There is no such offer", HTTPStatus.BAD_REQUEST)
        base_url = f"{request.scheme}://{request.host}"
        return self.json(
            await hass.async_add_executor_job(description, base_url, offer)
        )


async def async_json_body(request: web.Request) -> dict[str, Any]:
    """Return the object of a body; an empty body gives nothing. Raises ServiceValidationError."""
    try:
        body = await request.json() if await request.read() else {}
    except ValueError, RecursionError:
        body = None
    if not isinstance(body, dict):
        raise translated(ServiceValidationError, "bad_body")
    return body
