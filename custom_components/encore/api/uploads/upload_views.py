"""HTTP views for the panel's import page: an export is uploaded in parts and imported when it is complete."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
import re
from typing import Any, Final

from aiohttp import web
import probatio

from homeassistant.const import ATTR_CONFIG_ENTRY_ID
from homeassistant.core import HomeAssistant, callback
from homeassistant.exceptions import (
    HomeAssistantError,
    ServiceValidationError,
    Unauthorized,
)
from homeassistant.helpers.http import KEY_HASS, HomeAssistantView

from ...access.policy import AccessLevel, Caller, CallerKind, Interface, async_caller
from ...const import DOMAIN
from ...dispatch.audit import async_audited
from ...dispatch.caller_context import async_query_context
from ...history.records.audit_log import RequestType
from ...runtime.error_translation import translated_errors
from ...runtime.number_validation import json_number
from ...settings.options import import_limits
from ..error_responses import async_refusal
from ..http import async_json_body
from .upload_errors import (
    UploadBad,
    UploadBadPiece,
    UploadBrokenOff,
    UploadRefused,
    UploadUnknown,
)
from .uploads import DATA_UPLOADS, PIECE_BYTES, STALLED_S

UPLOADS_URL: Final = f"/api/{DOMAIN}/uploads"
LONGEST_NAME: Final = 255

BEGIN: Final = "begin_upload"
GO_ON: Final = "continue_upload"
GIVE_UP: Final = "give_up_upload"
LOOK: Final = "uploads"

_BEGIN_SCHEMA: Final = probatio.Schema(
    {
        probatio.Required(ATTR_CONFIG_ENTRY_ID): str,
        probatio.Required("name"): probatio.All(
            str, probatio.Length(min=1, max=LONGEST_NAME)
        ),
        probatio.Required("size"): json_number(1),
    }
)

_OFFSET: Final = re.compile(r"[0-9]{1,15}")

type Doing = Callable[[HomeAssistant, str], Awaitable[dict[str, Any]]]
"""Does something for a user, by id, and returns what to answer."""


@callback
def async_open_upload_views(hass: HomeAssistant) -> None:
    """Register the views; Home Assistant cannot take them back."""
    hass.http.register_view(UploadsView())
    hass.http.register_view(UploadView())


class UploadsView(HomeAssistantView):
    """The uploads of an administrator, and the beginning of one."""

    url = UPLOADS_URL
    name = f"api:{DOMAIN}:uploads"

    async def get(self, request: web.Request) -> web.Response:
        """Return the uploads of the user that have not expired, and how much is accepted (bytes) of an export and of a piece."""

        async def look(hass: HomeAssistant, user_id: str) -> dict[str, Any]:
            uploads = hass.data[DATA_UPLOADS].of(user_id)
            return {
                "uploads": [each.as_data() for each in uploads],
                "most_bytes": import_limits(hass).zip_bytes,
                "piece_bytes": PIECE_BYTES,
            }

        return await _async_reply(self, request, LOOK, look)

    async def post(self, request: web.Request) -> web.Response:
        """Begin an upload: the JSON body has its `name`, its `size` (bytes), and the `config_entry_id` of the account."""

        async def begin(hass: HomeAssistant, user_id: str) -> dict[str, Any]:
            try:
                body = _BEGIN_SCHEMA(await async_json_body(request))
            except (probatio.Invalid, ServiceValidationError) as err:
                raise UploadBad from err
            upload = await hass.data[DATA_UPLOADS].async_begin(
                user_id, body[ATTR_CONFIG_ENTRY_ID], body["name"], body["size"]
            )
            return upload.as_data()

        return await _async_reply(self, request, BEGIN, begin)


class UploadView(HomeAssistantView):
    """One upload of an administrator."""

    url = f"{UPLOADS_URL}/{{upload}}"
    name = f"api:{DOMAIN}:upload"

    async def get(self, request: web.Request, upload: str) -> web.Response:
        """Return how much has come, and the number of the job once it is imported."""

        async def look(hass: HomeAssistant, user_id: str) -> dict[str, Any]:
            return hass.data[DATA_UPLOADS].get(upload, user_id).as_data()

        return await _async_reply(self, request, LOOK, look)

    async def patch(self, request: web.Request, upload: str) -> web.Response:
        """Take the bytes of the body at `offset`; after the last, the export is imported, and the answer has the job."""

        async def go_on(hass: HomeAssistant, user_id: str) -> dict[str, Any]:
            uploads = hass.data[DATA_UPLOADS]
            going_on = uploads.get(upload, user_id)
            offset = request.query.get("offset", "")
            length = request.content_length
            if length is None or not _OFFSET.fullmatch(offset):
                raise UploadBadPiece
            pieces = _pieces(request)
            await uploads.async_take(going_on, int(offset), length, pieces)
            return going_on.as_data()

        return await _async_reply(self, request, GO_ON, go_on)

    async def delete(self, request: web.Request, upload: str) -> web.Response:
        """Give an upload up; its import, if it has begun, is cancelled."""

        async def give_up(hass: HomeAssistant, user_id: str) -> dict[str, Any]:
            uploads = hass.data[DATA_UPLOADS]
            abandoned = uploads.get(upload, user_id)
            await uploads.async_give_up(abandoned)
            return abandoned.as_data()

        return await _async_reply(self, request, GIVE_UP, give_up)


async def _pieces(request: web.Request) -> AsyncIterator[bytes]:
    """Yield a body as it comes. Raises UploadBrokenOff for a connection of which nothing comes any more."""
    while True:
        try:
            async with asyncio.timeout(STALLED_S):
                piece = await request.content.readany()
        except (ConnectionError, TimeoutError, web.RequestPayloadError) as err:
            raise UploadBrokenOff from err
        if not piece:
            return
        yield piece


async def _async_reply(
    view: HomeAssistantView, request: web.Request, what: str, doing: Doing
) -> web.Response:
    """Do something for an administrator, and say what came of it; where it is known, also how an upload goes on."""
    hass = request.app[KEY_HASS]
    caller = await async_caller(hass, view.context(request), Interface.HTTP)
    try:
        with translated_errors():
            return view.json(await _async_done(hass, caller, what, doing))
    except HomeAssistantError as err:
        refusal = await async_refusal(
            hass, err, async_query_context(hass, caller), reads=False
        )
        status = err.status if isinstance(err, UploadRefused) else refusal.status
        error: dict[str, Any] = {"error": refusal.key, "message": refusal.message}
        if not isinstance(err, Unauthorized):
            error |= _how_far(request, caller)
        return view.json(error, status)


def _how_far(request: web.Request, caller: Caller) -> dict[str, Any]:
    """Return how far the upload is that a request was about, so that it can go on from there; nothing where there is none."""
    uploads = request.app[KEY_HASS].data[DATA_UPLOADS]
    with suppress(UploadUnknown):
        number = request.match_info.get("upload", "")
        return uploads.get(number, caller.user_id or "").as_data()
    return {}


async def _async_done(
    hass: HomeAssistant, caller: Caller, what: str, doing: Doing
) -> dict[str, Any]:
    """Do something for an administrator; noted is what begins and ends, and who is refused.

    Raises Unauthorized.
    """
    user_id = caller.user_id or ""
    if caller.kind is CallerKind.ADMINISTRATOR and what not in {BEGIN, GIVE_UP}:
        return await doing(hass, user_id)
    async with async_audited(
        hass,
        caller,
        needs=AccessLevel.AUTONOMOUS,
        administrator=True,
        request_type=RequestType.COMMAND,
        what=what,
        values={},
    ):
        return await doing(hass, user_id)
