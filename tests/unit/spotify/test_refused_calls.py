"""Every refusal of Spotify gets its name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
import json
from math import inf

import pytest
import requests
from urllib3.exceptions import ProtocolError

from custom_components.encore.spotify.api.refused_calls import (
    Refusal,
    Unreadable,
    check_answer,
    in_words,
    named,
)
from custom_components.encore.spotify.errors import (
    AnswerUnreadable,
    CommandRefused,
    MissingScope,
    NoActiveDevice,
    NotAllowlisted,
    NotFound,
    NotPremium,
    OwnerNotPremium,
    RestrictedDevice,
    SpotifyError,
    TokenRejected,
    Unavailable,
    VolumeFixed,
)


def answer(
    status: int, body: object, *, method: str = "GET", **headers: str
) -> requests.Response:
    """Return an answer as requests has it; a body that is no string is JSON."""
    response = requests.Response()
    response.status_code = status
    response.reason = "Reason"
    response.request = requests.Request(method, "http://127.0.0.1/v1/me").prepare()
    response.headers.update(
        {name.replace("_", "-"): value for name, value in headers.items()}
    )
    text = body if isinstance(body, str) else json.dumps(body)
    response._content = text.encode()
    return response


def refusal(response: requests.Response) -> Refusal:
    """Return what an answer refuses."""
    with pytest.raises(Refusal) as caught:
        check_answer(response)
    return caught.value


def error(status: int, message: str, reason: str | None = None) -> requests.Response:
    """Return Spotify's error object."""
    body: dict[str, object] = {"status": status, "message": message}
    if reason:
        body["reason"] = reason
    return answer(status, {"error": body})


class _CutOff:
    """A body whose connection is lost."""

    def stream(self, *_args: object, **_kwargs: object) -> Iterator[bytes]:
        """Fail as urllib3 does."""
        raise ProtocolError


def test_a_429_whose_body_is_cut_off_still_says_how_long_to_wait() -> None:
    """The wait is in its head; to ask again in a minute would be to ignore it."""
    cut = answer(429, "", Retry_After="3600", Content_Type="text/plain")
    cut._content = False
    cut.raw = _CutOff()
    assert refusal(cut) == Refusal(429, "Reason", "", 3600.0)


@pytest.mark.parametrize(
    ("response", "name"),
    [
        (error(401, "The access token expired"), TokenRejected),
        (error(401, "Permissions missing"), MissingScope),
        (error(403, "Insufficient client scope"), MissingScope),
        (error(403, "Player command failed: Premium required", "PREMIUM_REQUIRED"), NotPremium),
        (error(403, "Active premium subscription required for the owner of the app"), OwnerNotPremium),
        (
            answer(
                403,
                "Active premium subscription required for the owner of the app. When the subscription status "
                "changes, it can take a few hours before requests are allowed again.",
                Content_Type="application/json",
            ),
            OwnerNotPremium,
        ),
        (error(403, "User not registered in the Developer Dashboard"), NotAllowlisted),
        (
            answer(
                403,
                "Check settings on developer.spotify.com/dashboard, the user may not be registered.",
                Content_Type="text/plain; charset=utf-8",
            ),
            NotAllowlisted,
        ),
        (
            answer(
                403,
                "User not registered in the Developer Dashboard",
                Content_Type="application/json; charset=utf-8",
            ),
            NotAllowlisted,
        ),
        (answer(403, '"Insufficient client scope"', Content_Type="application/json"), MissingScope),
        (error(403, "Player command failed", "DEVICE_NOT_CONTROLLABLE"), RestrictedDevice),
        (error(403, "Player command failed: Restricted device"), RestrictedDevice),
        (error(403, "Player command failed: Restriction violated", "UNKNOWN"), CommandRefused),
        (error(403, "Player command failed", "VOLUME_CONTROL_DISALLOW"), VolumeFixed),
        (error(403, "Cannot control device volume", "UNKNOWN"), VolumeFixed),
        (error(404, "Player command failed: No active device found", "NO_ACTIVE_DEVICE"), NoActiveDevice),
        (error(404, "Device not found"), NotFound),
        (error(400, "Invalid limit"), CommandRefused),
        (answer(400, {"error": "Something went wrong"}), CommandRefused),
        (error(500, "Server error."), Unavailable),
        (answer(502, "<html>Bad Gateway</html>", Content_Type="text/html"), AnswerUnreadable),
        (answer(502, "\n<!DOCTYPE html>", Content_Type="application/json"), AnswerUnreadable),
    ],
)  # fmt: skip
def test_a_refusal_is_named(
    response: requests.Response, name: type[SpotifyError]
) -> None:
    """By its status, its reason and its words."""
    assert type(named(refusal(response))) is name


