"""What people say becomes a question, and what is not ours is left alone."""

import pytest

from custom_components.encore.language.grammar import understand
from custom_components.encore.language.sentence_files import grammars, languages
from custom_components.encore.language.understood import Names, Understood
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import read

from .sentence_pool import Hearing

NAMES = Names(
    listeners=(("Alva", "Alva"), ("Ben", "Ben")),
    rooms=(
        ("Kitchen", "Kitchen"),
        ("Living Room", "Living Room"),
        ("lounge", "Living Room"),
        ("Alva's study", "Alva's study"),
    ),
    devices=(("Desk", "Desk"), ("Living room speaker", "Living room speaker")),
)

type Wording = tuple[str, dict[str, object]]

PLAYS: list[Wording] = [
    ("What did I listen to last night?", {"listener": "me", "window": "last_night"}),
    (
        "what did we hear yesterday evening",
        {"listener": "everyone", "window": "yesterday_evening"},
    ),
    ("what did I listen to", {"listener": "me"}),
    ("What did Alva listen to today?", {"listener": "Alva", "window": "today"}),
    ("what did Ben play this morning", {"listener": "Ben", "window": "this_morning"}),
    ("what have I been listening to today", {"listener": "me", "window": "today"}),
    ("what have we played this week", {"listener": "everyone", "window": "this_week"}),
    (
        "what were we listening to last night",
        {"listener": "everyone", "window": "last_night"},
    ),
    (
        "what was playing in the kitchen yesterday",
        {"room": "Kitchen", "window": "yesterday"},
    ),
    ("what was played on Desk on Monday", {"device": "Desk", "window": "monday"}),
    (
        "which songs did we play on Monday evening",
        {"listener": "everyone", "window": "monday_evening"},
    ),
    ("how many songs did I play yesterday", {"listener": "me", "window": "yesterday"}),
    (
        "tell me what I listened to last Tuesday",
        {"listener": "me", "window": "last_tuesday"},
    ),
    (
        "what did we listen to in the last 90 days",
        {"listener": "everyone", "window": "last_90_days"},
    ),
    (
        "what did I listen to in the past two weeks",
        {"listener": "me", "window": "last_2_weeks"},
    ),
    (
        "what did I listen to in the last hour",
        {"listener": "me", "window": "last_1_hour"},
    ),
    (
        "what did we listen to in the living room over the weekend",
        {"listener": "everyone", "room": "Living Room", "window": "weekend"},
    ),
    (
        "what did we hear last weekend in the lounge",
        {"listener": "everyone", "room": "Living Room", "window": "last_weekend"},
    ),
    (
        "what did we hear in Alva's study yesterday",
        {"listener": "everyone", "room": "Alva's study", "window": "yesterday"},
    ),
    (
        "what did I listen to this summer",
        {"listener": "me", "window": "this_summer"},
    ),
    (
        "what did we hear in the fall of 2025",
        {"listener": "everyone", "window": "autumn_2025"},
    ),
    ("what did I listen to in July", {"listener": "me", "window": "july"}),
    (
        "what have I been listening to lately",
        {"listener": "me", "window": "last_7_days"},
    ),
    (
        "what did I listen to the last few days",
        {"listener": "me", "window": "last_3_days"},
    ),
    (
        "what did I listen to two days ago",
        {"listener": "me", "window": "2_days_ago"},
    ),
    (
        "what did we hear a week ago in the evening",
        {"listener": "everyone", "window": "1_weeks_ago_evening"},
    ),
    (
        "what have I listened to since Monday",
        {"listener": "me", "window": "since_monday"},
    ),
    (
        "what have we played since July 2024",
        {"listener": "everyone", "window": "since_2024-07"},
    ),
    ("what did we play at home today", {"listener": "everyone", "window": "today"}),
    (
        "could you please tell me what I listened to last night",
        {"listener": "me", "window": "last_night"},
    ),
    (
        "what did I listen to last night please",
        {"listener": "me", "window": "last_night"},
    ),
    ("what did I listen to in July 2024", {"listener": "me", "window": "2024-07"}),
    (
        "what did we hear on the 14th of July",
        {"listener": "everyone", "window": "july_14"},
    ),
    (
        "what did we hear on July fourteenth 2024",
        {"listener": "everyone", "window": "2024-07-14"},
    ),
    ("What did I hear in 2019?", {"listener": "me", "window": "2019"}),
    (
        "what did I listen to here this morning",
        {"listener": "me", "room": "here", "window": "this_morning"},
    ),
    (
        "what did the house listen to yesterday",
        {"listener": "everyone", "window": "yesterday"},
    ),
]

