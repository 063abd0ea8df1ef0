"""The walk of a stranger: link an account, play from Home Assistant, ask what was heard."""

import re

from demo.api import Json
from demo.assistants import ASSISTANTS, Assistant, set_up_assistants
from demo.home import Home
from demo.link import settled

from .evening import (
    MOST,
    Account,
    Evening,
    asked,
    counted,
    favourites,
    heard_at_a_full_minute,
    in_words,
    last_month,
    said,
)
from .waiting import until

NEAR_S = 4
"""How far a play that was watched may be off: the player is looked at a moment after each command."""


async def test_linking_an_account_makes_it_and_a_history(
    home: Home, alva: Account
) -> None:
    """The first account brings the History entry along, and both are loaded."""
    found = await settled(home.api)
    assert found == {alva.entry["title"]: "loaded", "Listening history": "loaded"}


async def test_the_whole_past_is_imported(home: Home, alva: Account) -> None:
    """Every row of the export is accounted for, and every play of it is in the history."""
    assert alva.exported["plays"] > 40_000
    report = alva.imported
    merged = sum(report["merged"].values())
    skipped = sum(report["skipped"].values())
    assert report["stored"] + merged == alva.exported["plays"]
    assert report["duplicates"] == alva.exported["duplicates"]
    assert report["rows"] == report["stored"] + merged + report["duplicates"] + skipped


async def test_the_player_shows_what_plays(alva: Account, evening: Evening) -> None:
    """What was played from Home Assistant is in the media player, and what was skipped to as well."""
    for track, state in zip(
        (evening.first, evening.second), evening.states, strict=True
    ):
        shown = state["attributes"]
        assert shown["media_content_id"] == track["uri"]
        assert shown["media_artist"] == ", ".join(track["artists"])
        assert shown["media_album_name"] == track["album"]
        assert shown["media_duration"] > 60


async def test_what_was_watched_is_what_was_played(
    home: Home, alva: Account, evening: Evening
) -> None:
    """The collector's record of the first track agrees with the simulator's ledger."""
    [truth] = [
        row
        for row in (await home.truth.heard("alva"))[-5:]
        if row["uri"] == evening.first["uri"]
    ]
    answer = await home.api.act(
        "encore.get_plays", {"time_range": "last_hour"}, answer=True
    )
    [play] = [each for each in answer["plays"] if each["uri"] == evening.first["uri"]]
    assert play["listener"] == "Alva"
    assert play["device"] == truth["device_name"]
    assert abs(play["seconds_played"] - truth["ms_played"] / 1000) < NEAR_S


async def test_assist_says_what_was_played(
    home: Home, alva: Account, evening: Evening
) -> None:
    """“What did I listen to” counts the plays of the ledger, and names the latest, or what plays right now."""

    async def of_the_last_hour() -> list[Json]:
        now = (await home.truth.ask("GET", "clock"))["now_ms"]
        return counted(await home.truth.heard("alva", start=now - 3_600_000))

    # One more may begin to count, and one may be an hour old, while the question is asked.
    played = await of_the_last_hour()
    answer = await asked(home, "What did I listen to in the last hour?")
    fewest, most = sorted((len(played), len(await of_the_last_hour())))
    numbers = "|".join(said(number) for number in range(fewest, most + 1))
    # Chapters and episodes among them make it "plays".
    assert re.search(rf" ({numbers}) (track|play|episode)s?\b", answer)
    if f"“{evening.first['title']}”" not in answer:
        # Of many plays, those heard most are named, and beside them what is under way.
        assert "right now you’re listening to “" in answer
        often = re.search(r"Most often (.+?);", answer)
        assert often and any(
            artist in often[1] for row in played for artist in row["artists"]
        )


async def test_assist_says_who_was_played_most(home: Home, alva: Account) -> None:
    """“Who was my top artist” names the ledger's favourite, with its plays."""
    start, end = last_month()
    reported = favourites(await home.truth.heard("alva", start=start, end=end))
    answer = await asked(home, MOST)
    assert any(
        f" {artist} with {said(plays)} play" in answer for artist, plays in reported
    )


async def test_assist_says_what_was_playing(home: Home, alva: Account) -> None:
    """“What was playing at” a minute of another day names what the ledger has there."""
    row, minute = heard_at_a_full_minute(await home.truth.heard("alva"))
    answer = await asked(home, f"What was I playing at {in_words(minute)}?")
    assert row["title"] in answer


async def test_each_assistant_is_answered_in_its_language(
    home: Home, alva: Account, evening: Evening
) -> None:
    """A sentence is listened for once somebody's assistant speaks its language, and asks what the question asks."""
    before = [await asked(home, each.question, each.language) for each in ASSISTANTS]
    await set_up_assistants(home.api)
    for assistant, unheard in zip(ASSISTANTS, before, strict=True):

        async def is_answered(assistant: Assistant = assistant) -> bool:
            """Its grammar is read first, and something may be heard between the two questions."""
            answer = await home.api.command(
                "encore/ask",
                question="get_plays",
                parameters={"time_range": assistant.window},
                language=assistant.language,
            )
            said = await asked(home, assistant.question, assistant.language)
            return said == str(answer["speech"])

        await until(is_answered, what=f"{assistant.name} is understood")
        assert unheard != await asked(home, assistant.question, assistant.language)
