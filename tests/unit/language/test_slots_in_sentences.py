"""Slots are found wherever they stand in a sentence."""

from collections.abc import Callable
from typing import Any

import pytest

from custom_components.encore.language.reader.details import values_said
from custom_components.encore.language.reader.masking import masker_of
from custom_components.encore.language.reader.said import Said
from custom_components.encore.language.reader.times import ahead_said, times_said
from custom_components.encore.language.reader.tokens import joined
from custom_components.encore.language.slots import moment_of, window_of
from custom_components.encore.language.understood import Names

from .test_normalization import NAMES


@pytest.mark.parametrize(
    ("language", "text", "window"),
    [
        ("en", "in the kitchen on saturday evening what was on", "saturday_evening"),
        ("en", "the other day", "last_7_days"),
        ("en", "who do i hear most nowadays", "last_7_days"),
        ("en", "what did we discover in spring", "spring"),
        ("en", "i was in the office all morning", "this_morning"),
        ("en", "since last monday evening", "since_last_monday_evening"),
        ("en", "between eight and ten last night", "last_night_8:00-10:00 ?"),
        ("en", "on the third of march twenty twenty four", "2024-03-03"),
        ("en", "what did we play on ben's birthday", "birthday_of_ben"),
        ("en", "last to last week which songs were played", "week_before_last"),
        ("en", "what have i heard since like wednesday", "since_wednesday"),
        ("en", "what have we had on since the summer of 2023", "since_summer_2023"),
        ("en", "since the start of the year", "since_this_year"),
        ("en", "since new year", "since_january_1"),
        ("en", "all that has been on since morning", "since_this_morning"),
        ("en", "since two weeks", "last_2_weeks"),
        ("en", "a week ago today", "1_weeks_ago"),
        ("en", "a fortnight back", "2_weeks_ago"),
        ("en", "on boxing day twenty twenty four", "2024-12-26"),
        ("en", "on the evening of christmas eve", "december_24_evening"),
        ("en", "on christmas morning", "december_25_morning"),
        ("en", "from noon to three", "12:00-15:00"),
        ("en", "nine to midnight", None),
        ("en", "between nine and midnight last night", "last_night_21:00-0:00"),
        ("en", "between four and half past five", "4:00-5:30 ?"),
        ("en", "between quarter to one and two", "12:45-2:00 ?"),
        ("en", "between one and three this morning", "today_1:00-3:00"),
        ("en", "in the small hours", "today_0:00-6:00"),
        ("en", "the afternoon of today", "this_afternoon"),
        ("de", "was lief gestern abend in der küche", "yesterday_evening"),
        ("de", "vor zwei tagen", "2_days_ago"),
        ("de", "im sommer zweitausendvierundzwanzig", "summer_2024"),
        ("de", "was lief jestern in der küche", "yesterday"),
        ("de", "was haben wir heute vor einer woche gehört", "1_weeks_ago"),
        ("de", "was lief seit gestern abend", "since_yesterday_evening"),
        ("de", "was isch am fritig z'obig gloffe", "friday_evening"),
        ("de", "alle liada seit freitag auf d'nacht", "since_friday_evening"),
        ("de", "neue bands seit sommer", "since_summer"),
        ("de", "seit dem sommer 2023", "since_summer_2023"),
        ("de", "geh was hab i heuer im märz ghört", "march"),
        ("de", "an silvester 2024", "2024-12-31"),
        ("de", "von halb sieben bis viertel nach acht", "6:30-8:15 ?"),
        ("de", "in letzte drei tage", "last_3_days"),
        ("de", "am stefanitag", "december_26"),
        ("de", "was haben wir an bens geburtstag gehört", "birthday_of_ben"),
        ("de", "in der letzten halben stunde", "last_30_minutes"),
        ("de", "han i de woche viel glost", "this_week"),
        ("de", "was hemmer geschter z'abig glost", "yesterday_evening"),
        ("nl", "wat luisterden we vandaag een week geleden", "1_weeks_ago"),
        ("nl", "twee weken terug", "2_weeks_ago"),
        ("nl", "op de avond van vier juli", "july_4_evening"),
        ("nl", "vanmorgen vroeg", "this_morning"),
        ("nl", "gisteravond laat", "yesterday_evening"),
        ("nl", "van half zeven tot kwart over acht", "6:30-8:15 ?"),
        ("nl", "sinds het begin van het jaar", "since_this_year"),
        ("nl", "nieuwe bands sinds zomer", "since_summer"),
        ("nl", "tot morgenavond niks bijhouden", "tomorrow_evening"),
        ("nl", "twee weken geleden", "2_weeks_ago"),
        ("nl", "afgelopen maandag", "last_monday"),
        ("fr", "hier soir dans la cuisine", "yesterday_evening"),
        ("fr", "il y a deux jours", "2_days_ago"),
        ("fr", "y'a deux nuits", "2_days_ago_night"),
        ("fr", "de six heures et demie à huit heures", "6:30-8:00 ?"),
        ("fr", "le lendemain de noël", "december_26"),
        ("fr", "dernier dimanche", "last_sunday"),
        ("fr", "le reste de la soirée", "this_evening"),
        ("fr", "il y a une quinzaine de jours", "15_days_ago"),
        ("fr", "depuis l'été 2023", "since_summer_2023"),
        ("fr", "la soirée du trente et un", "december_31"),
        ("fr", "la dernière quinzaine", "last_15_days"),
        ("fr", "voici deux semaines", "2_weeks_ago"),
        ("fr", "qu'est-ce qui passe en ce moment", None),
        ("fr", "la veille de noël le vingt-quatre", "december_24"),
        ("fr", "à la saint-nicolas", "december_6"),
        ("fr", "je mets de la musique quand dans la journée", None),
        ("fr", "avant-hier soir", "day_before_yesterday_evening"),
        ("fr", "hier aprèm", "yesterday_afternoon"),
        ("fr", "toute la journée d'hier", "yesterday"),
        ("fr", "la fin de semaine passée", "last_weekend"),
        ("fr", "lundi soir nan mardi soir", "tuesday_evening"),
        ("fr", "l'autre jour", "last_7_days"),
        ("fr", "deux dernières semaines", "last_2_weeks"),
        ("fr", "en mille neuf cent nonante-neuf", "1999"),
        ("es", "ayer por la noche en la cocina", "last_night"),
        ("es", "hace dos semanas", "2_weeks_ago"),
        ("es", "hoy hace una semana", "1_weeks_ago"),
        ("es", "la penúltima semana", "week_before_last"),
        ("es", "de seis y media a ocho menos cuarto", "6:30-7:45 ?"),
        ("es", "en nochebuena de dos mil veinticuatro", "2024-12-24"),
        ("es", "en tres días últimos", "last_3_days"),
        ("es", "el resto del día", "today"),
        ("es", "desde el verano de 2023", "since_summer_2023"),
        ("es", "desde el viernes por la noche", "since_friday_night"),
        ("es", "el otro día", "last_7_days"),
        ("es", "la noche del tres de marzo", "march_3_night"),
        ("es", "el viernes mejor el sábado", "saturday"),
        ("es", "mi top cinco de junio", "june"),
        ("es", "desde el uno de junio", "since_june_1"),
        ("es", "desde principios de año", "since_this_year"),
        ("es", "de marzo para acá", "since_march"),
        ("es", "entre el lunes y hoy", "since_monday"),
        ("es", "en marzo del veinticuatro", "2024-03"),
        ("es", "el verano del veintitrés", "summer_2023"),
        ("es", "la mañana de reyes", "january_6_morning"),
        ("es", "el martes doce de mayo", "may_12"),
        ("es", "toda la mañana", "this_morning"),
        ("es", "a media mañana", "this_morning"),
        ("es", "en lo que llevamos de mes", "this_month"),
        ("es", "en mi fiesta de cumple", "my_birthday"),
    ],
)
def test_time_ranges_are_found(language: str, text: str, window: str | None) -> None:
    """In each language, in words or digits, wherever they are."""
    slots = [dict(slot.slots) for slot in masker_of(language).masked(text, NAMES).slots]
    merged = {name: value for each in slots for name, value in each.items()}
    assert window_of(merged) == window


