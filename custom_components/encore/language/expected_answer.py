"""What a sentence suggests that is answered with yes or no: "have I ever played", "am I listening less"."""

from functools import cache
import re
from typing import Final

from ..questions.base.query_context import Expected
from .sentence_files import read_grammar

_LONGEST_FRONT: Final = 4
"""Words before the verb with which such a question begins."""
_THAN: Final = "que"
"""French and Spanish, behind the verb; before it, it asks what."""


def expected_answer(text: str, language: str) -> Expected | None:
    """Return what a sentence suggests; None where it asks what, when or how much. Reads the disk once for a language."""
    grammar = read_grammar(language)
    said = " ".join(text.replace("’", "'").casefold().split())
    asks = _asking(tuple(grammar["asks_whether"])).match(said)
    if asks is None:
        return None
    before, behind = ({*re.findall(r"[\w'-]+", each)} for each in asks.groups())
    words = before | (behind - {_THAN})
    if words & ({*grammar["question_words"]} - {*grammar["asks_whether"]}):
        return None
    return Expected.LESS if words & {*grammar["asks_less"]} else Expected.YES


@cache
def _asking(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return what stands before and behind the first of the phrases, near the beginning of a sentence."""
    asks = "|".join(map(re.escape, sorted(phrases, key=len, reverse=True)))
    front = rf"((?:\S+ ){{0,{_LONGEST_FRONT}}}?)"
    return re.compile(rf"{front}(?:¿?)(?:{asks})(?!(?<!')\w)(.*)", re.DOTALL)