def test_a_429_keeps_its_wait_and_its_reason() -> None:
    """Also where the error is a string, on which spotipy stumbles."""
    body = {"error": {"status": 429, "message": "m", "reason": "QUOTA_EXCEEDED"}}
    quota = refusal(answer(429, body, Retry_After="52531"))
    assert (quota.status, quota.reason, quota.retry_after_s) == (429, "QUOTA_EXCEEDED", 52531)  # fmt: skip
    plain = refusal(answer(429, {"error": "Too many requests"}, Retry_After="7"))
    assert (plain.message, plain.retry_after_s) == ("Too many requests", 7)


@pytest.mark.parametrize("header", ["", "soon", "nan", "inf"])
def test_a_wait_that_is_no_number_is_none(header: str) -> None:
    """It then counts as a 429 without one."""
    assert refusal(answer(429, "", Retry_After=header)).retry_after_s is None


@pytest.mark.parametrize(
    ("header", "wait_s"), [("9" * 400, inf), ("1e300", 1e300), ("-30", -30)]
)
def test_an_absurd_wait_is_read_as_it_is(header: str, wait_s: float) -> None:
    """What becomes of it is for the pause to decide."""
    assert refusal(answer(429, "", Retry_After=header)).retry_after_s == wait_s


def test_a_wait_may_be_a_date() -> None:
    """As RFC 9110 allows, and what stands between us and Spotify may use."""
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    wait_s = refusal(answer(429, "", Retry_After=in_an_hour)).retry_after_s
    assert wait_s is not None
    assert 3590 < wait_s <= 3600


def test_a_page_is_not_repeated_to_the_person() -> None:
    """A proxy's HTML says nothing, nor does half of an answer; the status does."""
    for body in ("<html>", '{"error": {"mess', ""):
        for said in ("text/html", "application/json", "text/plain"):
            assert refusal(answer(400, body, Content_Type=said)).message == "Reason"


@pytest.mark.parametrize("header", ["application/json", "text/plain", None])
def test_words_that_are_no_json_are_stored(header: str | None) -> None:
    """Whatever the header calls them, and in the letters in which they were sent."""
    headers = {"Content_Type": header} if header else {}
    said = "Cléo’s account may not do that"
    assert refusal(answer(403, said, **headers)).message == said


@pytest.mark.parametrize("body", ["", "<html></html>", '{"device": {"id": '])
def test_an_unreadable_answer_is_not_taken_for_an_empty_one(body: str) -> None:
    """For spotipy nothing would be playing then."""
    with pytest.raises(Unreadable):
        check_answer(answer(200, body))


def test_good_answers_pass() -> None:
    """JSON, nothing at all with a 204, and whatever follows a command."""
    check_answer(answer(200, {"devices": []}))
    check_answer(answer(204, ""))
    check_answer(answer(200, "P0vq9", method="PUT"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (requests.ReadTimeout("x"), "no answer in time"),
        (requests.ConnectTimeout("x"), "no answer in time"),
        (requests.exceptions.SSLError("x"), "no secure connection"),
        (requests.exceptions.ChunkedEncodingError("x"), "the answer broke off"),
        (requests.ConnectionError("x"), "no connection"),
    ],
)
def test_what_prevented_an_answer_is_said_in_words(
    error: requests.RequestException, said: str
) -> None:
    """A person reads it, who knows nothing of Python's classes."""
    assert in_words(error) == said