@pytest.mark.parametrize(
    ("language", "text", "moment"),
    [
        ("en", "at half past seven yesterday evening", "yesterday_evening 7:30 ?"),
        ("en", "what was on at twenty to six", "5:40 ?"),
        ("en", "ten minutes ago", "10_minutes_ago"),
        ("en", "what was that a quarter of an hour ago", "15_minutes_ago"),
        ("en", "three quarters of an hour ago", "45_minutes_ago"),
        ("en", "two hours and a bit ago", "2_hours_ago"),
        ("en", "what was on in the last hour", None),
        ("en", "at hour twenty one and thirty", "21:30"),
        ("en", "at twenty thirty", "20:30"),
        ("en", "at seven o five", "7:05 ?"),
        ("en", "at sixteen hundred hours", "16:00"),
        ("en", "just after a quarter of nine", "8:45 ?"),
        ("en", "at nine in the night", "9:00 night"),
        ("en", "five to midnight on friday", "friday 23:55"),
        ("en", "ten past midnight on saturday evening", "saturday_night 0:10"),
        ("en", "midnight on new year's eve", "december_31_night 0:00"),
        ("en", "at half past three this morning", "today 3:30 am"),
        ("en", "at five this morning", "this_morning 5:00 ?"),
        ("en", "an hour and a half ago", "90_minutes_ago"),
        ("en", "before twenty minutes", "20_minutes_ago"),
        ("en", "a half hour ago", "30_minutes_ago"),
        ("de", "gestern um halb neun", "yesterday 8:30 ?"),
        ("de", "vor einer halben stunde", "30_minutes_ago"),
        ("de", "der track von vor ner stunde", "1_hours_ago"),
        ("de", "am halbi nüni geschtern", "yesterday 8:30 ?"),
        ("de", "kurz nach mitternacht am samstagabend", "saturday_night 0:00"),
        ("de", "um null uhr dreißig", "0:30"),
        ("fr", "hier à une heure du matin", "yesterday 1:00 am"),
        ("fr", "il y a un petit quart d'heure", "15_minutes_ago"),
        ("nl", "om half negen", "8:30 ?"),
        ("nl", "tegen tienen", "10:00 ?"),
        ("nl", "drie kwartier geleden", "45_minutes_ago"),
        ("nl", "een half uurtje geleden", "30_minutes_ago"),
        ("nl", "om twaalf uur met oud en nieuw", "december_31_night 12:00 ?"),
        ("nl", "om halfnegen gisteravond", "yesterday_evening 8:30 ?"),
        ("nl", "kwart voor acht welk liedje", "7:45 ?"),
        ("nl", "net na tien uur gisteravond", "yesterday_evening 10:00 ?"),
        ("fr", "hier à huit heures et demie", "yesterday 8:30 ?"),
        ("fr", "avant dix minutes", "10_minutes_ago"),
        ("fr", "à zéro heure", "0:00"),
        ("fr", "il y a une dizaine de minutes", "10_minutes_ago"),
        ("fr", "il y a genre deux minutes", "2_minutes_ago"),
        ("fr", "tantôt", "1_minutes_ago"),
        ("es", "ayer a las ocho y media", "yesterday 8:30 ?"),
        ("es", "veinte para las nueve", "8:40 ?"),
        ("es", "antes diez minutos", "10_minutes_ago"),
        ("es", "antes de diez minutos", "10_minutes_ago"),
        ("es", "hará unos diez minutos", "10_minutes_ago"),
        ("es", "nueve menos diez canción", "8:50 ?"),
        ("es", "dame una lista de diez canciones", None),
        ("es", "siete de la mañana", "7:00 am"),
        ("es", "hasta las veintidós", "22:00"),
    ],
)
def test_moments_are_found(language: str, text: str, moment: str | None) -> None:
    """A clock time and the day that it is of may stand apart."""
    slots = [dict(slot.slots) for slot in masker_of(language).masked(text, NAMES).slots]
    merged = {name: value for each in slots for name, value in each.items()}
    assert moment_of(merged) == moment


