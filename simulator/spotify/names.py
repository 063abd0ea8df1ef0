"""What invented names are made of: the scenes of music, and talk for podcasts and books."""

from .scene import Scene, Words, words
from .scenes_elsewhere import SCENES_ELSEWHERE
from .scenes_in_english import ENGLISH, ENGLISH_SCENES

SCENES: dict[str, Scene] = ENGLISH_SCENES | SCENES_ELSEWHERE
"""All scenes by key. The order is part of what a seed means."""

TALK: Words = {
    "show": (
        "The {topic} Hour",
        "{topic} Daily",
        "{topic}, Explained",
        "Half Past {topic}",
        "Een kwartier {onderwerp}",
        "{first} & {first} Talk {topic}",
        "Stimmen aus {place}",
        "The Long {topic}",
        "De Dag in {onderwerp}",
    ),
    "episode": (
        "#{n}: Why {topic} Never Sleeps",
        "{n}. {first} {last} on {topic}",
        "The {adj} {noun} (Part {part})",
        "What {place} Taught Us about {topic}",
        "{topic} & {topic}: a Conversation with {first} {last}",
        "Afl. {n} – {onderwerp} voor beginners",
    ),
    "book": (
        "The {adj} {noun}",
        "A {noun} in {place}",
        "{first} {last} and the {noun}",
        "Letters from {place}",
        "{adj} {noun}: A Novel",
    ),
    "topic": words(
        "News History Science Football Economics Gardening Crime Cinema Language Bread Night Sleep Maps Music"
    ),
    "onderwerp": words("nieuws fietsen wetenschap geschiedenis voetbal koken politiek"),
    "part": words("1 2 3"),
    **{slot: ENGLISH[slot] for slot in ("adj", "noun", "first", "last", "place")},
}

STUDIOS = words(
    "Longwave Tinkerbox Public_Desk Halfmoon_Audio Kanaal_9 Dachboden North_Sea_Stories"
)
LABELS = words(
    "Lantern_Records Dijk_Muziek Blåvåg Côté_Sud Sable_Street Nachtzug Ōkami_Tapes Fieldnote Basalt_Sound Low_Tide_Recordings"
)
