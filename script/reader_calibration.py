"""Find how sure the reader has to be: train it without some sentences, and see how well it reads those."""

from collections.abc import Sequence
from dataclasses import dataclass
import json
from typing import Any, Final
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

PARTS: Final = 3
"""In so many parts sentences are, each of which is left out once."""
MOST_WRONG: Final = 0.04
"""Which share of what is asked of us may be taken for something else."""
MOST_TAKEN: Final = 0.003
"""Which share of ordinary talk may be taken for ours."""
_LIMITS: Final = 100
_HIGHEST: Final = 0.6
"""Limits of what is ours that are tried, up to which share of all sentences."""
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


def is_left_out(example: Example, part: int) -> bool:
    """Return whether an example is left out for the trial of a part: it is one of a bank, and there are no other forms of it."""
    return (
        example.source in {"bank", "spoken", "ordinary"}
        and not example.follows
        and crc32(f"sure {example.text}".encode()) % PARTS == part
    )


def trials(language: str, model: Model, left_out: Sequence[Example]) -> list[Trial]:
    """Return how a model reads what it did not learn from."""
    reader = Reader(masker_of(language), model)
    found = []
    for each in left_out:
        reading = reader.reading(each.text, each.names, each.is_name)
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


def calibrate(found: Sequence[Trial]) -> None:
    """Write what speaks for it that a sentence is ours and that it is read rightly, and how sure is sure enough of either."""
    decisions = {
        "ours": _decision(found, [each.ours for each in found]),
        "right": _decision(
            [each for each in found if each.ours],
            [each.right for each in found if each.ours],
        ),
    }
    # The same in all languages: found for each by itself, they fit the few sentences that are nobody's too closely.
    of_ours, of_right = (_scores(each, found) for each in decisions.values())
    limits = _enough(of_ours, of_right, found)
    for decision, enough in zip(decisions.values(), limits, strict=True):
        decision["enough"] = enough
    CALIBRATED.write_text(json.dumps(decisions, indent=1) + "\n", encoding="utf-8")


def _decision(found: Sequence[Trial], wanted: Sequence[bool]) -> dict[str, Any]:
    # As where the reader is trained.
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    rows = np.array([each.evidence for each in found])
    model = LogisticRegression(max_iter=5000).fit(rows, wanted)
    return {
        "weights": [round(float(each), _DIGITS) for each in model.coef_[0]],
        "bias": round(float(model.intercept_[0]), _DIGITS),
    }


def _scores(decision: dict[str, Any], found: Sequence[Trial]) -> NDArray[np.float64]:
    rows = np.array([each.evidence for each in found])
    scores: NDArray[np.float64] = rows @ decision["weights"] + decision["bias"]
    return scores


def _enough(
    is_ours: NDArray[np.float64],
    is_right: NDArray[np.float64],
    found: Sequence[Trial],
) -> tuple[float, float]:
    """Return the least scores from which on few enough are wrong, few enough taken, and the most right."""
    ours = np.array([each.ours and each.spoken for each in found])
    other = np.array([not each.ours for each in found])
    right = np.array([each.right for each in found])
    order = np.argsort(-is_right)
    best, enough = -1.0, (float(is_ours.max()), float(is_right.max()))
    for least in np.quantile(is_ours, np.linspace(0, _HIGHEST, _LIMITS)):
        answered = (is_ours >= least)[order]
        wrong = np.cumsum(answered & (ours & ~right)[order]) / ours.sum()
        taken = np.cumsum(answered & other[order]) / other.sum()
        rightly = np.cumsum(answered & (ours & right)[order])
        allowed = np.flatnonzero((wrong <= MOST_WRONG) & (taken <= MOST_TAKEN))
        if len(allowed) and rightly[allowed[-1]] > best:
            best = float(rightly[allowed[-1]])
            enough = (float(least), float(is_right[order[allowed[-1]]]))
    return round(enough[0], _DIGITS), round(enough[1], _DIGITS)


def described(found: Sequence[Trial]) -> str:
    """Return in a line for each language how many are answered rightly, wrongly, and taken, and which are the worst."""
    decisions = json.loads(CALIBRATED.read_text(encoding="utf-8")).values()
    lines = []
    for language in sorted({each.language for each in found}):
        of = [each for each in found if each.language == language]
        scores = np.min(
            [_scores(each, of) - each["enough"] for each in decisions], axis=0
        )
        answered = scores >= 0
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
        lines.append(f"{language}: {figures}")
        worst = [
            each
            for _, each in sorted(
                zip(scores, of, strict=True), key=lambda pair: -float(pair[0])
            )
            if not each.right
        ]
        lines += [f"  {each.text}" for each in worst[:_WORST]]
    return "\n".join(lines)