@pytest.mark.parametrize(
    ("language", "key", "text", "values"),
    [
        ("de", "plays", "letzte woche dienstag", {"window": "tuesday_of_last_week"}),
        ("de", "plays", "im juni letzten jahres", {"window": "june_of_last_year"}),
        (
            "de",
            "plays",
            "nicht gestern nacht die nacht davor",
            {"window": "2_days_ago_night"},
        ),
        ("de", "playing_at", "letztes jahr um diese zeit", {"moment": "365_days_ago"}),
        ("de", "playing_at", "vorhin vor zehn minuten", {"moment": "10_minutes_ago"}),
        ("nl", "plays", "vorige week dinsdag", {"window": "tuesday_of_last_week"}),
        ("nl", "playing_at", "gisteren rond dezelfde tijd", {"moment": "1_days_ago"}),
        ("nl", "plays", "van de namiddag", {"window": "this_afternoon"}),
        ("nl", "plays", "in deze jaar", {"window": "this_year"}),
        ("nl", "plays", "dees week", {"window": "this_week"}),
        ("nl", "plays", "wat was er afgelopen uur op", {"window": "last_1_hour"}),
        ("nl", "on_this_day", "vandaag maar dan vorig jaar", {"window": "last_year"}),
        (
            "fr",
            "plays",
            "mardi de la semaine dernière",
            {"window": "tuesday_of_last_week"},
        ),
        ("fr", "plays", "en juin l'année dernière", {"window": "june_of_last_year"}),
        ("fr", "playing_at", "hier à la même heure", {"moment": "1_days_ago"}),
        (
            "es",
            "plays",
            "el martes de la semana pasada",
            {"window": "tuesday_of_last_week"},
        ),
        ("es", "plays", "en junio del año pasado", {"window": "june_of_last_year"}),
        (
            "es",
            "plays",
            "en el verano del año pasado",
            {"window": "summer_of_last_year"},
        ),
        ("es", "playing_at", "anteayer a esta misma hora", {"moment": "2_days_ago"}),
        ("es", "playing_at", "la de antes título", {"moment": "1_minutes_ago"}),
        (
            "es",
            "playing_at",
            "qué sonaba a las cuatro no a las cinco ayer",
            {"moment": "yesterday 5:00 ?"},
        ),
        (
            "en",
            "plays",
            "what was on tuesday last week",
            {"window": "tuesday_of_last_week"},
        ),
        ("en", "plays", "last year in june", {"window": "june_of_last_year"}),
        ("en", "plays", "autumn last year", {"window": "autumn_of_last_year"}),
        ("en", "plays", "at easter last year", {"window": "easter_of_last_year"}),
        ("en", "plays", "boxing day last year", {"window": "december_26_of_last_year"}),
        ("en", "plays", "new year's eve in 2024", {"window": "2024-12-31"}),
        ("en", "plays", "the other day on thursday", {"window": "thursday"}),
        (
            "en",
            "on_this_day",
            "new year's eve in all the years",
            {"date": "december_31", "window": "all_time"},
        ),
        (
            "en",
            "comparison",
            "more this summer than last",
            {"window": "this_summer", "compared_with": "last_summer"},
        ),
        (
            "es",
            "comparison",
            "escucho menos que el año pasado",
            {"window": "this_year", "compared_with": "last_year"},
        ),
        (
            "en",
            "comparison",
            "who listened more last week alva or ben",
            {"window": "last_week"},
        ),
        (
            "de",
            "comparison",
            "haben wir dieses jahr im sommer mehr gehört als letztes jahr im sommer",
            {
                "window": "summer",
                "compared_with": "summer_of_last_year",
            },
        ),
        (
            "de",
            "playing_at",
            "was lief heute früh um zehn vor acht",
            {"moment": "this_morning 7:50"},
        ),
        ("de", "on_this_day", "am heutigen tag was lief da", {}),
        (
            "es",
            "leave_out",
            "lo que puse a la tarde no lo cuentes",
            {"window": "this_afternoon"},
        ),
    ],
)
def test_times_that_are_one(
    language: str, key: str, text: str, values: dict[str, str]
) -> None:
    """A day of a week, and a month or feast of a year, are one time range."""
    masker = masker_of(language)
    masked = masker.masked(text, NAMES)
    said = Said(
        masked,
        same_before=masker.words.same_before(joined(masked.tokens)),
        this_time=masker.words.this_time(masked),
    )
    assert times_said(key, said) == values


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("es", "deja de apuntar media hora", {"duration": "30_minutes"}),
        ("es", "deja de apuntar un par de horas", {"duration": "2_hours"}),
        ("es", "deja de apuntar una horita", {"duration": "1_hours"}),
        ("es", "deja de apuntar hora y media", {"duration": "90_minutes"}),
        ("es", "no apuntes nada hasta la noche", {"until": "tonight"}),
        ("es", "no apuntes nada hasta el próximo lunes", {"until": "monday"}),
        ("fr", "rien jusqu'à demain matin", {"until": "tomorrow_morning"}),
        (
            "fr",
            "n'enregistre rien pendant une heure et demie",
            {"duration": "90_minutes"},
        ),
        ("en", "stop recording until monday at noon", {"until": "monday 12:00"}),
        ("en", "no record until noon tomorrow", {"until": "tomorrow 12:00"}),
        ("en", "nothing until the morning of tomorrow", {"until": "tomorrow_morning"}),
        ("en", "don't record until the sunday", {"until": "sunday"}),
        ("en", "off the record for a couple of hours", {"duration": "2_hours"}),
        ("en", "no logs for the next half hour", {"duration": "30_minutes"}),
        ("nl", "neem het komende half uur niets op", {"duration": "30_minutes"}),
        ("nl", "niets tot elf uur vannacht", {"until": "tonight 11:00 ?"}),
        ("en", "don't record this evening", {"window": "this_evening"}),
        ("de", "die nächste halbe stunde nichts merken", {"duration": "30_minutes"}),
        ("de", "anderthalb stunden nichts merken", {"duration": "90_minutes"}),
        ("de", "für eine viertelstunde nichts merken", {"duration": "15_minutes"}),
    ],
)
def test_times_that_lie_ahead(language: str, text: str, values: dict[str, str]) -> None:
    """Until when a pause lasts, how long, or when it is."""
    masker = masker_of(language)
    masked = masker.masked(text, NAMES)
    lasting = masker.words.lasting(masked)
    assert ahead_said(Said(masked, until=masker.words.until, lasting=lasting)) == values


