"""Find how sure the reader has to be: train it without some sentences, and see how well it reads those."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
import json
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from custom_components.encore.language.reader.masking import masker_of
from custom_components.encore.language.reader.model import Model
from custom_components.encore.language.reader.reading import Reader
from custom_components.encore.language.reader.sureness import CALIBRATED, NONE
from custom_components.encore.language.reader.weighing import (
    evidence_of,
    ranked_meanings,
)
from custom_components.encore.language.understood import Understood
from tests.unit.questions.phrasings import meaning

from .reader_examples import Example

SHARE: Final = 3
"""One of so many sentences is left out."""
MOST_WRONG: Final = 0.04
"""Which share of what is asked of us may be taken for something else."""
MOST_TAKEN: Final = 0.006
"""Which share of ordinary talk may be taken for ours."""
_ORDINARY_WEIGHT: Final = 2.0
_ALIKE: Final = 60
"""How much (percent) a name has to be like the one that is meant."""
_DIGITS: Final = 3
_WORST: Final = 12
"""So many sentences are listed that are surely taken for what they are not."""


@dataclass(frozen=True, slots=True)
class Trial:
    """How a sentence was read that was not learned from."""

    language: str
    text: str
    evidence: list[float]
    ours: bool
    spoken: bool
    """Whether it is of the banks that are written as people speak: by them the errors are counted."""
    right: bool
    """Whether the likeliest question or command is meant, with its values."""


def is_left_out(example: Example) -> bool:
    """Return whether an example is left out for the trial: it is one of a bank, and there are no other forms of it."""
    return (
        example.source in {"bank", "spoken", "ordinary"}
        and not example.follows
        and crc32(f"sure {example.text}".encode()) % SHARE == 0
    )


def trials(language: str, model: Model, left_out: Sequence[Example]) -> list[Trial]:
    """Return how a model reads what it did not learn from."""
    reader = Reader(masker_of(language), model)
    found = []
    for each in left_out:
        reading = reader.reading(each.text, each.names, partial(_is_name, each))
        ranked = ranked_meanings(reading)
        understood = reader.understood(ranked[0][0], reading, None) if ranked else None
        if understood is not None:
            found.append(
                Trial(
                    language,
                    each.text,
                    evidence_of(reading, ranked, understood),
                    each.meaning != NONE,
                    each.source == "spoken",
                    _is_meant(understood, each),
                )
            )
    return found


def _is_name(example: Example, name: str) -> bool:
    return name.casefold() in example.things


def _is_meant(understood: Understood, example: Example) -> bool:
    """Return whether an example means this, with all its values; a name may be misheard."""
    if understood.question != example.meaning:
        return False
    said, meant = dict(understood.values), dict(example.values)
    for name in said.keys() & meant.keys() & {"thing", "text"}:
        ours, theirs = str(said[name]).casefold(), str(meant[name]).casefold()
        if fuzz.ratio(ours, theirs) >= _ALIKE:
            said[name] = meant[name]
    key = example.meaning
    return meaning(key, said) == meaning(key, meant)


def calibrate(found: Sequence[Trial]) -> dict[str, float]:
    """Write the weights of what speaks for a meaning and how sure is sure enough, and return the latter by language."""
    # As where the reader is trained.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    rows = np.array([each.evidence for each in found])
    right = np.array([each.right for each in found])
    weights = np.array([1.0 if each.ours else _ORDINARY_WEIGHT for each in found])
    model = LogisticRegression(max_iter=5000).fit(rows, right, weights)
    scores = model.decision_function(rows)
    of = np.array([each.language for each in found])
    enough = {
        language: _enough(
            scores[of == language],
            [each for each in found if each.language == language],
        )
        for language in sorted(set(of))
    }
    CALIBRATED.write_text(
        json.dumps(
            {
                "weights": [round(float(each), _DIGITS) for each in model.coef_[0]],
                "bias": round(float(model.intercept_[0]), _DIGITS),
                "enough": enough,
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )
    return enough


def _enough(scores: NDArray[np.float64], found: Sequence[Trial]) -> float:
    """Return the least score from which on few enough are wrong and few enough taken."""
    ours = np.array([each.ours and each.spoken for each in found])
    other = np.array([not each.ours for each in found])
    right = np.array([each.right for each in found])
    for score in np.sort(scores):
        answered = scores >= score
        wrong = (answered & ours & ~right).sum() / ours.sum()
        taken = (answered & other).sum() / other.sum()
        if wrong <= MOST_WRONG and taken <= MOST_TAKEN:
            return round(float(score), _DIGITS)
    return round(float(scores.max()), _DIGITS)


def described(found: Sequence[Trial], enough: dict[str, float]) -> str:
    """Return in a line for each language how many are answered rightly, wrongly, and taken, and which are the worst."""
    learned = json.loads(CALIBRATED.read_text(encoding="utf-8"))
    lines = []
    for language, least in enough.items():
        of = [each for each in found if each.language == language]
        scores = np.array([each.evidence for each in of]) @ learned["weights"]
        answered = scores + learned["bias"] >= least
        ours = np.array([each.ours and each.spoken for each in of])
        other = np.array([not each.ours for each in of])
        right = np.array([each.right for each in of])
        shares = (
            (answered & ours & right).sum() / ours.sum(),
            (answered & ours & ~right).sum() / ours.sum(),
            (answered & other).sum() / other.sum(),
        )
        figures = ", ".join(
            f"{name} {100 * share:.1f} %"
            for name, share in zip(("right", "wrong", "taken"), shares, strict=True)
        )
        lines.append(f"{language}: sure from {least}: {figures}")
        worst = [
            each
            for _, each in sorted(
                zip(scores, of, strict=True), key=lambda pair: -float(pair[0])
            )
            if not each.right
        ]
        lines += [f"  {each.text}" for each in worst[:_WORST]]
    return "\n".join(lines)
