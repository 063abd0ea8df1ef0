"""The accounts service: who let which app in, and the codes and tokens that came of it. No HTTP here.

Manners taken from Spotify: a refresh with PKCE either retires the old refresh token at once (a client that keeps it is
told "Refresh token revoked", see https://github.com/ramsayleung/rspotify/issues/396) or, often since July 2026, gives no
new one (https://github.com/music-assistant/server/pull/4494); after six months the refresh token is dead. Revoking an
app here ends its access tokens too, at once, so that tests need not wait an hour.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
import hmac
import secrets
from typing import Any, Final

from .grants import (
    ACCESS_TOKEN_MS,
    ACCESS_TOKEN_PREFIX,
    CODE_PREFIX,
    REFRESH_TOKEN_PREFIX,
    SCOPES,
    AccessToken,
    App,
    AuthorizationRequest,
    Bearer,
    Code,
    Grant,
    is_loopback_literal,
)
from .manners import Manners, RefreshAnswer

DEMO_CLIENT_ID: Final = "e7c0de51a0b94d2f8c3b6f0a9d4e1b72"
DEMO_CLIENT_SECRET: Final = "5ec2e7d00d5a4b8e9f1c7a6b3d2e8f40"
DEMO_APP: Final = App(
    client_id=DEMO_CLIENT_ID,
    name="Encore at home",
    redirect_uris=(
        "http://127.0.0.1/auth/external/callback",
        "http://[::1]/auth/external/callback",
        "https://my.home-assistant.io/redirect/oauth",
    ),
    secret=DEMO_CLIENT_SECRET,
)

_DAY_MS: Final = 86_400_000


class AuthorizationRefused(Exception):
    """`/authorize` cannot go on, and nothing may be sent to the redirect URI: the person is told `message`."""

    def __init__(self, message: str) -> None:
        """Keep the sentence that Spotify's page shows."""
        super().__init__(message)
        self.message = message


class TokenRefused(Exception):
    """`/api/token` gives nothing: `error` and `description` as RFC 6749 section 5.2 has them."""

    def __init__(self, error: str, description: str) -> None:
        """Keep what the answer will say."""
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description


class BearerRefused(Exception):
    """An access token is not, or no longer, good; `message` is what the Web API answers."""

    def __init__(self, message: str) -> None:
        """Keep what the answer will say."""
        super().__init__(message)
        self.message = message