LISTENING_TIME: list[Wording] = [
    (
        "how much music did I listen to last week",
        {"listener": "me", "window": "last_week"},
    ),
    (
        "how long did I listen to music yesterday",
        {"listener": "me", "window": "yesterday"},
    ),
    ("how much did I listen to last week", {"listener": "me", "window": "last_week"}),
    (
        "how many hours of music did I listen to last month",
        {"listener": "me", "window": "last_month"},
    ),
]

TOP: list[Wording] = [
    (
        "Where did we listen most this week?",
        {
            "listener": "everyone",
            "of": "rooms",
            "by": "minutes",
            "window": "this_week",
        },
    ),
    (
        "which room did Ben listen to music in most last month",
        {"listener": "Ben", "of": "rooms", "by": "minutes", "window": "last_month"},
    ),
    (
        "in which rooms do we play the most music",
        {"listener": "everyone", "of": "rooms", "by": "minutes"},
    ),
    (
        "where was most music played yesterday",
        {"of": "rooms", "by": "minutes", "window": "yesterday"},
    ),
    (
        "what were my top 50 songs of last summer",
        {"listener": "me", "of": "tracks", "limit": 50, "window": "last_summer"},
    ),
    (
        "who was my top artist of last month",
        {"listener": "me", "of": "artists", "limit": 1, "window": "last_month"},
    ),
    (
        "Who was my top artist this year?",
        {"listener": "me", "of": "artists", "limit": 1, "window": "this_year"},
    ),
    ("who is my top artist", {"listener": "me", "of": "artists", "limit": 1}),
    ("who's my most played band", {"listener": "me", "of": "artists", "limit": 1}),
    (
        "what is my most played song this month",
        {"listener": "me", "of": "tracks", "limit": 1, "window": "this_month"},
    ),
    (
        "what was our favourite album last year",
        {"listener": "everyone", "of": "albums", "limit": 1, "window": "last_year"},
    ),
    (
        "which songs did I play most in July",
        {"listener": "me", "of": "tracks", "window": "july"},
    ),
    (
        "what are our top five albums of 2019",
        {"listener": "everyone", "of": "albums", "limit": 5, "window": "2019"},
    ),
    ("what are Alva's top songs", {"listener": "Alva", "of": "tracks"}),
    (
        "which artist did we listen to the most last month",
        {"listener": "everyone", "of": "artists", "limit": 1, "window": "last_month"},
    ),
    (
        "Who did I listen to most this year?",
        {"listener": "me", "of": "artists", "limit": 1, "window": "this_year"},
    ),
    (
        "what did I listen to most last week",
        {"listener": "me", "of": "tracks", "window": "last_week"},
    ),
    (
        "my top artists this week",
        {"listener": "me", "of": "artists", "window": "this_week"},
    ),
    ("top ten songs of all time", {"of": "tracks", "limit": 10, "window": "all_time"}),
    (
        "what were my top 3 tracks last year",
        {"listener": "me", "of": "tracks", "limit": 3, "window": "last_year"},
    ),
    (
        "what were the most played songs in the kitchen this week",
        {"of": "tracks", "room": "Kitchen", "window": "this_week"},
    ),
    (
        "tell me my top three bands of the last 6 months",
        {"listener": "me", "of": "artists", "limit": 3, "window": "last_6_months"},
    ),
    (
        "which album have I played the most this month",
        {"listener": "me", "of": "albums", "limit": 1, "window": "this_month"},
    ),
    (
        "which artists did we hear yesterday",
        {"listener": "everyone", "of": "artists", "window": "yesterday"},
    ),
    ("what's our top track", {"listener": "everyone", "of": "tracks", "limit": 1}),
    ("what's my favourite song", {"listener": "me", "of": "tracks", "limit": 1}),
    ("who do I listen to most", {"listener": "me", "of": "artists", "limit": 1}),
    ("show me my top songs", {"listener": "me", "of": "tracks"}),
    ("top songs of the week", {"of": "tracks", "window": "this_week"}),
    (
        "our top twenty artists of the year",
        {"listener": "everyone", "of": "artists", "limit": 20, "window": "this_year"},
    ),
    (
        "who was the most played artist in the house this year",
        {"of": "artists", "limit": 1, "window": "this_year"},
    ),
]

