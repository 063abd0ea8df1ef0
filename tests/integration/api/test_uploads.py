"""Exports that are sent in pieces: over connections that break, by pages that are reloaded, and by who may not."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from datetime import timedelta
import gzip
from http import HTTPStatus
from io import BytesIO
import logging
import os
from pathlib import Path
import random
import threading
from typing import Any

from aiohttp.test_utils import TestClient
from freezegun.api import FrozenDateTimeFactory
import pytest
from pytest_homeassistant_custom_component.common import (
    MockConfigEntry,
    MockUser,
    async_fire_time_changed,
)
from pytest_homeassistant_custom_component.typing import (
    ClientSessionGenerator,
    WebSocketGenerator,
)
from yarl import URL

from custom_components.encore.api.uploads import uploads as module
from custom_components.encore.api.uploads.upload_views import UPLOADS_URL
from custom_components.encore.api.uploads.uploads import (
    DATA_UPLOADS,
    PIECE_BYTES,
    Uploads,
)
from custom_components.encore.const import DOMAIN
from custom_components.encore.history.errors import StoreUnavailable
from custom_components.encore.history.imports import importer, slices
from custom_components.encore.runtime.jobs import EVENT_JOB, Jobs
from homeassistant.core import Context, HomeAssistant
from tests.integration.running import async_act as act
from tests.unit.history.exports import AUDIO, VIDEO, row, zipped
from tests.unit.history.memory import MINUTE, NOON

from .test_history_options import choose

NAME = "my_spotify_data_alva.private.name.zip"
ROWS = [row(NOON + number * 5 * MINUTE) for number in range(400)]

type Answer = tuple[int, dict[str, Any]]


class Page:
    """What the panel's page does: it asks, and goes on as it is told."""

    def __init__(self, client: TestClient[Any, Any], entry_id: str) -> None:
        """Speak for whom a client speaks, about one account."""
        self.client = client
        self.entry_id = entry_id

    async def begin(self, content: bytes, **parameters: object) -> Answer:
        """Announce a file."""
        body = {
            "config_entry_id": self.entry_id,
            "name": NAME,
            "size": len(content),
        }
        return await self.asked("post", "", json=body | parameters)

    async def begun(self, content: bytes, **parameters: object) -> str:
        """Announce a file, and return the id of its upload."""
        status, reported = await self.begin(content, **parameters)
        assert status == HTTPStatus.OK, reported
        number: str = reported["upload"]
        return number

    async def send(self, upload: str, offset: object, piece: bytes | BytesIO) -> Answer:
        """Send a piece."""
        return await self.asked("patch", f"/{upload}?offset={offset}", data=piece)

    async def look(self, upload: str) -> Answer:
        """Ask how much has come."""
        return await self.asked("get", f"/{upload}")

    async def give_up(self, upload: str) -> Answer:
        """Give an upload up."""
        return await self.asked("delete", f"/{upload}")

    async def asked(self, method: str, path: str, **more: Any) -> Answer:
        """Return the status and the data of an answer."""
        async with self.client.request(method, UPLOADS_URL + path, **more) as response:
            return response.status, await response.json()


async def slowly(page: Page, upload: str, content: bytes, first: int) -> None:
    """Send the beginning of a piece, and then nothing."""

    async def pieces() -> AsyncGenerator[bytes]:
        yield content[:first]
        await asyncio.Event().wait()

    await page.client.patch(
        f"{UPLOADS_URL}/{upload}?offset=0",
        data=pieces(),
        headers={"Content-Length": str(len(content))},
    )


async def until(true: Callable[[], bool]) -> None:
    """Let everything go on until something is true; the clock of the tests stands still."""
    while not true():
        await asyncio.sleep(0)


@pytest.fixture
async def page(
    house: MockConfigEntry,
    accounts: dict[str, MockConfigEntry],
    hass_client: ClientSessionGenerator,
) -> Page:
    """Return the page of Alva, an administrator, who imports for Cleo."""
    return Page(await hass_client(), accounts["cleo"].entry_id)


