"""The accounts service over HTTP: `/authorize` and `/api/token`."""

from binascii import Error as BadBase64
from collections.abc import Callable, Mapping
from typing import Any, Final

from aiohttp import BasicAuth, hdrs, web
from yarl import URL

from .accounts import Accounts, AuthorizationRefused, TokenRefused
from .authorize_page import authorize_page, refusal_page

_NO_STORE: Final = {hdrs.CACHE_CONTROL: "no-store"}


class AccountsWeb:
    """The two addresses of the accounts service.

    `people` gives what the page shows for each key: the name and a remark.
    """

    def __init__(
        self,
        accounts: Accounts,
        people: Callable[[], Mapping[str, tuple[str, str]]],
    ) -> None:
        """Serve `accounts`."""
        self._accounts = accounts
        self._people = people

    def routes(self) -> list[web.RouteDef]:
        """Return the routes, from the root of the origin."""
        return [
            web.get("/authorize", self._show),
            web.post("/authorize", self._decide),
            web.post("/api/token", self._token),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        try:
            wanted = self._accounts.check_authorization(request.query)
        except AuthorizationRefused as refused:
            return _page(refusal_page(refused.message), 400)
        return _page(authorize_page(wanted, self._people()), 200)

    async def _decide(self, request: web.Request) -> web.Response:
        form = await request.post()
        try:
            wanted = self._accounts.check_authorization(request.query)
            if form.get("decision") == "allow":
                outcome = {
                    "code": self._accounts.allow(wanted, str(form.get("person", "")))
                }
            else:
                outcome = {"error": "access_denied"}
        except AuthorizationRefused as refused:
            return _page(refusal_page(refused.message), 400)
        if wanted.state is not None:
            outcome["state"] = wanted.state
        return web.Response(
            status=302,
            headers={
                hdrs.LOCATION: str(URL(wanted.redirect_uri).update_query(outcome))
            },
        )

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        try:
            answer = self._answer(form, request.headers.get(hdrs.AUTHORIZATION, ""))
        except TokenRefused as refused:
            body = {"error": refused.error, "error_description": refused.description}
            return web.json_response(body, status=400, headers=_NO_STORE)
        return web.json_response(answer, headers=_NO_STORE)

    def _answer(self, form: Mapping[str, str], authorization: str) -> dict[str, Any]:
        """Return the body of the token answer to a form; raises TokenRefused."""
        kind = form.get("grant_type")
        if not kind:
            raise TokenRefused(
                "unsupported_grant_type", "grant_type parameter is missing"
            )
        if kind not in ("authorization_code", "refresh_token"):
            raise TokenRefused(
                "unsupported_grant_type",
                "grant_type must be authorization_code or refresh_token",
            )
        app = self._accounts.check_client(*_client(form, authorization))
        if kind == "refresh_token":
            return self._accounts.refresh(app, _needed(form, "refresh_token"))
        return self._accounts.redeem(
            app,
            _needed(form, "code"),
            _needed(form, "redirect_uri"),
            _needed(form, "code_verifier"),
        )


def _needed(form: Mapping[str, str], name: str) -> str:
    if not (value := form.get(name)):
        raise TokenRefused("invalid_request", f"{name} must be supplied")
    return value


def _client(
    form: Mapping[str, str], authorization: str
) -> tuple[str | None, str | None]:
    """Return client id and secret, from the Authorization header or else from the form."""
    if authorization:
        try:
            basic = BasicAuth.decode(authorization)
        except (ValueError, BadBase64) as err:
            raise TokenRefused("invalid_client", "Invalid client") from err
        return basic.login, basic.password
    return form.get("client_id"), form.get("client_secret")


def _page(text: str, status: int) -> web.Response:
    return web.Response(
        text=text, status=status, content_type="text/html", headers=_NO_STORE
    )