PLAYING_AT: list[Wording] = [
    (
        "What was playing in the kitchen at eight?",
        {"room": "Kitchen", "moment": "8:00 ?"},
    ),
    ("what was playing at 8:30 pm", {"moment": "8:30 pm"}),
    ("what was playing at half past seven", {"moment": "7:30 ?"}),
    ("what was playing last night at ten", {"moment": "last_night 10:00 ?"}),
    ("what song was playing at 20:30 yesterday", {"moment": "yesterday 20:30"}),
    (
        "what was I listening to at quarter to nine this morning",
        {"listener": "me", "moment": "this_morning 8:45 ?"},
    ),
    (
        "what were we listening to at noon on Sunday",
        {"listener": "everyone", "moment": "sunday 12:00"},
    ),
    ("what was playing ten minutes ago", {"moment": "10_minutes_ago"}),
    ("what was playing a few minutes ago", {"moment": "3_minutes_ago"}),
    ("what was playing two days ago at 9 pm", {"moment": "2_days_ago 9:00 pm"}),
    ("what was that song last night at ten", {"moment": "last_night 10:00 ?"}),
    (
        "what was the song playing at nine last night",
        {"moment": "last_night 9:00 ?"},
    ),
    ("what song was that", {"moment": "1_minutes_ago"}),
    (
        "what was that song in the kitchen",
        {"room": "Kitchen", "moment": "1_minutes_ago"},
    ),
    ("what did Ben just play", {"listener": "Ben", "moment": "1_minutes_ago"}),
    ("what was the last song I heard", {"listener": "me", "moment": "1_minutes_ago"}),
    (
        "what was playing an hour ago in the kitchen",
        {"room": "Kitchen", "moment": "1_hours_ago"},
    ),
    ("which song was on at eight thirty", {"moment": "8:30 ?"}),
    (
        "what did Ben play at 9 p.m. on Friday",
        {"listener": "Ben", "moment": "friday 9:00 pm"},
    ),
    (
        "what music was playing in the living room at ten last night",
        {"room": "Living Room", "moment": "last_night 10:00 ?"},
    ),
    ("who was playing at eight in the evening", {"moment": "8:00 pm"}),
    (
        "what was playing yesterday evening at quarter past nine",
        {"moment": "yesterday_evening 9:15 ?"},
    ),
    ("what was Alva listening to at 7 pm", {"listener": "Alva", "moment": "7:00 pm"}),
    ("what was playing half an hour ago", {"moment": "30_minutes_ago"}),
    ("what was playing here at 8pm", {"room": "here", "moment": "8:00 pm"}),
    ("what was playing on Desk at 8.15 pm", {"device": "Desk", "moment": "8:15 pm"}),
    ("what was playing at midnight", {"moment": "0:00"}),
    ("what was playing at quarter to one", {"moment": "12:45 ?"}),
    ("what was playing at 8 in the morning", {"moment": "8:00 am"}),
    ("what was playing at eleven at night", {"moment": "11:00 night"}),
    ("tell me what was playing at twenty past eight", {"moment": "8:20 ?"}),
    ("What’s playing?", {"moment": "now"}),
    ("what is playing right now", {"moment": "now"}),
    ("what's currently playing", {"moment": "now"}),
    ("whats playing here", {"room": "here", "moment": "now"}),
    ("what is playing in the kitchen right now", {"room": "Kitchen", "moment": "now"}),
    (
        "what's playing at the moment in the lounge",
        {"room": "Living Room", "moment": "now"},
    ),
    ("What song is this?", {"moment": "now"}),
    ("which song is playing", {"moment": "now"}),
    ("what music is on in the kitchen", {"room": "Kitchen", "moment": "now"}),
    ("what's this song called", {"moment": "now"}),
    ("what is the name of that tune", {"moment": "now"}),
    ("what am I listening to", {"listener": "me", "moment": "now"}),
    ("who am I listening to right now", {"listener": "me", "moment": "now"}),
    ("what are we hearing now", {"listener": "everyone", "moment": "now"}),
    (
        "What is Alva listening to in the kitchen?",
        {"listener": "Alva", "room": "Kitchen", "moment": "now"},
    ),
    ("what is Ben currently playing", {"listener": "Ben", "moment": "now"}),
    ("what was playing just now", {"moment": "1_minutes_ago"}),
    (
        "what was playing at nine on the 14th of July",
        {"moment": "july_14 9:00 ?"},
    ),
]