class Accounts:
    """The accounts service of one simulated Spotify.

    `now` gives the simulated time in ms UTC; `people` are the keys of those who have an account; `saved` is called each
    time something was issued or withdrawn, before anybody learns of it, so that a kill never forgets a token.
    """

    def __init__(
        self,
        now: Callable[[], int],
        people: Collection[str],
        *,
        apps: Collection[App] = (DEMO_APP,),
        manners: Manners | None = None,
        saved: Callable[[], None] = lambda: None,
    ) -> None:
        """Start with nobody having let anything in."""
        self._now = now
        self._people = frozenset(people)
        self._apps = {app.client_id: app for app in apps}
        self._manners = manners or Manners()
        self._saved = saved
        self.access_token_ms = ACCESS_TOKEN_MS
        """How long the access tokens live that are issued from now on."""
        self._codes: dict[str, Code] = {}
        self._grants: list[Grant] = []
        self._access: dict[str, AccessToken] = {}

    # Authorizing.

    def check_authorization(self, query: Mapping[str, str]) -> AuthorizationRequest:
        """Return the request that the query of `/authorize` makes.

        Raises AuthorizationRefused with what Spotify's own page would say.
        """
        if not (client_id := query.get("client_id")):
            raise AuthorizationRefused("Missing required parameter: client_id")
        if (app := self._apps.get(client_id)) is None:
            raise AuthorizationRefused("INVALID_CLIENT: Invalid client")
        if not (redirect_uri := query.get("redirect_uri")):
            raise AuthorizationRefused("Missing required parameter: redirect_uri")
        if not app.accepts_redirect(redirect_uri):
            insecure = redirect_uri.startswith("http:") and not is_loopback_literal(
                redirect_uri
            )
            raise AuthorizationRefused(
                "INVALID_CLIENT: Insecure redirect URI"
                if insecure
                else "INVALID_CLIENT: Invalid redirect URI"
            )
        if query.get("response_type") != "code":
            # The implicit grant ("token") went on 2025-11-27.
            raise AuthorizationRefused("response_type must be code")
        if query.get("code_challenge_method") != "S256":
            raise AuthorizationRefused("code_challenge_method must be S256")
        if not (challenge := query.get("code_challenge")):
            raise AuthorizationRefused("Missing required parameter: code_challenge")
        scopes = tuple(dict.fromkeys(query.get("scope", "").split()))
        if not set(scopes) <= SCOPES.keys():
            raise AuthorizationRefused("INVALID_SCOPE: Invalid scope")
        return AuthorizationRequest(
            app, redirect_uri, scopes, query.get("state"), challenge
        )

    def allow(self, request: AuthorizationRequest, person: str) -> str:
        """Let the app in on behalf of `person` (a key of the people) and return the authorization code."""
        if person not in self._people:
            raise AuthorizationRefused("Incorrect username or password.")
        code = Code(
            _new(CODE_PREFIX),
            person,
            request.app.client_id,
            request.redirect_uri,
            request.scopes,
            request.code_challenge,
            self._now(),
        )
        self._codes[code.value] = code
        self._saved()
        return code.value

    # Tokens.

    def check_client(self, client_id: str | None, secret: str | None) -> App:
        """Return the app that asks for a token; raises TokenRefused (`invalid_client`) for a stranger."""
        app = self._apps.get(client_id or "")
        if app is None:
            raise TokenRefused("invalid_client", "Invalid client")
        if secret and not hmac.compare_digest(secret, app.secret):
            raise TokenRefused("invalid_client", "Invalid client secret")
        return app

    def redeem(
        self, app: App, value: str, redirect_uri: str, verifier: str
    ) -> dict[str, Any]:
        """Exchange an authorization code for tokens: once, in time, by who asked for it, with the right verifier.

        Returns the body of the token answer; raises TokenRefused (`invalid_grant`).
        """
        code = self._codes.get(value)
        if code is None or code.used or code.client_id != app.client_id:
            raise TokenRefused("invalid_grant", "Invalid authorization code")
        if self._now() >= code.expires_at:
            raise TokenRefused("invalid_grant", "Authorization code expired")
        if redirect_uri != code.redirect_uri:
            raise TokenRefused("invalid_grant", "Invalid redirect URI")
        if not hmac.compare_digest(challenge_of(verifier), code.code_challenge):
            raise TokenRefused("invalid_grant", "code_verifier was incorrect")
        code.used = True
        grant = Grant(
            number=len(self._grants),
            person=code.person,
            client_id=app.client_id,
            scopes=code.scopes,
            authorized_at=self._now(),
            refresh_token=_new(REFRESH_TOKEN_PREFIX),
        )
        self._grants.append(grant)
        return self._issue(grant)

    def refresh(self, app: App, refresh_token: str) -> dict[str, Any]:
        """Exchange a refresh token for a new access token, and a new refresh token where manners are such: the old one is dead then.

        Returns the body of the token answer; raises TokenRefused (`invalid_grant`).
        """
        grant = self._grant_of(refresh_token)
        if grant is None or grant.client_id != app.client_id:
            raise TokenRefused("invalid_grant", "Invalid refresh token")
        if grant.revoked or refresh_token in grant.retired:
            raise TokenRefused("invalid_grant", "Refresh token revoked")
        if self._now() >= grant.expires_at:
            raise TokenRefused("invalid_grant", "Refresh token expired")
        if self._manners.refresh_token is RefreshAnswer.ROTATED:
            grant.retired.append(grant.refresh_token)
            grant.refresh_token = _new(REFRESH_TOKEN_PREFIX)
            return self._issue(grant)
        answer = self._issue(grant)
        match self._manners.refresh_token:
            case RefreshAnswer.ABSENT:
                del answer["refresh_token"]
            case RefreshAnswer.NULL:
                answer["refresh_token"] = None
            case RefreshAnswer.EMPTY:
                answer["refresh_token"] = ""
        return answer

    def bearer(self, access_token: str) -> Bearer:
        """Return whom an access token speaks for; raises BearerRefused when it is wrong, withdrawn or too old."""
        token = self._access.get(access_token)
        if token is None or (grant := self._grants[token.grant]).revoked:
            raise BearerRefused("Invalid access token")
        if self._now() >= token.expires_at:
            raise BearerRefused("The access token expired")
        return Bearer(grant.person, grant.client_id, frozenset(grant.scopes))

    def person_of(self, secret: str) -> str | None:
        """Return whose code, refresh token or access token this is or was, good or not."""
        if token := self._access.get(secret):
            return self._grants[token.grant].person
        if code := self._codes.get(secret):
            return code.person
        grant = self._grant_of(secret)
        return grant.person if grant else None

    # What tests and the demo do to people's accounts.

    @property
    def issued(self) -> list[str]:
        """Return every access token, refresh token and code ever issued, for searches of leaked secrets."""
        refresh = [
            token
            for grant in self._grants
            for token in (*grant.retired, grant.refresh_token)
        ]
        return [*self._access, *refresh, *self._codes]

    def authorize(self, person: str, scopes: Collection[str]) -> dict[str, Any]:
        """Let the first app in on behalf of `person` without a browser; returns the body of the token answer."""
        app = next(iter(self._apps.values()))
        redirect_uri, verifier = app.redirect_uris[0], secrets.token_urlsafe(48)
        code = self.allow(
            AuthorizationRequest(
                app, redirect_uri, tuple(scopes), None, challenge_of(verifier)
            ),
            person,
        )
        return self.redeem(app, code, redirect_uri, verifier)

    def revoke(self, person: str) -> int:
        """Withdraw every app of `person`, as on their account page; returns how many grants ended."""
        ended = [
            grant
            for grant in self._grants
            if grant.person == person and not grant.revoked
        ]
        for grant in ended:
            grant.revoked = True
        self._saved()
        return len(ended)

    def expire_access(self, person: str) -> int:
        """Make the access tokens of `person` expire now; returns how many were still good."""
        now = self._now()
        expired = [
            token
            for token in self._access.values()
            if self._grants[token.grant].person == person and token.expires_at > now
        ]
        for token in expired:
            token.expires_at = now
        self._saved()
        return len(expired)

    def age_authorization(self, person: str, days: float) -> None:
        """Make the authorizations of `person` `days` days older, towards their end after six months."""
        for grant in self._grants:
            if grant.person == person:
                grant.authorized_at -= int(days * _DAY_MS)
        self._saved()

    # Keeping.

    def as_state(self) -> dict[str, Any]:
        """Return everything issued, as JSON-compatible values."""
        return {
            "codes": [
                {name: getattr(code, name) for name in Code.__slots__}
                for code in self._codes.values()
            ],
            "grants": [
                {name: getattr(grant, name) for name in Grant.__slots__}
                for grant in self._grants
            ],
            "access": [
                {name: getattr(token, name) for name in AccessToken.__slots__}
                for token in self._access.values()
            ],
        }

    def restore(self, state: Mapping[str, Any]) -> None:
        """Take up what `as_state` returned in an earlier life."""
        codes = [
            Code(**{**code, "scopes": tuple(code["scopes"])}) for code in state["codes"]
        ]
        self._codes = {code.value: code for code in codes}
        self._grants = [
            Grant(**{**grant, "scopes": tuple(grant["scopes"])})
            for grant in state["grants"]
        ]
        self._access = {
            token["value"]: AccessToken(**token) for token in state["access"]
        }

    def _grant_of(self, refresh_token: str) -> Grant | None:
        return next(
            (
                grant
                for grant in self._grants
                if refresh_token == grant.refresh_token
                or refresh_token in grant.retired
            ),
            None,
        )

    def _issue(self, grant: Grant) -> dict[str, Any]:
        token = AccessToken(
            _new(ACCESS_TOKEN_PREFIX), grant.number, self._now() + self.access_token_ms
        )
        self._access[token.value] = token
        self._saved()
        return {
            "access_token": token.value,
            "token_type": "Bearer",
            "expires_in": self.access_token_ms // 1000,
            "refresh_token": grant.refresh_token,
            "scope": " ".join(grant.scopes),
        }


def challenge_of(verifier: str) -> str:
    """Return the S256 code challenge of a code verifier (RFC 7636 section 4.2)."""
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _new(prefix: str) -> str:
    return prefix + secrets.token_urlsafe(96)
