"""What Home Assistant understands beyond its templates, by its gazetteer, does not reach us either."""

from collections.abc import Iterator
import random
from typing import Final

# It has types, and no mark that says so.
from gazetteer_matcher import GazetteerMatcher, Home  # type: ignore[import-untyped]
import pytest

from tests.unit.questions.sentence_pool import (
    LISTENERS,
    NAMES,
    Hearing,
    exemptions,
    home_assistants_sentences,
)

LEFT_OUT: Final = {"the", "a", "an", "my", "in", "please", "of", "to", "all"}
SAID_BEFORE: Final = (
    "can you",
    "please",
    "hey",
    "i want you to",
    "go ahead and",
    "and",
)
SAID_AFTER: Final = ("please", "now", "for me", "and turn off the TV", "right away")
FOLLOWING: Final = (
    "turn it off",
    "and turn it back on",
    "set it to fifty percent",
    "turn that up",
    "pause it",
    "and them too",
    "make it louder in the kitchen",
    "play it",
)
HOME: Final[Home] = {
    "floors": {"up": {"name": "upstairs", "aliases": []}},
    "areas": {
        name.replace(" ", "_"): {"name": name, "aliases": [], "floor": "up"}
        for name in NAMES["en"]["area"]
    },
    "entities": {
        f"{domain}.{number}": {
            "name": name,
            "aliases": [],
            "domain": domain,
            "area": "kitchen",
        }
        for number, (domain, name) in enumerate(
            [
                ("light", "ceiling light"),
                ("light", "the top shelf lamp"),
                ("lock", "front door"),
                ("media_player", "living room speaker"),
                ("media_player", "TV"),
                ("media_player", "music player"),
                ("cover", "kitchen blinds"),
                ("climate", "thermostat"),
            ]
        )
    },
}


@pytest.fixture(scope="module")
def gazetteer() -> GazetteerMatcher:
    """Return the second recognizer, as Home Assistant makes it, for a home."""
    return GazetteerMatcher(home=HOME)


def loosely(sentences: list[str]) -> Iterator[str]:
    """Return sentences as people say them who don't know the templates: the same each time."""
    draw = random.Random(7)
    for sentence in sentences:
        words = sentence.split()
        yield " ".join(word for word in words if word not in LEFT_OUT)
        yield f"{draw.choice(SAID_BEFORE)} {sentence}"
        yield f"{sentence} {draw.choice(SAID_AFTER)}"
        moved = draw.randrange(len(words))
        yield " ".join((*words[moved:], *words[:moved]))
        misheard = draw.randrange(len(words))
        yield " ".join(
            word[:-1] if at == misheard and len(word) > 4 else word
            for at, word in enumerate(words)
        )


def test_what_the_gazetteer_takes_is_left_alone(gazetteer: GazetteerMatcher) -> None:
    """Of thousands of sentences said loosely, those that it would act on are not ours."""
    hearing = Hearing("en", LISTENERS)
    sentences = home_assistants_sentences("en")
    said = {*loosely(random.Random(7).sample(sentences, 800)), *FOLLOWING}
    accepted = {each for each in said if gazetteer.interpret(each).accepted}
    assert len(accepted) > 500
    taken = {each for each in accepted if hearing.ours(each)}
    assert taken - exemptions("en") == set()
