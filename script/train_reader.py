"""Train the reader of sentences: write `sentences/reader/LANGUAGE.npz` for each language."""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
import io
from itertools import chain, product
import json
import os
import sys
import time
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from custom_components.encore.language.reader.model import (
    FOLDER,
    Model,
    SaidTogether,
    read_model,
)
from custom_components.encore.language.reader.tokens import Tokens

from .reader_calibration import PARTS, Trial, calibrate, described, is_left_out, trials
from .reader_preparation import Prepared, examples_of, prepared
from .reader_training import train

LANGUAGES: Final = ("en", "de", "nl", "fr", "es")
_AGREEMENT: Final = 0.995
"""Which share of sentences another machine's training has to read alike."""


def main() -> None:
    """Write the files, or compare them with what would be written."""
    parser = argparse.ArgumentParser(prog="script/train-reader", description=__doc__)
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; fail where what is written reads a sentence otherwise",
    )
    parser.add_argument(
        "--calibrate",
        action="store_true",
        help="find how sure is sure enough, from sentences that are left out; trains nothing that is kept",
    )
    arguments = parser.parse_args()
    if arguments.calibrate:
        runs = list(product(LANGUAGES, range(PARTS)))
        with ProcessPoolExecutor(os.process_cpu_count()) as processes:
            tried = list(processes.map(_tried, *zip(*runs, strict=True)))
        found = [*chain.from_iterable(tried)]
        calibrate(found)
        print(described(found))
        return
    differing = 0
    for language in arguments.languages:
        begun = time.perf_counter()
        examples = prepared(examples_of(language), language)
        model = train(language, examples)
        took = f"in {time.perf_counter() - begun:.0f} s"
        path = FOLDER / f"{language}.npz"
        if arguments.check:
            same = agreement(model, read_model(path), examples)
            differing += same < _AGREEMENT
            print(
                f"{language}: {100 * same:.2f} % of all sentences are read alike, {took}"
            )
        else:
            path.write_bytes(packed(model))
            print(f"{language}: {path.stat().st_size / 1024:.0f} KiB {took}")
    sys.exit(differing > 0)


def _tried(language: str, part: int) -> list[Trial]:
    examples = examples_of(language)
    left_out = [each for each in examples if is_left_out(each, part)]
    learned = [each for each in examples if not is_left_out(each, part)]
    model = train(language, prepared(learned, language))
    return trials(language, model, left_out)


def packed(model: Model) -> bytes:
    """Return a model as the file that is read."""
    linear = {
        "meaning": model.meaning,
        "margins": model.margins,
        "naming": model.naming,
        "who": model.who,
        **model.details,
    }
    arrays: dict[str, Any] = {}
    for name, each in linear.items():
        arrays[f"{name}.weights"] = each.weights
        arrays[f"{name}.scales"] = each.scales
        arrays[f"{name}.bias"] = each.bias
    classes = json.dumps({name: each.classes for name, each in linear.items()})
    file = io.BytesIO()
    np.savez_compressed(
        file,
        classes=_bytes(classes),
        vocabulary=_bytes("\n".join(sorted(model.vocabulary))),
        ours=_bytes("\n".join(sorted(model.ours))),
        groups=_bytes(json.dumps(model.groups)),
        said_together=_bytes(json.dumps(_written(model.said_together))),
        **arrays,
    )
    return file.getvalue()


def _written(said_together: SaidTogether) -> dict[str, dict[str, int]]:
    return {
        meaning: dict(
            sorted((" ".join(sorted(names)), times) for names, times in counted.items())
        )
        for meaning, counted in sorted(said_together.items())
    }


def _bytes(text: str) -> NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)


def agreement(one: Model, other: Model, examples: Sequence[Prepared]) -> float:
    """Return which share of sentences mean the same to two models."""
    same = sum(
        _likeliest(one, each.masked.tokens) == _likeliest(other, each.masked.tokens)
        for each in examples
    )
    return same / len(examples)


def _likeliest(model: Model, tokens: Tokens) -> tuple[str, str]:
    chances, features = model.meanings(tokens)
    margins = model.margins.named_scores(features)
    return max(chances, key=chances.__getitem__), max(margins, key=margins.__getitem__)


if __name__ == "__main__":
    main()
