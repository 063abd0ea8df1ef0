"""The workflows of the repository: what they run is pinned, and they may do no more than they need."""

from pathlib import Path
import re
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.fixture(params=WORKFLOWS, ids=lambda file: file.stem)
def workflow(request: pytest.FixtureRequest) -> Path:
    """Give one workflow after the other."""
    file: Path = request.param
    return file


def test_each_action_is_pinned_to_a_commit(workflow: Path) -> None:
    """A tag or a branch can be moved to other code; the comment says which version it is."""
    used = re.findall(r"uses: *(.+)", workflow.read_text())
    assert used
    for each in used:
        assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # (v\d+\.\d+\.\d+|\w+).*", each)


def test_no_checkout_leaves_its_token(workflow: Path) -> None:
    """Steps after a checkout can't push with its token."""
    steps = [
        step
        for job in _read(workflow)["jobs"].values()
        for step in job["steps"]
        if step.get("uses", "").startswith("actions/checkout@")
    ]
    assert steps
    assert all(step["with"]["persist-credentials"] is False for step in steps)


def test_workflows_only_read(workflow: Path) -> None:
    """A job that writes says so itself: only the release does."""
    read = _read(workflow)
    assert read["permissions"] == {"contents": "read"}
    writing = {
        name: job["permissions"]
        for name, job in read["jobs"].items()
        if "permissions" in job
    }
    expected = {"zip": {"contents": "write"}} if workflow.stem == "release" else {}
    assert writing == expected


def test_dependabot_watches_all_that_is_pinned() -> None:
    """Actions, Python packages, and those of the front end."""
    read = _read(ROOT / ".github" / "dependabot.yml")
    watched = {each["package-ecosystem"]: each["directory"] for each in read["updates"]}
    assert watched == {"github-actions": "/", "pip": "/", "npm": "/frontend"}
    assert (ROOT / "frontend" / "package-lock.json").exists()


def test_a_security_policy_says_how_to_report() -> None:
    """It is where GitHub looks for it."""
    policy = (ROOT / "SECURITY.md").read_text()
    assert "/security/advisories/new" in policy
    assert "What is supported" in policy


def _read(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(file.read_text())
    return read