@pytest.mark.parametrize(
    ("language", "text", "masked"),
    [
        (
            "en",
            "what did ben and alva play in the kitchen",
            "what did <who> play <room>",
        ),
        ("en", "what are the kids listening to", "what are <who> listening to"),
        ("de", "was lief in der küche", "was lief <room>"),
        ("de", "was hat alva gehört", "was hat <who> gehort"),
        ("de", "was lief bei den alvan", "was lief bei den <who>"),
        ("nl", "wat stond er op in de keuken", "wat stond er op <room>"),
        ("nl", "wat stond er op in de keu ken", "wat stond er op <room>"),
        ("nl", "wat ben ik vergeten", "wat ben ik vergeten"),
        ("nl", "een nummer dat ik vergeten ben", "een nummer dat ik vergeten ben"),
        ("nl", "wat heb ik met ben gehoord", "wat heb ik met <who> gehoord"),
        ("fr", "dans la cuisine", "<room>"),
        ("fr", "à l'anniversaire d'alva", "<when>"),
        ("es", "qué sonó en la cocina", "que sono <room>"),
    ],
)
def test_rooms_and_listeners_are_found(language: str, text: str, masked: str) -> None:
    """With their prepositions; listeners that are named together are one slot."""
    assert joined(masker_of(language).masked(text, NAMES).tokens) == masked


