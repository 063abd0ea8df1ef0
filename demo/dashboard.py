"""The dashboard that the demo opens with: what plays, and what was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .api import HomeAssistantApi, Socket

PATH = "encore-demo"
TITLE = "Music"
NOT_SHARED = "{} doesn't share what they listen to with the household."
OF_ITS_OWN = "encore-dashboard"
"""A second dashboard, which Encore makes by itself."""


@dataclass(frozen=True, slots=True)
class Listens:
    """Someone who has a place on the dashboard."""

    name: str
    person: str
    player: str | None
    """Their player; None while their account is not shared with the household."""


async def hang_up(
    api: HomeAssistantApi,
    people: Sequence[Listens],
    asked: Sequence[str],
    rooms: Sequence[str] = (),
) -> None:
    """Make the dashboard, or renew it, and make it the home's first page."""
    async with api.socket() as socket:
        await _hang(socket, PATH, TITLE, "mdi:music", _config(people, asked, rooms))
        await _hang(
            socket,
            OF_ITS_OWN,
            "Encore dashboard",
            "mdi:view-dashboard-variant",
            {"strategy": {"type": "custom:encore"}},
        )
        await socket.command(
            "frontend/set_system_data", key="core", value={"default_panel": PATH}
        )


async def _hang(
    socket: Socket, path: str, title: str, icon: str, config: dict[str, Any]
) -> None:
    """Make a dashboard, or renew it."""
    dashboards = await socket.command("lovelace/dashboards/list")
    if not any(one["url_path"] == path for one in dashboards):
        await socket.command(
            "lovelace/dashboards/create", url_path=path, title=title, icon=icon
        )
    await socket.command("lovelace/config/save", url_path=path, config=config)


def _config(
    people: Sequence[Listens], asked: Sequence[str], rooms: Sequence[str]
) -> dict[str, Any]:
    first, *others = people
    return {
        "title": TITLE,
        "views": [
            {
                "title": TITLE,
                "path": "music",
                "type": "sections",
                "max_columns": 3,
                "sections": [
                    _listener(first),
                    _questions(asked),
                    *map(_listener, others),
                    *([_rooms(rooms)] if rooms else []),
                ],
            }
        ],
    }


def _questions(asked: Sequence[str]) -> dict[str, Any]:
    questions = "\n".join(f"- *{question}*" for question in asked)
    return {
        "type": "grid",
        "cards": [
            {
                "type": "heading",
                "heading": "Ask Encore",
                "icon": "mdi:comment-question-outline",
            },
            {
                "type": "markdown",
                "content": "Open **Assist** at the top right "
                "(or press `a`), choose an assistant of the language, and ask:\n\n"
                f"{questions}",
            },
        ],
    }


def _listener(one: Listens) -> dict[str, Any]:
    return {
        "type": "grid",
        "cards": [
            {
                "type": "heading",
                "heading": one.name,
                "icon": "mdi:account-music",
                "badges": [
                    {"type": "entity", "entity": one.person, "show_state": False}
                ],
            },
            {"type": "media-control", "entity": one.player}
            if one.player
            else {"type": "markdown", "content": NOT_SHARED.format(one.name)},
        ],
    }


def _rooms(players: Sequence[str]) -> dict[str, Any]:
    return {
        "type": "grid",
        "cards": [
            {"type": "heading", "heading": "Rooms", "icon": "mdi:speaker-multiple"},
            *({"type": "media-control", "entity": player} for player in players),
        ],
    }
