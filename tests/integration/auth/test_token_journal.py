"""The token journal: which token wins, how it is written, and what happens when it cannot be."""

import os
from pathlib import Path

import pytest
from pytest_homeassistant_custom_component.common import MockConfigEntry

from custom_components.encore.const import DOMAIN
from custom_components.encore.spotify.auth.oauth_session import (
    async_forget_login,
    async_open_session,
)
from custom_components.encore.spotify.auth.token_encryption import (
    async_get_token_encryption,
)
from custom_components.encore.spotify.auth.token_journal import (
    TokenJournal,
    async_get_journal,
)
from homeassistant.core import HomeAssistant
from homeassistant.helpers import issue_registry as ir
from simulator.spotify import SpotifySimulator
from tests.integration.auth.conftest import Link
from tests.integration.auth.tokens import shift

ISSUE = "journal_unwritable"


@pytest.fixture
def journal_file(config_folder: Path) -> Path:
    """Return where the journal lies, in a folder that is there."""
    storage = config_folder / ".storage"
    storage.mkdir(exist_ok=True)
    return storage / "encore.tokens"


@pytest.fixture
async def entry(hass: HomeAssistant, link: Link) -> MockConfigEntry:
    """Return Alva's account, its token about to expire."""
    entry = await link("alva")
    shift(hass, entry, 0)
    return entry


async def test_the_newer_token_wins_and_a_new_login_beats_all(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """Newer is the higher rotation of the same login."""
    await async_open_session(hass, entry)
    journal = await async_get_journal(hass)
    stored = entry.data["token"]
    assert stored["rotation"] == 1
    older = {**stored, "rotation": 0}
    equal = {**stored}
    newer = {**stored, "rotation": 2}
    other = {**stored, "rotation": 0, "grant": "another login"}
    assert journal.newest(older)["rotation"] == 1
    assert journal.newest(equal) is equal
    assert journal.newest(newer) is newer
    assert journal.newest(other) is other


async def test_the_journal_is_for_its_owner_and_encrypted_as_a_whole(
    hass: HomeAssistant, entry: MockConfigEntry, journal_file: Path
) -> None:
    """Not even when and what was refreshed shows."""
    await async_open_session(hass, entry)
    content = await hass.async_add_executor_job(journal_file.read_text)
    mode = (await hass.async_add_executor_job(journal_file.stat)).st_mode
    assert mode & 0o777 == 0o600
    assert "rotation" not in content
    assert entry.data["token"]["grant"] not in content


async def test_the_journal_reaches_the_disk_before_its_name_does(
    hass: HomeAssistant, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """File, then name, then folder: a power cut at any moment leaves a whole journal, the old or the new."""
    session = await async_open_session(hass, entry)
    shift(hass, entry, 0)
    steps: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def noted_fsync(descriptor: int) -> None:
        what = Path(f"/proc/self/fd/{descriptor}").readlink()
        if what.name in {"encore.tokens.new", ".storage"}:
            steps.append(f"flush {what.name}")
        fsync(descriptor)

    def noted_replace(path: Path, target: Path) -> Path:
        steps.append(f"rename {path.name}")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(Path, "replace", noted_replace)
    await session.async_access_token()
    assert steps == [
        "flush encore.tokens.new",
        "rename encore.tokens.new",
        "flush .storage",
    ]


@pytest.mark.parametrize("content", [b"", b"gAAAAA", b"\xff\xfe", b"{}"])
async def test_a_damaged_journal_is_started_again(
    hass: HomeAssistant,
    entry: MockConfigEntry,
    journal_file: Path,
    caplog: pytest.LogCaptureFixture,
    content: bytes,
) -> None:
    """The entry's own token is then the newest there is."""
    await hass.async_add_executor_job(journal_file.write_bytes, content)
    await async_open_session(hass, entry)
    assert entry.data["token"]["rotation"] == 1
    assert "is started over" in caplog.text


async def test_a_journal_that_cannot_be_written_is_reported_and_not_fatal(
    hass: HomeAssistant,
    spotify: SpotifySimulator,
    entry: MockConfigEntry,
    journal_file: Path,
    issue_registry: ir.IssueRegistry,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The old token is dead, so the new one is used; one line and one notice say that the net is missing."""
    in_the_way = journal_file.with_name("encore.tokens.new")
    await hass.async_add_executor_job(in_the_way.mkdir)
    session = await async_open_session(hass, entry)
    for _ in range(2):
        shift(hass, entry, 0)
        token = await session.async_access_token()
        assert spotify.accounts.bearer(token).person == "alva"
    issue = issue_registry.async_get_issue(DOMAIN, ISSUE)
    assert issue
    assert issue.translation_placeholders
    assert issue.translation_placeholders["file"] == str(journal_file)
    assert caplog.text.count("cannot be written") == 1

    await hass.async_add_executor_job(in_the_way.rmdir)
    shift(hass, entry, 0)
    await session.async_access_token()
    assert issue_registry.async_get_issue(DOMAIN, ISSUE) is None


async def test_removed_and_replaced_logins_leave_the_journal(
    hass: HomeAssistant, entry: MockConfigEntry, link: Link
) -> None:
    """Each write keeps only what an entry still stands on."""
    await async_open_session(hass, entry)
    journal = await async_get_journal(hass)
    ben = await link("ben")
    shift(hass, ben, 0)
    session = await async_open_session(hass, ben)
    assert set(journal._tokens) == {
        entry.data["token"]["grant"],
        ben.data["token"]["grant"],
    }
    await async_forget_login(hass, entry)
    assert set(journal._tokens) == {ben.data["token"]["grant"]}
    await async_forget_login(hass, entry)

    hass.config_entries.async_update_entry(
        entry,
        data={**entry.data, "token": {**entry.data["token"], "grant": "new login"}},
    )
    shift(hass, ben, 0)
    await session.async_access_token()
    again = TokenJournal(hass, await async_get_token_encryption(hass), journal._file)
    await again.async_load()
    assert set(again._tokens) == {ben.data["token"]["grant"]}


async def test_an_account_that_is_removed_is_forgotten(
    hass: HomeAssistant, entry: MockConfigEntry
) -> None:
    """No token of it stays behind."""
    await hass.config_entries.async_setup(entry.entry_id)
    await hass.async_block_till_done()
    journal = await async_get_journal(hass)
    assert journal._tokens
    await hass.config_entries.async_remove(entry.entry_id)
    assert journal._tokens == {}


async def test_an_account_can_be_removed_without_a_key(
    hass: HomeAssistant, entry: MockConfigEntry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody can open need not be forgotten."""
    hass.data.pop(f"{DOMAIN}_seal", None)
    monkeypatch.setenv("ENCORE_KEY", "hunter2")
    await hass.config_entries.async_remove(entry.entry_id)
    assert hass.config_entries.async_entries(DOMAIN) == []