def _named(*names: str) -> Callable[[str], bool]:
    return lambda text: text.casefold() in names


@pytest.mark.parametrize(
    ("text", "names", "masked"),
    [
        (
            "when did we hear dancing in the kitchen in the kitchen",
            ("dancing in the kitchen",),
            "when did we hear dancing in the kitchen <room>",
        ),
        (
            "how many times did i hear yesterday's paper yesterday",
            ("yesterday's paper",),
            "how many times did i hear yesterday 's paper <when>",
        ),
        (
            "how many times did i hear yesterday's paper yesterday",
            (),
            "how many times did i hear <when> 's paper <when>",
        ),
    ],
)
def test_a_slot_within_a_name_is_none(
    text: str, names: tuple[str, ...], masked: str
) -> None:
    """A name that there is may have a room or a time in it."""
    found = masker_of("en").masked(text, NAMES, _named(*names))
    assert joined(found.tokens) == masked


def test_a_name_that_repeats_its_words_keeps_them() -> None:
    """What was said twice is left out elsewhere."""
    text = "how often how often did i hear new york new york"
    found = masker_of("en").masked(text, NAMES, _named("new york new york"))
    assert joined(found.tokens) == "how often did i hear new york new york"
    found = masker_of("en").masked(text, NAMES, _named("new york"))
    assert joined(found.tokens) == "how often did i hear new york"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "how often did i hear river uh light", "river light"),
        ("es", "cuántas veces puse los eh vecinos mudos", "los vecinos mudos"),
        ("en", "how often did i hear yesterday's paper", "yesterday's paper"),
    ],
)
def test_a_name_is_said_without_fillers(language: str, text: str, name: str) -> None:
    """It is found among what was heard though somebody hesitated within it."""
    masked = masker_of(language).masked(text, NAMES, _named(name))
    ends = len(masked.tokens)
    assert name in {masked.said(first, ends) for first in range(ends)}


