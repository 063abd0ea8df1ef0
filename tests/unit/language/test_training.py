"""What the reader learns from is what it is said to be, and it learns the same each time."""

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from custom_components.encore.language.reader.model import model_of, read_model
from script.reader_examples import NONE, Example, ordinary_examples, spoken_examples
from script.reader_grammar import foreign_examples, grammar_examples
from script.reader_preparation import prepared
from script.reader_training import train
from script.train_reader import LANGUAGES, agreement, packed

FEW: Final = 250
"""Sentences, of which little is learned in a second."""
FEW_MEANINGS: Final = frozenset({"plays", "count", "pause", NONE})
"""Each takes memory while it is learned."""


@pytest.fixture(scope="module")
def few() -> list[Example]:
    """Return some sentences of each kind."""
    spoken = spoken_examples("nl")
    names = spoken[0].names
    every = (
        *spoken[::4],
        *grammar_examples("nl", names)[::16],
        *foreign_examples("nl", names)[:FEW],
    )
    return [each for each in every if each.meaning in FEW_MEANINGS]


def _trained(examples: list[Example]) -> bytes:
    return packed(train("nl", prepared(examples, "nl")))


def test_training_is_reproducible(few: list[Example], tmp_path: Path) -> None:
    """The same sentences make the same weights, and those are read as they were written."""
    # In a process of its own, whose memory goes with it.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        trained = [process.submit(_trained, few).result() for _ in range(2)]
    paths = [tmp_path / name for name in ("one.npz", "other.npz")]
    for path, weights in zip(paths, trained, strict=True):
        path.write_bytes(weights)
    one, other = map(read_model, paths)
    assert np.array_equal(one.meaning.weights, other.meaning.weights)
    assert np.array_equal(one.naming.weights, other.naming.weights)
    assert np.array_equal(one.margins.weights, other.margins.weights)
    assert np.any(one.meaning.weights)
    assert np.any(one.margins.weights)
    assert agreement(one, other, prepared(few, "nl")) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_weights_are_of_the_banks(language: str) -> None:
    """Committed weights know all that the banks ask, and read what they were trained with."""
    model = model_of(language)
    assert model is not None
    spoken = spoken_examples(language)
    learned = {meaning.partition("/")[0] for meaning in model.meaning.classes}
    assert {each.meaning.partition("/")[0] for each in spoken} <= learned
    examples = prepared(spoken[::7], language)
    right = sum(
        max(chances, key=lambda meaning: chances[meaning]) == each.meaning
        for each in examples
        for chances, _ in [model.meanings(each.masked.tokens)]
        if each.place is None
    )
    assert right / sum(each.place is None for each in examples) >= 0.9


def test_ordinary_talk_is_none_of_ours() -> None:
    """It is learned as nobody's."""
    names = spoken_examples("en")[0].names
    assert {each.meaning for each in ordinary_examples("en", names)} == {NONE}
