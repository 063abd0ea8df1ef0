"""What is said not to have been played, and what is only assumed to have been: the truth, in every language."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from custom_components.encore.history.model import Observation, Source
from custom_components.encore.history.records.recording_coverage import Recorded
from custom_components.encore.questions.base.scope import KindFilter
from tests.unit.history.memory import note_recorded

from .house import (
    ALVA,
    EMBER,
    KITCHEN,
    NOW,
    RIVER,
    STUDY,
    ask,
    at,
    heard,
    history_of,
    query_context,
)

NOTHING = {
    "en": "anything so",
    "de": " nichts gehört",
    "nl": " niets beluisterd",
    "fr": " rien écouté",
    "es": " nada ",
}
NONE = {
    "en": [
        "any music",
        "any podcasts",
        "any audiobooks",
        "any radio",
        "anything on the television",
        "anything from the line-in",
    ],
    "de": [
        "keine Musik",
        "keine Podcasts",
        "keine Hörbücher",
        "kein Radio",
        "nichts im Fernsehen",
        "nichts über den Line-in",
    ],
    "nl": [
        "geen muziek",
        "geen podcasts",
        "geen luisterboeken",
        "geen radio",
        "niets op de televisie",
        "niets via de lijningang",
    ],
    "fr": [
        "écouté aucune musique",
        "écouté aucun podcast",
        "écouté aucun livre audio",
        "pas écouté la radio",
        "pas regardé la télévision",
        "pas écouté l’entrée ligne",
    ],
    "es": [
        "música",
        "ningún pódcast",
        "ningún audiolibro",
        "la radio",
        "la televisión",
        "nada por la entrada de línea",
    ],
}
ONLY = {
    "en": ", only music",
    "de": ", nur Musik",
    "nl": ", alleen muziek",
    "fr": ", seulement de la musique",
    "es": ", solo música",
}
SOURCES = {
    "en": "According to an export, you",
    "de": "Laut dem Datenexport hast du",
    "nl": "Volgens de gegevensexport heb je",
    "fr": "D’après un export, tu",
    "es": "Según una exportación, no",
}
LONG = {
    "en": "for ten minutes or longer",
    "de": "zehn Minuten oder länger",
    "nl": "tien minuten of langer",
    "fr": "pendant dix minutes ou plus",
    "es": "durante diez minutos o más",
}
ABOUT = {
    "en": "about",
    "de": "etwa",
    "nl": "ongeveer",
    "fr": "environ",
    "es": "aproximadamente",
}


@pytest.mark.parametrize("language", NONE)
@pytest.mark.parametrize("question", ["plays", "listening_time", "heatmap", "timeline"])
def test_what_was_not_asked_for_is_not_denied(
    new_store: Callable[[], str], language: str, question: str
) -> None:
    """There was music today and nothing else: of each other kind, that is said and no more."""
    asked = replace(query_context(), language=language)
    with history_of(new_store(), [heard(ALVA, RIVER, "2026-07-15 09:00")]) as history:
        for kind, words in list(zip(KindFilter, NONE[language], strict=True))[1:]:
            answer = ask(
                history, question, asked, window="today", listener="me", kind=kind.value
            )
            assert words in answer.speech
            assert ONLY[language] in answer.speech
            assert NOTHING[language] not in answer.speech or words.startswith(
                NOTHING[language].strip().split()[0]
            )
            assert answer.data["total"]["play_count"] == 0
        music = ask(
            history,
            question,
            asked,
            window="2026-07-15",
            listener="me",
            kind="music",
            minimum_played=600,
        )
        assert f"{NONE[language][0]} {LONG[language]}" in music.speech


@pytest.mark.parametrize("language", SOURCES)
def test_a_source_denies_for_itself(
    new_store: Callable[[], str], language: str
) -> None:
    """What an export doesn't have, another source may know."""
    export = replace(
        heard(ALVA, RIVER, "2026-07-13 09:00"), source=Source.EXPORT, device=None
    )
    past = [heard(ALVA, RIVER, "2026-07-15 09:00"), export]
    with history_of(new_store(), past) as history:
        note_recorded(
            history,
            [Recorded(ALVA, Source.EXPORT, at("2026-07-13"), at("2026-07-15 12:00"))],
        )
        asked = replace(query_context(), language=language)
        said = ask(
            history, "plays", asked, window="today", listener="me", source="export"
        )
        assert said.speech.startswith(SOURCES[language])


def test_a_room_has_no_record_before_rooms_were_watched(
    new_store: Callable[[], str],
) -> None:
    """An export of years knows no rooms."""
    export = replace(
        heard(ALVA, RIVER, "2021-03-01 09:00"), source=Source.EXPORT, device=None
    )
    with history_of(
        new_store(), [heard(ALVA, EMBER, "2026-07-14 09:00", room=KITCHEN)]
    ) as history:
        history.append([export]).result()
        note_recorded(
            history, [Recorded(ALVA, Source.EXPORT, at("2021-03-01"), NOW.now)]
        )
        everywhere = ask(history, "plays", window="all_time", listener="me")
        assert everywhere.data["time_range"]["complete"]
        study = ask(history, "plays", window="all_time", listener="me", room=STUDY.name)
        assert "2021" not in study.speech
        assert (
            study.speech
            == "As far as I know, you haven’t played anything in Alva's study since yesterday."
        )
        assert study.data["recorded_from"].startswith("2026-07-14")
        year = ask(history, "plays", window="this_year", listener="me", room=STUDY.name)
        assert not year.data["time_range"]["complete"]
        assert "Your history in Alva's study begins at 9 am yesterday" in year.speech
        early = ask(history, "plays", window="2021", room=STUDY.name)
        assert "so I can’t tell" in early.speech


def _skimmed() -> list[Observation]:
    row = replace(
        heard(ALVA, RIVER, "2026-07-15 09:00"), source=Source.POLLED, device=None
    )
    return [
        row,
        replace(
            heard(ALVA, EMBER, "2026-07-15 09:01"), source=Source.POLLED, device=None
        ),
    ]


@pytest.mark.parametrize("language", ABOUT)
def test_a_total_that_is_assumed_says_so(
    new_store: Callable[[], str], language: str
) -> None:
    """Two rows of recently played in four minutes, and then the same of what was measured."""
    asked = replace(query_context(), language=language)
    with history_of(new_store(), _skimmed()) as history:
        answer = ask(
            history, "listening_time", asked, window="2026-07-15", listener="me"
        )
        assert f" {ABOUT[language]} " in answer.speech
        assert answer.data["total"] == {
            "play_count": 2,
            "minutes": 4,
            "assumed_minutes": 4,
        }
        rows = ask(history, "plays", asked, window="2026-07-15", listener="me").data
        assert [row["length"] for row in rows["plays"]] == ["assumed"] * 2
        assert sorted(row["seconds_played"] for row in rows["plays"]) == [60, 200]
        long = ask(history, "listening_time", asked, window="2026", listener="me")
        assert long.data["total"]["assumed_minutes"] == 4
        measured = [replace(row, source=Source.EXPORT) for row in _skimmed()]
        history.append(measured).result()
        answer = ask(
            history, "listening_time", asked, window="2026-07-15", listener="me"
        )
        assert f" {ABOUT[language]} " not in answer.speech
        assert "assumed_minutes" not in answer.data["total"]