COVERAGE: list[Wording] = [
    (
        "How complete is my history this year?",
        {"listener": "me", "window": "this_year"},
    ),
    ("how complete is my history", {"listener": "me"}),
    (
        "how complete was Alva's listening history in July",
        {"listener": "Alva", "window": "july"},
    ),
    ("is our listening history complete", {"listener": "everyone"}),
    (
        "was my music history complete last month",
        {"listener": "me", "window": "last_month"},
    ),
    (
        "are there any gaps in my history this month",
        {"listener": "me", "window": "this_month"},
    ),
    (
        "were there gaps in Ben's listening record last week",
        {"listener": "Ben", "window": "last_week"},
    ),
    (
        "what is missing from our history since Monday",
        {"listener": "everyone", "window": "since_monday"},
    ),
    ("what's missing in my listening history", {"listener": "me"}),
    (
        "how much of my listening did you record last week",
        {"listener": "me", "window": "last_week"},
    ),
    (
        "how much of our listening have you recorded in 2025",
        {"listener": "everyone", "window": "2025"},
    ),
]

COUNT: list[Wording] = [
    ("How many times did I hear Ember?", {"listener": "me", "thing": "Ember"}),
    (
        "how often have I listened to Kite Season this year",
        {"listener": "me", "thing": "Kite Season", "window": "this_year"},
    ),
    (
        "how often did we play Ember in the kitchen last week",
        {
            "listener": "everyone",
            "thing": "Ember",
            "room": "Kitchen",
            "window": "last_week",
        },
    ),
    (
        "how many times has Alva heard the album Hollow",
        {"listener": "Alva", "thing": "Hollow", "type": "album"},
    ),
    (
        "how often was Ember played yesterday",
        {"thing": "Ember", "window": "yesterday"},
    ),
    (
        "how many times has Ember been played this month",
        {"thing": "Ember", "window": "this_month"},
    ),
    (
        "how often did I listen to songs by Kite Season in July",
        {
            "listener": "me",
            "thing": "Kite Season",
            "type": "artist",
            "window": "july",
        },
    ),
    (
        "how often did we hear the podcast The Morning Post",
        {"listener": "everyone", "thing": "The Morning Post", "type": "show"},
    ),
    (
        "how many times have I played Ember by Kite Season on Desk",
        {"listener": "me", "thing": "Ember by Kite Season", "device": "Desk"},
    ),
    (
        "please tell me how often did I hear the song called Ember here",
        {"listener": "me", "thing": "Ember", "type": "track", "room": "here"},
    ),
]

WHEN_HEARD: list[Wording] = [
    (
        "When did I first hear Ember?",
        {"listener": "me", "thing": "Ember", "which": "first"},
    ),
    (
        "when did I last listen to anything by Kite Season",
        {"listener": "me", "thing": "Kite Season", "type": "artist", "which": "last"},
    ),
    (
        "when did we last hear Ember in the kitchen",
        {
            "listener": "everyone",
            "thing": "Ember",
            "room": "Kitchen",
            "which": "last",
        },
    ),
    (
        "when did Ben first play the song Ember by Kite Season",
        {
            "listener": "Ben",
            "thing": "Ember by Kite Season",
            "type": "track",
            "which": "first",
        },
    ),
    (
        "when was the last time I heard Ember",
        {"listener": "me", "thing": "Ember", "which": "last"},
    ),
    (
        "when was the first time that we played Glass",
        {"listener": "everyone", "thing": "Glass", "which": "first"},
    ),
    ("when was Ember last played", {"thing": "Ember", "which": "last"}),
    (
        "when did I hear Ember for the first time",
        {"listener": "me", "thing": "Ember", "which": "first"},
    ),
    (
        "when did I most recently hear the album Hollow",
        {"listener": "me", "thing": "Hollow", "type": "album", "which": "last"},
    ),
    ("have I ever heard Ember", {"listener": "me", "thing": "Ember"}),
    (
        "did we ever listen to Kite Season",
        {"listener": "everyone", "thing": "Kite Season"},
    ),
    (
        "when did I listen to Ember last year",
        {"listener": "me", "thing": "Ember", "window": "last_year"},
    ),
]