@pytest.fixture
def export(tmp_path: Path) -> bytes:
    """Return an export of 400 plays."""
    return zipped(tmp_path / "made.zip", {AUDIO: ROWS}).read_bytes()


@pytest.fixture
def folder(hass: HomeAssistant) -> Path:
    """Return where uploads lie."""
    return Path(hass.config.cache_path(DOMAIN, "uploads"))


def lying(folder: Path) -> list[bytes]:
    """Return what lies there."""
    return [path.read_bytes() for path in folder.glob("*")] if folder.exists() else []


def names(folder: Path) -> list[str]:
    """Return what is called how there."""
    return [path.name for path in folder.iterdir()]


def fill_up(folder: Path) -> None:
    """Let the one file there be on a disk that is full."""
    [file] = folder.glob("*.zip")
    file.rename(file.with_suffix(".aside"))
    file.symlink_to("/dev/full")


def free(folder: Path) -> None:
    """Let it be where it was."""
    [aside] = folder.glob("*.aside")
    aside.replace(aside.with_suffix(".zip"))


def put_in_the_way(folder: Path) -> None:
    """Let a file be where the folder is to be."""
    folder.parent.mkdir(parents=True)
    folder.write_text("in the way")


def clear_the_way(folder: Path) -> None:
    """Remove that file."""
    folder.unlink()


def empty(folder: Path) -> None:
    """Remove what lies there."""
    for path in folder.iterdir():
        path.unlink()


def make(folder: Path) -> None:
    """Make a folder as everybody may look into it."""
    folder.mkdir(parents=True)


def modes_of(folder: Path) -> list[int]:
    """Return the modes of the file in a folder, of the folder, and of that above it."""
    [file] = folder.iterdir()
    return [each.stat().st_mode & 0o777 for each in (file, folder, folder.parent)]


async def job_of(hass: HomeAssistant, context: Context, number: int) -> dict[str, Any]:
    """Return the record of a job once all is done."""
    await hass.async_block_till_done()
    answer = await act(hass, "get_jobs", context)
    [job] = [each for each in answer["jobs"] if each["job"] == number]
    return dict(job)


async def test_an_export_is_sent_whole_and_imported(
    hass: HomeAssistant, page: Page, export: bytes, folder: Path, as_alva: Context
) -> None:
    """The last piece's answer has the job, whose record tells what became of each file; the upload's own file is gone."""
    upload = await page.begun(export)
    status, reported = await page.send(upload, 0, export)
    assert (status, reported["received"]) == (HTTPStatus.OK, len(export))
    job = await job_of(hass, as_alva, reported["job"])
    assert (job["kind"], job["state"], job["about"], job["listener"]) == (
        "import",
        "done",
        NAME,
        "Cleo",
    )
    assert job["files"] == [
        {
            "name": AUDIO,
            "rows": len(ROWS),
            "stored": len(ROWS),
            "duplicates": 0,
            "merged": {},
            "skipped": {},
            "error": None,
            "error_key": None,
        }
    ]
    assert lying(folder) == []
    assert (await page.look(upload))[1]["job"] == reported["job"]


@pytest.mark.parametrize("there", [False, True])
async def test_nobody_else_on_the_machine_reads_an_upload(
    page: Page, export: bytes, folder: Path, *, there: bool
) -> None:
    """Folders and files are for the user who runs Home Assistant, also where a folder was open to others before."""
    before = os.umask(0o022)
    try:
        if there:
            make(folder)
        await page.begun(export)
    finally:
        os.umask(before)
    assert modes_of(folder) == [0o600, 0o700, 0o700]


async def test_the_report_names_each_file_and_why_it_was_refused(
    hass: HomeAssistant, page: Page, tmp_path: Path, as_alva: Context
) -> None:
    """Also rows that came to nothing, by reason, and those that were known."""
    rows = [*ROWS[:5], ROWS[0], row(NOON, ts="yesterday"), row(NOON, ms=-1)]
    content = zipped(tmp_path / "made.zip", {AUDIO: rows, VIDEO: b"{}"}).read_bytes()
    upload = await page.begun(content)
    _, reported = await page.send(upload, 0, content)
    job = await job_of(hass, as_alva, reported["job"])
    audio, video = sorted(job["files"], key=lambda file: str(file["name"]))
    assert (audio["rows"], audio["stored"], audio["duplicates"]) == (8, 5, 1)
    assert sum(audio["skipped"].values()) == 2
    assert "no_time" in audio["skipped"]
    assert audio["error"] is None
    assert video["error_key"] == "import_wrong_json"
    assert VIDEO in video["error"]