@pytest.mark.parametrize(
    "text",
    [
        "my top ten songs",
        "look for songs called night in my history",
        "which day of the week",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    """A number is no clock time, and a word no part of a day, unless something says so."""
    assert not masker_of("en").masked(text, Names()).slots


@pytest.mark.parametrize(
    ("meaning", "text", "values"),
    [
        (
            "plays",
            "the night of the third of march what was on",
            {"window": "march_3_night"},
        ),
        (
            "playing_at",
            "what was on at nine in the morning today",
            {"moment": "this_morning 9:00"},
        ),
        ("plays", "tonight what was on", {"window": "tonight"}),
    ],
)
def test_what_stands_together_is_one_time(
    meaning: str, text: str, values: dict[str, str]
) -> None:
    """The night of a date is not the next one, and a morning needs no guess which half of the day is meant."""
    said = Said(masker_of("en").masked(text, NAMES))
    assert times_said(meaning, said) == values


def test_what_is_called_so_has_its_type() -> None:
    """Between what a thing is and its name may stand that it is called so."""
    masker = masker_of("en")
    masked = masker.masked("find artists called kite in my history", NAMES)
    at = [token.text for token in masked.tokens].index("kite")
    assert masker.words.type_in(masked, (at, at + 1)) == "artist"


def test_what_has_no_name_has_no_type() -> None:
    """A word such as "episodes" may make it likely that a show is meant, and none is named."""
    masked = masker_of("en").masked("which episodes did i hear yesterday", NAMES)
    said = Said(masked, details={"type": "show"})
    assert values_said("plays", said) == {"window": "yesterday"}


@pytest.mark.parametrize(
    ("text", "beside"),
    [("what did me alva and ben hear", True), ("what did my alva and ben hear", False)],
)
def test_who_names_himself_first_is_one_of_those_who_are_named(
    text: str, beside: bool
) -> None:
    """With nothing between him and the others; that somebody is his does not name him."""
    masker = masker_of("en")
    said = masker.words.speaks_of_himself(masker.masked(text, NAMES))
    assert said == (beside, beside, False)


def test_a_playlist_may_be_called_like_a_time() -> None:
    """Its name is no time of what it is made of."""
    masker = masker_of("es")
    masked = masker.masked(
        "haz una lista llamada mañana tranquila con lo de ayer", NAMES
    )
    said = Said(masked, called=masker.words.called_at(masked))
    assert values_said("make_playlist/plays", said) == {
        "question": "plays",
        "asked": {"window": "yesterday"},
        "name": "mañana tranquila",
    }


def test_who_is_among_those_who_are_counted_asks_for_no_number() -> None:
    """Three persons are named with "the three of us", and no three songs."""
    masker = masker_of("en")
    masked = masker.masked("what did the 3 of us hear me alva and ben", NAMES)
    said = Said(masked, me_too=True)
    assert values_said("plays", said) == {"listener": ("me", "Alva", "Ben")}


def test_a_verb_may_say_who_does_it() -> None:
    """Where nothing else says who is meant, it is the asker; verbs that are said of others, too, say nothing."""
    masker = masker_of("es")

    def listener(text: str) -> Any:
        masked = masker.masked(text, NAMES)
        *_, by_me = masker.words.speaks_of_himself(masked)
        return values_said("top", Said(masked, by_me=by_me)).get("listener")

    assert listener("qué disco quemé más en marzo") == "me"
    assert listener("qué disco estaba más veces puesto en marzo") is None


@pytest.mark.parametrize(
    ("language", "meaning", "text", "values"),
    [
        (
            "de",
            "play_again",
            "mach das an was um acht in der küche lief",
            {"heard_in": "Küche", "moment": "8:00 ?"},
        ),
        (
            "de",
            "play_again",
            "im büro bitte das was um acht in der küche lief",
            {"room": "Büro", "heard_in": "Küche", "moment": "8:00 ?"},
        ),
        (
            "nl",
            "play_again",
            "speel wat er om acht uur in de keuken speelde",
            {"heard_in": "Keuken", "moment": "8:00 ?"},
        ),
        (
            "de",
            "play_it/plays",
            "häng die musik von heute morgen aus der küche hinten an",
            {
                "question": "plays",
                "asked": {"window": "this_morning", "room": "Küche"},
            },
        ),
        (
            "de",
            "leave_out",
            "was heute nachmittag lief waren die kinder nimm das raus",
            {"window": "this_afternoon"},
        ),
        (
            "en",
            "leave_out",
            "what was on this afternoon it was ben leave it out",
            {"window": "this_afternoon"},
        ),
        (
            "de",
            "top",
            "am meisten gespielt auf meinem tablet",
            {"listener": "me", "device": "Tablet"},
        ),
    ],
)
def test_whose_it_is_and_where(
    language: str, meaning: str, text: str, values: dict[str, object]
) -> None:
    """A place before a verb is where something was heard, who it was is not whose history it is, and what is mine I use."""
    names = Names(
        listeners=(*NAMES.listeners, ("die Kinder", "kids")),
        rooms=(*NAMES.rooms, ("Büro", "Büro")),
        devices=(("Tablet", "Tablet"),),
    )
    masker = masker_of(language)
    masked = masker.masked(text, names)
    said = Said(
        masked,
        owner=masker.words.owner(masked),
        heard_at=masker.words.heard_at(masked),
        was_somebody=masker.words.was_somebody(masked),
    )
    assert values_said(meaning, said) == values


@pytest.mark.parametrize(
    ("words", "kind"),
    [("lieder mit", "track"), ("album mit", "album"), ("wiedergaben von", "")],
)
def test_what_stands_before_a_name_is_its_type(words: str, kind: str) -> None:
    """In German a word stands between them; plays are of anything."""
    masker = masker_of("de")
    masked = masker.masked(f"{words} glas", NAMES)
    assert masker.words.type_in(masked, (2, 3)) == kind


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("pon lo que escuchamos ayer en la cocina", True),
        ("pon en la cocina lo que escuchamos ayer", False),
        ("las canciones de ayer en la cocina", False),
        ("lo que escuchamos ayer quiero oírlo en la cocina", False),
    ],
)
def test_what_sounded_somewhere_is_not_played_there(text: str, heard: bool) -> None:
    """A place beside the time of what was heard is where it sounded."""
    masker = masker_of("es")
    said = Said(masker.masked(text, NAMES), relative=masker.words.relative)
    values = values_said("play_it/plays", said)
    assert ("room" in values["asked"], "room" in values) == (heard, not heard)