ON_THIS_DAY: list[Wording] = [
    ("What did I listen to on this day?", {"listener": "me"}),
    (
        "what did we hear on this day in earlier years",
        {"listener": "everyone", "window": "all_time"},
    ),
    (
        "what was I listening to a year ago today",
        {"listener": "me", "window": "last_year"},
    ),
    (
        "what did I listen to on this day last year",
        {"listener": "me", "window": "last_year"},
    ),
    (
        "what did Alva play on this day in 2019",
        {"listener": "Alva", "window": "2019"},
    ),
    (
        "what was playing on this day last year in the kitchen",
        {"room": "Kitchen", "window": "last_year"},
    ),
    (
        "what did we listen to on the 24th of December in earlier years",
        {"listener": "everyone", "date": "december_24", "window": "all_time"},
    ),
    (
        "what songs did I play today in past years",
        {"listener": "me", "window": "all_time"},
    ),
    (
        "which songs did we hear on this date in previous years",
        {"listener": "everyone", "window": "all_time"},
    ),
    ("what was played on this day", {}),
    (
        "what did I listen to in the kitchen on this day",
        {"listener": "me", "room": "Kitchen"},
    ),
]

FORGOTTEN: list[Wording] = [
    ("What have I not heard for a long time?", {"listener": "me"}),
    ("what haven’t I listened to for ages", {"listener": "me"}),
    (
        "which songs have we not played in a long time",
        {"listener": "everyone", "of": "tracks"},
    ),
    (
        "which artists haven't I heard for a while",
        {"listener": "me", "of": "artists"},
    ),
    ("what has Ben not listened to for years", {"listener": "Ben"}),
    (
        "what have we not heard in the kitchen for a long while",
        {"listener": "everyone", "room": "Kitchen"},
    ),
    ("what are my forgotten favourites", {"listener": "me"}),
    ("show me my forgotten songs", {"listener": "me", "of": "tracks"}),
    ("what did I use to listen to", {"listener": "me"}),
    ("what did we used to play a lot", {"listener": "everyone"}),
    (
        "give me our ten forgotten favourite artists of 2019",
        {"listener": "everyone", "of": "artists", "limit": 10, "window": "2019"},
    ),
]

OURS = [
    *(("plays", *wording) for wording in PLAYS),
    *(("listening_time", *wording) for wording in LISTENING_TIME),
    *(("top", *wording) for wording in TOP),
    *(("playing_at", *wording) for wording in PLAYING_AT),
    *(("coverage", *wording) for wording in COVERAGE),
    *(("count", *wording) for wording in COUNT),
    *(("when_heard", *wording) for wording in WHEN_HEARD),
    *(("on_this_day", *wording) for wording in ON_THIS_DAY),
    *(("forgotten_favourites", *wording) for wording in FORGOTTEN),
]

READINGS: list[tuple[str, list[str], dict[str, object]]] = [
    (
        "how often did I hear dancing in the kitchen",
        [],
        {"listener": "me", "thing": "dancing", "room": "Kitchen"},
    ),
    (
        "how often did I hear dancing in the kitchen",
        ["dancing", "dancing in the kitchen"],
        {"listener": "me", "thing": "dancing in the kitchen"},
    ),
    (
        "how often did I hear dancing in the kitchen",
        ["dancing"],
        {"listener": "me", "thing": "dancing", "room": "Kitchen"},
    ),
    (
        "how often did I hear dancing in the kitchen in the kitchen last week",
        ["dancing in the kitchen"],
        {
            "listener": "me",
            "thing": "dancing in the kitchen",
            "room": "Kitchen",
            "window": "last_week",
        },
    ),
    (
        "how often have I listened to the show must go on this year",
        ["the show must go on"],
        {"listener": "me", "thing": "the show must go on", "window": "this_year"},
    ),
    (
        "when did I last hear what I heard last night",
        ["what I heard last night"],
        {"listener": "me", "thing": "what I heard last night", "which": "last"},
    ),
    (
        "when did I hear love for the first time",
        ["love", "love for the first time"],
        {"listener": "me", "thing": "love for the first time"},
    ),
    (
        "how often did I listen to songs by night",
        ["songs by night"],
        {"listener": "me", "thing": "songs by night"},
    ),
    (
        "how often was Ember played played yesterday",
        ["ember played"],
        {"thing": "Ember played", "window": "yesterday"},
    ),
]
"""Sentences with several readings, the names that there are, and what is meant."""