@pytest.mark.parametrize("seed", range(6))
async def test_however_it_is_split_and_repeated_the_file_is_the_same(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    seed: int,
) -> None:
    """Pieces of any length; ones that come twice, too early, or beyond the end change nothing and tell how to go on."""
    chance = random.Random(seed)
    monkeypatch.setattr(module, "WRITTEN_AT_ONCE", chance.choice([1, 100, 2**20]))
    upload = await page.begun(export)
    at = 0
    while at < len(export) - 1:
        wrong = chance.randrange(len(export))
        if wrong != at and chance.random() < 0.4:
            status, reported = await page.send(
                upload, wrong, export[wrong : wrong + 50]
            )
            assert status == HTTPStatus.CONFLICT
            assert (reported["error"], reported["received"]) == (
                "upload_wrong_offset",
                at,
            )
        length = chance.choice([0, 1, 2, chance.randrange(1, len(export) // 3)])
        piece = export[at : min(at + length, len(export) - 1)]
        status, reported = await page.send(upload, at, piece)
        at += len(piece)
        assert (status, reported["received"], reported["job"]) == (
            HTTPStatus.OK,
            at,
            None,
        )
    assert lying(folder) == [export[:-1]]
    seen: list[bytes] = []
    importing = Jobs.async_import

    async def seen_whole(self: Jobs, path: Path, *more: Any, **and_: Any) -> Any:
        seen.append(await hass.async_add_executor_job(path.read_bytes))
        return await importing(self, path, *more, **and_)

    monkeypatch.setattr(Jobs, "async_import", seen_whole)
    status, reported = await page.send(upload, at, export[at:])
    assert status == HTTPStatus.OK
    await hass.async_block_till_done()
    assert seen == [export]


async def test_a_page_that_was_reloaded_goes_on(
    hass: HomeAssistant, page: Page, export: bytes, as_alva: Context
) -> None:
    """It finds its upload, how much has come, and for whom and of what file it is."""
    upload = await page.begun(export)
    await page.send(upload, 0, export[:1000])
    _, found = await page.asked("get", "")
    assert found["piece_bytes"] == PIECE_BYTES
    assert found["most_bytes"] == 500 * 2**20
    [reported] = found["uploads"]
    assert reported == {
        "upload": upload,
        "config_entry_id": page.entry_id,
        "name": NAME,
        "size": len(export),
        "received": 1000,
        "job": None,
    }
    _, reported = await page.send(
        reported["upload"], reported["received"], export[1000:]
    )
    assert (await job_of(hass, as_alva, reported["job"]))["state"] == "done"


@pytest.mark.parametrize("at_once", [1, 2**20])
async def test_what_came_before_the_connection_broke_is_stored(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
    at_once: int,
) -> None:
    """In the middle of a piece; only one sends at a time, and another goes on when that is over."""
    monkeypatch.setattr(module, "WRITTEN_AT_ONCE", at_once)
    upload = await page.begun(export)
    known = hass.data[DATA_UPLOADS].get(upload, as_alva.user_id or "")
    half = len(export) // 2
    sending = asyncio.ensure_future(slowly(page, upload, export, half))
    await until(lambda: known.busy and (at_once > 1 or known.received == half))
    for at in (0, known.received):
        status, reported = await page.send(upload, at, export[at:])
        assert (status, reported["error"]) == (HTTPStatus.CONFLICT, "upload_busy")
    sending.cancel()
    await until(lambda: not known.busy)
    _, reported = await page.look(upload)
    at = reported["received"]
    assert at == half or (at_once > 1 and at <= half)
    _, reported = await page.send(upload, at, export[at:])
    assert (await job_of(hass, as_alva, reported["job"]))["counts"]["stored"] == len(
        ROWS
    )


async def test_a_connection_that_is_silent_is_given_up(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
    freezer: FrozenDateTimeFactory,
) -> None:
    """So that another can go on from what it brought."""
    monkeypatch.setattr(module, "WRITTEN_AT_ONCE", 1)
    upload = await page.begun(export)
    known = hass.data[DATA_UPLOADS].get(upload, as_alva.user_id or "")
    sending = asyncio.ensure_future(slowly(page, upload, export, 700))
    await until(lambda: known.received == 700)
    freezer.tick(module.STALLED_S + 1)
    await until(lambda: not known.busy)
    sending.cancel()
    status, reported = await page.send(upload, 700, export[700:])
    assert status == HTTPStatus.OK
    assert (await job_of(hass, as_alva, reported["job"]))["state"] == "done"


@pytest.mark.parametrize(
    ("parameters", "status", "error"),
    [
        ({"size": 500 * 2**20 + 1}, 400, "import_too_large"),
        ({"size": 0}, 400, "upload_bad"),
        ({"size": -5}, 400, "upload_bad"),
        ({"size": "12"}, 400, "upload_bad"),
        ({"size": True}, 400, "upload_bad"),
        ({"size": 1e400}, 400, "upload_bad"),
        ({"name": ""}, 400, "upload_bad"),
        ({"name": "x" * 256}, 400, "upload_bad"),
        ({"name": 5}, 400, "upload_bad"),
        ({"path": "/config/secrets.yaml"}, 400, "upload_bad"),
        ({"config_entry_id": "nobody"}, 400, "not_an_account"),
        ({"config_entry_id": None}, 400, "upload_bad"),
    ],
)
async def test_what_can_not_begin_says_why(
    page: Page,
    export: bytes,
    folder: Path,
    parameters: dict[str, object],
    status: int,
    error: str,
) -> None:
    """And leaves nothing behind."""
    answered, reported = await page.begin(export, **parameters)
    assert (answered, reported["error"]) == (status, error)
    assert len(reported["message"]) > 10
    assert lying(folder) == []
    assert (await page.asked("get", ""))[1]["uploads"] == []


async def test_a_name_that_no_file_can_have_is_only_shown(
    page: Page, export: bytes, folder: Path
) -> None:
    """Nothing on the disk is called so; what cannot be shown or stored is left out of it."""
    for name, shown in (
        ("a\0b.zip", "ab.zip"),
        ("\0", "export.zip"),
        ("é" * 255, "é" * 255),
    ):
        upload = await page.begun(export, name=name)
        assert (await page.look(upload))[1]["name"] == shown
        await page.give_up(upload)
    assert lying(folder) == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"zip"', b"[" * 100_000])
async def test_what_is_no_description_begins_nothing(page: Page, body: bytes) -> None:
    """Whatever the body is."""
    status, reported = await page.asked("post", "", data=body)
    assert (status, reported["error"]) == (HTTPStatus.BAD_REQUEST, "upload_bad")


async def test_the_option_says_how_large_a_zip_may_be(
    hass: HomeAssistant, house: MockConfigEntry, page: Page
) -> None:
    """It is told before a byte is sent."""
    await choose(
        hass,
        house,
        "imports",
        {
            "import_zip_mib": 1,
            "import_rows": 1000,
            "import_inflation": 200,
            "import_depth": 16,
        },
    )
    status, reported = await page.begin(b"", size=2**20 + 1)
    assert (status, reported["error"]) == (HTTPStatus.BAD_REQUEST, "import_too_large")
    assert NAME in reported["message"]
    assert (await page.begin(b"", size=2**20))[0] == HTTPStatus.OK


@pytest.mark.parametrize("offset", ["", "x", "-1", "1.5", "٣", "9" * 5000, " 0"])
async def test_a_piece_says_where_it_belongs(
    page: Page, export: bytes, offset: str
) -> None:
    """As a number of bytes."""
    upload = await page.begun(export)
    status, reported = await page.send(upload, offset, export)
    assert (status, reported["error"]) == (HTTPStatus.BAD_REQUEST, "upload_bad_piece")


async def test_a_piece_is_no_larger_than_is_taken(
    page: Page, export: bytes, folder: Path
) -> None:
    """Neither at once nor beyond the end; nothing of it is kept."""
    long = await page.begun(export, size=PIECE_BYTES * 2)
    status, reported = await page.send(long, 0, BytesIO(b"PK" + b"\0" * PIECE_BYTES))
    assert (status, reported["error"]) == (413, "upload_piece_too_large")
    assert str(PIECE_BYTES) in reported["message"]
    short = await page.begun(export)
    status, reported = await page.send(short, 0, export + b"\0")
    assert (status, reported["error"]) == (413, "upload_piece_too_large")
    assert reported["received"] == 0
    assert lying(folder) == [b"", b""]


async def test_a_piece_that_unpacks_to_more_is_refused(
    page: Page, export: bytes
) -> None:
    """What a client has compressed on the way is longer than it said."""
    upload = await page.begun(b"PK" + b"\0" * 50_000)
    status, reported = await page.asked(
        "patch",
        f"/{upload}?offset=0",
        data=gzip.compress(b"PK" + b"\0" * 49_000),
        headers={"Content-Encoding": "gzip"},
    )
    assert (status, reported["error"]) == (HTTPStatus.BAD_REQUEST, "upload_broken_off")
    assert reported["received"] <= 1000


async def test_what_is_no_zip_is_reported_at_once(
    page: Page, export: bytes, folder: Path
) -> None:
    """By the name that the user knows; there is no need to send the rest."""
    upload = await page.begun(export)
    status, reported = await page.send(upload, 0, b"%PDF-1.7" + export[8:2000])
    assert (status, reported["error"]) == (HTTPStatus.BAD_REQUEST, "import_not_a_zip")
    assert reported["message"].startswith(NAME)
    assert lying(folder) == []
    assert (await page.look(upload))[0] == HTTPStatus.NOT_FOUND


async def test_a_zip_that_is_damaged_is_reported_by_the_job(
    hass: HomeAssistant, page: Page, export: bytes, folder: Path, as_alva: Context
) -> None:
    """In words with the name that the user knows, not that of a file of ours."""
    content = export[: len(export) // 2]
    upload = await page.begun(content)
    _, reported = await page.send(upload, 0, content)
    job = await job_of(hass, as_alva, reported["job"])
    assert (job["state"], job["error_key"]) == ("failed", "import_truncated")
    assert job["error"].startswith(NAME)
    assert lying(folder) == []


async def test_only_administrators_send_exports(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    hass_client: ClientSessionGenerator,
    hass_client_no_auth: ClientSessionGenerator,
    hass_read_only_access_token: str,
    as_alva: Context,
) -> None:
    """Whoever else asks learns nothing, not even what there is; that is noted."""
    upload = await page.begun(export)
    other = Page(await hass_client(hass_read_only_access_token), page.entry_id)
    for each in (upload, "none"):
        for answer in (
            await other.look(each),
            await other.send(each, 0, export),
            await other.give_up(each),
            await other.asked("get", ""),
            await other.begin(export),
        ):
            status, reported = answer
            assert status == HTTPStatus.FORBIDDEN
            assert reported.keys() == {"error", "message"}
            assert reported["error"] == "not_allowed_to_do"
    stranger = Page(await hass_client_no_auth(), page.entry_id)
    response = await stranger.client.get(UPLOADS_URL)
    assert response.status == HTTPStatus.UNAUTHORIZED
    assert (await page.look(upload))[1]["received"] == 0
    audit = await act(hass, "get_audit_log", as_alva, outcome="refused")
    assert {each["request"] for each in audit["records"]} == {
        "begin_upload",
        "continue_upload",
        "give_up_upload",
        "uploads",
    }


async def test_another_administrator_is_not_informed(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    hass_client: ClientSessionGenerator,
    hass_admin_user: MockUser,
) -> None:
    """Whose export it is may be private."""
    upload = await page.begun(export)
    uploads = hass.data[DATA_UPLOADS]
    assert [each.id for each in uploads.of(hass_admin_user.id)] == [upload]
    uploads.of(hass_admin_user.id)[0].user_id = "another"
    assert (await page.asked("get", ""))[1]["uploads"] == []
    for answer in (
        await page.look(upload),
        await page.send(upload, 0, export),
        await page.give_up(upload),
    ):
        assert (answer[0], answer[1]["error"]) == (404, "upload_unknown")


async def test_nobody_sends_for_a_listener_of_whom_they_may_not_know(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    accounts: dict[str, MockConfigEntry],
) -> None:
    """Neither begins it, nor ends it when that changed meanwhile."""
    upload = await page.begun(export)
    cleo = accounts["cleo"]
    hass.config_entries.async_update_entry(cleo, options={"privacy": "private"})
    assert (await page.begin(export))[1]["error"] == "not_an_account"
    status, reported = await page.send(upload, 0, export)
    assert (status, reported["error"]) == (HTTPStatus.BAD_REQUEST, "not_an_account")
    hass.config_entries.async_update_entry(cleo, options={"privacy": "household"})
    status, reported = await page.send(upload, len(export), b"")
    assert status == HTTPStatus.OK
    assert reported["job"] is not None


async def test_two_uploads_go_on_beside_each_other(
    hass: HomeAssistant, page: Page, export: bytes, tmp_path: Path, as_alva: Context
) -> None:
    """Each is imported as it is."""
    more = zipped(
        tmp_path / "more.zip",
        {AUDIO: [row(NOON - n * 5 * MINUTE) for n in range(1, 9)]},
    ).read_bytes()
    first, second = await page.begun(export), await page.begun(more, name="more.zip")
    await page.send(first, 0, export[:500])
    await page.send(second, 0, more[:300])
    (_, one), (_, two) = await asyncio.gather(
        page.send(first, 500, export[500:]), page.send(second, 300, more[300:])
    )
    assert (await job_of(hass, as_alva, one["job"]))["counts"]["stored"] == len(ROWS)
    job = await job_of(hass, as_alva, two["job"])
    assert (job["about"], job["counts"]["stored"]) == ("more.zip", 8)


async def test_there_are_not_too_many_at_once(page: Page, export: bytes) -> None:
    """One that is given up makes room for another."""
    uploads = [await page.begun(export) for _ in range(module.MOST_AT_ONCE)]
    status, reported = await page.begin(export)
    assert (status, reported["error"]) == (429, "upload_too_many")
    assert (await page.give_up(uploads[0]))[0] == HTTPStatus.OK
    assert (await page.begin(export))[0] == HTTPStatus.OK


async def test_one_that_is_given_up_is_gone(
    page: Page, export: bytes, folder: Path
) -> None:
    """With its file."""
    upload = await page.begun(export)
    await page.send(upload, 0, export[:500])
    assert (await page.give_up(upload))[0] == HTTPStatus.OK
    assert lying(folder) == []
    for status, reported in (
        await page.look(upload),
        await page.send(upload, 500, export[500:]),
        await page.give_up(upload),
    ):
        assert (status, reported["error"]) == (404, "upload_unknown")


@pytest.mark.parametrize("by", ["cancel_job", "give_up"])
async def test_an_import_is_cancelled_on_the_way(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    folder: Path,
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
    by: str,
) -> None:
    """By the job's number or with the upload; the same export, sent again, goes on from there."""
    monkeypatch.setattr(slices, "SLICE_BYTES", 2048)
    monkeypatch.setattr(slices, "SLICES_AT_ONCE", 1)
    begun, cancelled = threading.Event(), threading.Event()
    take = importer._Run._take

    def take_and_wait(self: Any, *part: Any) -> None:
        take(self, *part)
        begun.set()
        assert cancelled.wait(60)

    monkeypatch.setattr(importer._Run, "_take", take_and_wait)
    upload = await page.begun(export)
    _, reported = await page.send(upload, 0, export)
    await hass.async_add_executor_job(begun.wait)
    assert len(lying(folder)) == 1
    if by == "give_up":
        await page.give_up(upload)
    else:
        job = {"job": reported["job"]}
        await hass.services.async_call(
            DOMAIN, "cancel_job", job, blocking=True, context=as_alva
        )
    cancelled.set()
    job = await job_of(hass, as_alva, reported["job"])
    assert job["state"] == "cancelled"
    assert 0 < job["counts"]["rows"] < len(ROWS)
    assert lying(folder) == []
    again = await page.begun(export)
    _, reported = await page.send(again, 0, export)
    job = await job_of(hass, as_alva, reported["job"])
    assert (job["state"], job["counts"]["rows"]) == ("done", len(ROWS))


async def test_progress_is_followed_over_websocket(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    hass_ws_client: WebSocketGenerator,
) -> None:
    """From the job's beginning to its end, with what came of it."""
    socket = await hass_ws_client(hass)
    await socket.send_json_auto_id(
        {"type": "subscribe_events", "event_type": EVENT_JOB}
    )
    assert (await socket.receive_json())["success"]
    upload = await page.begun(export)
    _, reported = await page.send(upload, 0, export)
    states: list[str] = []
    while not states or states[-1] not in {"done", "failed", "cancelled"}:
        event = (await socket.receive_json())["event"]["data"]
        assert (event["job"], event["about"]) == (reported["job"], NAME)
        states.append(event["state"])
    assert states[0] == "pending"
    assert (states[-1], event["counts"]["stored"]) == ("done", len(ROWS))


async def test_half_an_upload_does_not_outlive_the_process(
    hass: HomeAssistant, page: Page, export: bytes, folder: Path
) -> None:
    """After a restart its file is gone, and who would go on is told to begin again."""
    upload = await page.begun(export)
    await page.send(upload, 0, export[:500])
    assert lying(folder) == [export[:500]]
    hass.data[DATA_UPLOADS] = Uploads(hass)
    await hass.data[DATA_UPLOADS].async_open()
    assert lying(folder) == []
    status, reported = await page.send(upload, 500, export[500:])
    assert (status, reported["error"]) == (404, "upload_unknown")
    again = await page.begun(export)
    assert (await page.send(again, 0, export))[0] == HTTPStatus.OK


async def test_half_an_upload_is_stored_for_a_day_after_its_last_piece(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    folder: Path,
    as_alva: Context,
    freezer: FrozenDateTimeFactory,
) -> None:
    """No longer; one that goes on stays."""

    async def pass_by(hours: int) -> None:
        freezer.tick(timedelta(hours=hours))
        async_fire_time_changed(hass)
        await hass.async_block_till_done()

    uploads = hass.data[DATA_UPLOADS]
    user_id = as_alva.user_id or ""
    upload = uploads.get(await page.begun(export), user_id)

    async def piece() -> AsyncGenerator[bytes]:
        yield export[:500]

    await pass_by(20)
    await uploads.async_take(upload, 0, 500, piece())
    await pass_by(20)
    assert lying(folder) == [export[:500]]
    assert uploads.of(user_id) == [upload]
    await pass_by(5)
    assert lying(folder) == []
    assert uploads.of(user_id) == []


async def test_a_disk_that_is_full_loses_nothing(
    hass: HomeAssistant, page: Page, export: bytes, folder: Path, as_alva: Context
) -> None:
    """Neither what had come, nor the upload, which goes on once there is room."""
    upload = await page.begun(export)
    await page.send(upload, 0, export[:500])
    fill_up(folder)
    status, reported = await page.send(upload, 500, export[500:])
    assert (status, reported["error"]) == (507, "upload_no_room")
    assert reported["received"] == 500
    free(folder)
    _, reported = await page.send(upload, 500, export[500:])
    assert (await job_of(hass, as_alva, reported["job"]))["state"] == "done"


async def test_room_is_left_for_everything_else(
    page: Page, export: bytes, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the disk has less room than that, nothing begins, and nothing goes on."""
    upload = await page.begun(export)
    monkeypatch.setattr(module, "SPARE_BYTES", 2**62)
    status, reported = await page.begin(export)
    assert (status, reported["error"]) == (507, "upload_no_room")
    status, reported = await page.send(upload, 0, export)
    assert (status, reported["error"], reported["received"]) == (
        507,
        "upload_no_room",
        0,
    )
    assert lying(folder) == [b""]


async def test_a_folder_that_can_not_be_written_to_is_reported(
    page: Page, export: bytes, folder: Path
) -> None:
    """As the system says it; and a file that is gone is no upload any more."""
    put_in_the_way(folder)
    status, reported = await page.begin(export)
    assert (status, reported["error"]) == (500, "upload_not_written")
    clear_the_way(folder)
    upload = await page.begun(export)
    empty(folder)
    status, reported = await page.send(upload, 0, export)
    assert (status, reported["error"]) == (404, "upload_unknown")


async def test_a_history_that_can_not_be_written_to_keeps_the_upload(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    as_alva: Context,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Which is whole; to send nothing more begins its import later."""

    async def fail(*_: object, **__: object) -> None:
        raise StoreUnavailable("The disk is gone")

    upload = await page.begun(export)
    with monkeypatch.context() as failing:
        failing.setattr(Jobs, "_async_begin_record", fail)
        status, reported = await page.send(upload, 0, export)
    assert (status, reported["error"]) == (503, "history_unavailable")
    assert (reported["received"], reported["job"]) == (len(export), None)
    status, reported = await page.send(upload, len(export), b"")
    assert (await job_of(hass, as_alva, reported["job"]))["state"] == "done"
    status, again = await page.send(upload, len(export), b"")
    assert (status, again["job"]) == (HTTPStatus.OK, reported["job"])


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../secrets.yaml", "secrets.yaml"),
        ("C:\\Users\\alva\\data.zip", "data.zip"),
        ("/etc/passwd", "passwd"),
        ("..", ".."),
        ("a\0b\n\u202egpj.zip", "abgpj.zip"),
        ("/", "export.zip"),
        ("<b>déjà 🎵</b>.zip", "b>.zip"),
    ],
)
async def test_a_name_is_only_shown(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    folder: Path,
    as_alva: Context,
    name: str,
    shown: str,
) -> None:
    """No file is called by it, and it is in the record as far as it can be shown."""
    upload = await page.begun(export, name=name)
    assert names(folder) == [f"{upload}.zip"]
    _, reported = await page.send(upload, 0, export)
    job = await job_of(hass, as_alva, reported["job"])
    assert (reported["name"], job["about"], job["state"]) == (shown, shown, "done")


async def test_an_upload_is_named_by_us_alone(page: Page, export: bytes) -> None:
    """Nothing in an address reaches the disk."""
    await page.begun(export)
    for name in ("..%2f..%2fsecrets.yaml", "%2e%2e", "x.zip", "%00"):
        response = await page.client.get(URL(f"{UPLOADS_URL}/{name}", encoded=True))
        assert response.status in {HTTPStatus.NOT_FOUND, HTTPStatus.BAD_REQUEST}


async def test_the_log_does_not_name_the_file(
    hass: HomeAssistant,
    page: Page,
    export: bytes,
    as_alva: Context,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Spotify's account names are in the names of exports; nor do the records of who did what."""
    caplog.set_level(logging.DEBUG, logger="custom_components.encore")
    caplog.set_level(logging.DEBUG, logger="aiohttp")
    half = export[: len(export) // 2]
    for content in (export, half):
        upload = await page.begun(content)
        _, reported = await page.send(upload, 0, content)
        await job_of(hass, as_alva, reported["job"])
    await page.send(await page.begun(export), 0, b"%PDF")
    ours = [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith(("custom_components.encore", "aiohttp"))
    ]
    assert not [text for text in ours if "alva.private.name" in text]
    audit = await act(hass, "get_audit_log", as_alva)
    begun = [each for each in audit["records"] if each["request"] == "begin_upload"]
    assert len(begun) == 3
    assert "alva.private.name" not in str(audit)