UNKNOWN: list[tuple[str, str, dict[str, object]]] = [
    (
        "what did Bob listen to last night",
        "plays",
        {"listener": "Bob", "window": "last_night"},
    ),
    (
        "what did we listen to in the bath tub last night",
        "plays",
        {"listener": "everyone", "room": "bath tub", "window": "last_night"},
    ),
    (
        "what did I listen to on my phone yesterday",
        "plays",
        {"listener": "me", "device": "phone", "window": "yesterday"},
    ),
    (
        "what did we hear on the kitchen speaker last night",
        "plays",
        {
            "listener": "everyone",
            "device": "kitchen speaker",
            "window": "last_night",
        },
    ),
    (
        "what did we hear in Bob’s den yesterday",
        "plays",
        {"listener": "everyone", "room": "Bob's den", "window": "yesterday"},
    ),
    (
        "what is Bob listening to",
        "playing_at",
        {"listener": "Bob", "moment": "now"},
    ),
    (
        "what's playing in the cellar",
        "playing_at",
        {"room": "cellar", "moment": "now"},
    ),
    (
        "what was playing in the cellar at eight",
        "playing_at",
        {"room": "cellar", "moment": "8:00 ?"},
    ),
    (
        "what did I listen to tomorrow",
        "plays",
        {"listener": "me", "window": "tomorrow"},
    ),
    (
        "what did we hear next week",
        "plays",
        {"listener": "everyone", "window": "next_week"},
    ),
    (
        "what did I listen to on the 31st of June",
        "plays",
        {"listener": "me", "window": "june_31"},
    ),
]

HELPED = [
    "how many albums did we listen to this year",
    "what did I listen to when the dog ate the homework",
    "what did we hear about the election",
    "what did I listen to from Monday to Wednesday",
    "what did I used to listen to as a child",
    "what have I not heard from Ben",
    "what was playing when the phone rang",
    "my top songs to cry to in the rain with my cat",
]

NOT_OURS = [
    "turn on the kitchen lights",
    "turn off the radio",
    "play some jazz in the kitchen",
    "play what was on last night",
    "pause the music",
    "skip this song",
    "next track",
    "what's the weather like",
    "what is the weather tomorrow",
    "what time is it",
    "what is the date today",
    "what's on TV tonight",
    "what is on the shopping list",
    "what did I say",
    "what did you do yesterday",
    "what did the president say last night",
    "what did we have for dinner",
    "what was the score",
    "what was that noise",
    "what was the last alarm",
    "what was the track record of that team",
    "what do I need from the shop",
    "what does Ben need",
    "show me my shopping list",
    "give me my tasks for today",
    "list my reminders",
    "how many hours did the heating run yesterday",
    "could you tell me a joke",
    "what was the temperature in the kitchen yesterday",
    "which lights are on",
    "which windows are open in the kitchen",
    "who is home",
    "who is in the kitchen",
    "who is playing",
    "who are we playing on Sunday",
    "which media players are playing",
    "is anything playing",
    "what is on",
    "what's on",
    "what is playing on TV",
    "what's playing on the television",
    "what is playing at the cinema tonight",
    "what is playing next",
    "what is this",
    "what is that noise",
    "what is the song list",
    "which record is this about",
    "who was the first president",
    "who won the match yesterday",
    "how many lights are on",
    "how many people are home",
    "how much power did we use yesterday",
    "how often did it rain this week",
    "how many times did the doorbell ring",
    "how often was the front door opened",
    "when was the last time the door opened",
    "when did I leave the house",
    "when did Ben last come home",
    "when was the washing machine last on",
    "did I ever lock the door",
    "have we ever been warmer",
    "what have I not done today",
    "what did we use yesterday",
    "what are my favourites",
    "what happened on this day",
    "how long is left on the timer",
    "how long did the washing machine run",
    "what is the top speed of a cheetah",
    "what are my top priorities today",
    "what is my favourite colour",
    "how complete is the backup",
    "what is missing from my shopping list",
    "what's missing in the kitchen",
    "are there any gaps in the fence",
    "top up the cat's water",
    "tell me a joke",
    "tell me what I should wear",
    "tell me the state of the front door",
    "set a timer for ten minutes",
    "add milk to my shopping list",
    "good morning",
    "and turn on the lights",
    "stop",
    "hello",
    "",
    "¿qué escuché anoche?",
    "x" * 10_000,
]


@pytest.fixture(scope="module")
def english() -> Hearing:
    """Return what Home Assistant's sentence triggers hear with ours among them."""
    return Hearing("en", ["Alva", "Ben"])


@pytest.mark.parametrize(("question", "sentence", "values"), OURS)
def test_a_wording_is_understood(
    english: Hearing, question: str, sentence: str, values: dict[str, object]
) -> None:
    """People's own wordings reach us, and mean the question and the slots they say."""
    assert english.ours(sentence)
    assert understand(sentence, "en", NAMES) == Understood(question, values)
    read(QUESTIONS[question].declares, values)


@pytest.mark.parametrize(
    "wordings",
    [PLAYS, TOP, PLAYING_AT, COVERAGE, COUNT, WHEN_HEARD, ON_THIS_DAY, FORGOTTEN],
)
def test_each_question_has_at_least_ten_wordings(wordings: list[Wording]) -> None:
    """Nobody has to learn a formula."""
    assert len(wordings) >= 10


@pytest.mark.parametrize(("sentence", "names", "values"), READINGS)
def test_the_longest_name_that_there_is_is_meant(
    sentence: str, names: list[str], values: dict[str, object]
) -> None:
    """Words of time and place may be part of a name; where nothing is called so, they are what they say."""
    understood = understand(sentence, "en", NAMES)
    assert understood is not None
    known = {name.casefold() for name in names}
    meant = understood.meant(lambda name: name.casefold() in known)
    assert meant.values == values


@pytest.mark.parametrize(("sentence", "question", "values"), UNKNOWN)
def test_what_is_unknown_reaches_its_question(
    english: Hearing, sentence: str, question: str, values: dict[str, object]
) -> None:
    """A name that nothing has, and a time to come, are understood, for the question to say so."""
    assert english.ours(sentence)
    assert understand(sentence, "en", NAMES) == Understood(question, values)


@pytest.mark.parametrize("sentence", HELPED)
def test_what_begins_like_ours_and_is_not_understood(
    english: Hearing, sentence: str
) -> None:
    """A sentence about listening that we don't understand is taken, to be answered by help."""
    assert english.ours(sentence)
    assert understand(sentence, "en", NAMES) is None


@pytest.mark.parametrize("sentence", NOT_OURS)
def test_an_everyday_sentence_is_left_alone(english: Hearing, sentence: str) -> None:
    """What is not about listening never reaches us."""
    assert not english.ours(sentence)


def test_a_room_may_share_its_name_with_words_of_the_grammar() -> None:
    """Names are taken literally, whatever they look like."""
    names = Names(
        listeners=(("May", "May"), ("(Alva|Ben)", "(Alva|Ben)"), (" ", " ")),
        rooms=(("Night [room]", "Night [room]"),),
    )
    assert understand("what did May listen to in May", "en", names) == Understood(
        "plays", {"listener": "May", "window": "may"}
    )


def test_names_that_look_like_templates_stay_out_of_the_triggers() -> None:
    """A listener called like a template cannot break the pool of all triggers."""
    hearing = Hearing("en", ["(Alva|", "{rest}", "Zoë O'Neill", ""])
    assert hearing.ours("what did Zoë O'Neill play yesterday")
    assert not hearing.ours("what did the fox play yesterday")


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (
            "Search my history for <b>Robert'); DROP TABLE plays;--",
            "<b>Robert') DROP TABLE plays--",
        ),
        ("search our history for Help!, please", "Help"),
        ("search my history for 100% {{ states }}", "100% {{ states }}"),
    ],
)
def test_what_is_searched_may_hold_anything(sentence: str, text: str) -> None:
    """Signs in a name make no sentence of ours unintelligible."""
    understood = understand(sentence, "en", NAMES)
    assert understood is not None
    assert (understood.question, understood.values["text"]) == ("search", text)


def test_a_long_sentence_is_not_read() -> None:
    """Ten thousand characters are no question."""
    sentence = f"what did I listen to {'very ' * 2_000}last night"
    assert understand(sentence, "en", NAMES) is None


def test_a_language_that_is_understood_is_spoken() -> None:
    """A language may be spoken before it is understood, and not the other way round."""
    assert {"en"} <= grammars() <= languages()


@pytest.mark.parametrize(
    "sentence", ["make a playlist of " * 14, "make a playlist called made of " * 9]
)
def test_a_playlist_of_a_playlist_is_not_looked_into(sentence: str) -> None:
    """Each could be of another: what a playlist is made of is a question, and no playlist."""
    assert understand(sentence, "en", NAMES) is None
