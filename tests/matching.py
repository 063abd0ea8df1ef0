"""hassil's own matching of templates, sooner done: what cannot match where it stands is not tried.

hassil tries each branch of `(what|which|who) …` at each place of a sentence, letter by letter through all that is nested
in it, and our triggers are two templates with thousands of branches. Here, a branch is left out whose first words are not
the next ones of the sentence: it has none but literal ways to begin, and hassil would fail at the first of its words
without having given or changed anything. All else is matched by hassil itself, so that the same is found, in the same
order (tests/integration/language/test_matching.py).
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from hassil import string_matcher
from hassil.expression import (
    Alternative,
    Expression,
    RuleReference,
    Sentence,
    Sequence,
    TextChunk,
)
from hassil.string_matcher import BREAK_WORDS_TABLE, MatchContext, MatchSettings

HASSILS: Final = string_matcher.match_expression
_NOTHING: Final = ""
"""Among the ways to begin of what may be empty."""

type Rules = dict[str, Sentence]
type Beginnings = frozenset[str] | None
"""How an expression may begin; None where that may be anything."""
type _Branch = tuple[Expression, tuple[str, ...] | None]


def match_sooner() -> None:
    """Let hassil leave out what cannot match, until `match_as_hassil_does`."""
    _let_match(_match)


def match_as_hassil_does() -> None:
    """Undo `match_sooner`."""
    _let_match(HASSILS)


def _let_match(match: object) -> None:
    # By this name it calls itself for what is nested.
    string_matcher.match_expression = match  # type: ignore[assignment]


class _Branches:
    """The branches of an alternative by how they begin, for as long as the rules that this depends on are the same."""

    def __init__(self, alternative: Alternative, rules: Rules) -> None:
        used: dict[str, Sentence | None] = {}
        begin = [_beginnings(each, rules, used) for each in alternative.items]
        self._used = tuple(used.items())
        self.beginnings = _any_of(begin)
        self.all = [
            (item, None if some is None or _NOTHING in some else tuple(some))
            for item, some in zip(alternative.items, begin, strict=True)
        ]
        self._others = [(item, some) for item, some in self.all if some is None]
        self._by_letter = {
            letter: [
                (item, some and tuple(each for each in some if each[0] == letter))
                for item, some in self.all
                if some is None or any(each[0] == letter for each in some)
            ]
            for letter in {each[0] for _, some in self.all for each in some or ()}
        }

    def hold(self, rules: Rules) -> bool:
        """Whether the rules are still those that this was made with."""
        return all(rules.get(name) is rule for name, rule in self._used)

    def used(self) -> Iterable[tuple[str, Sentence | None]]:
        """Return the rules that this depends on."""
        return self._used

    def that_begin(self, text: str) -> Iterable[_Branch]:
        """Return those that may begin with a text's first letter."""
        return self._by_letter.get(text[0], self._others) if text else self._others


def _branches(alternative: Alternative, rules: Rules) -> _Branches:
    known: _Branches | None = alternative.__dict__.get("encore_branches")
    if known is None or not known.hold(rules):
        known = alternative.__dict__["encore_branches"] = _Branches(alternative, rules)
    return known


def _beginnings(
    expression: Expression, rules: Rules, used: dict[str, Sentence | None]
) -> Beginnings:
    match expression:
        case TextChunk():
            text = _compared(expression.text).strip()
            # Of nothing but hyphens, no word is left to compare.
            return frozenset((text,)) if text or not expression.text.strip() else None
        case Alternative():
            branches = _branches(expression, rules)
            used.update(branches.used())
            return branches.beginnings
        case Sequence():
            begin: Beginnings = frozenset((_NOTHING,))
            for each in expression.items:
                if begin is None or _NOTHING not in begin:
                    break
                begin = _any_of(
                    (begin - {_NOTHING}, _beginnings(each, rules, used)),
                )
            return begin
        case RuleReference():
            rule = used[expression.rule_name] = rules.get(expression.rule_name)
            return _beginnings(rule.expression, rules, used) if rule else None
        case _:
            return None


def _any_of(several: Iterable[Beginnings]) -> Beginnings:
    found: set[str] = set()
    for each in several:
        if each is None:
            return None
        found |= each
    return frozenset(found)


@lru_cache(maxsize=1_024)
def _compared(text: str) -> str:
    """Return a text as two are compared: hassil ignores case, and tries hyphens as spaces where they don't match."""
    return text.translate(BREAK_WORDS_TABLE).lstrip().casefold()


def _match(
    settings: MatchSettings, context: MatchContext, expression: Expression
) -> Iterable[MatchContext]:
    kind = type(expression)
    if kind is Alternative:
        return _alternatives(settings, context, expression)  # type: ignore[arg-type]
    if kind is Sequence:
        return _sequence(settings, context, expression)  # type: ignore[arg-type]
    if kind is TextChunk and not expression.text:  # type: ignore[attr-defined]
        return (context,)
    return HASSILS(settings, context, expression)


def _sequence(
    settings: MatchSettings, context: MatchContext, sequence: Sequence
) -> Iterator[MatchContext]:
    # As hassil does it, without its search for what kind of an expression this is.
    contexts = [context] if sequence.items else []
    for item in sequence.items:
        contexts = [
            after for before in contexts for after in _match(settings, before, item)
        ]
        if not contexts:
            break
    yield from contexts


def _alternatives(
    settings: MatchSettings, context: MatchContext, alternative: Alternative
) -> Iterator[MatchContext]:
    if settings.ignore_whitespace or settings.allow_unmatched_entities:
        # In scripts without spaces others are compared; where what nothing matched is kept, a branch may begin later.
        for item in alternative.items:
            yield from _match(settings, context, item)
        return
    branches = _branches(alternative, settings.expansion_rules)
    text = _compared(context.text)
    if context.get_open_wildcard() is None:
        for item, beginnings in branches.that_begin(text):
            if beginnings is None or text.startswith(beginnings):
                yield from _match(settings, context, item)
        return
    # What may be anything ends where the branch begins.
    for item, beginnings in branches.all:
        if beginnings is None or any(each in text for each in beginnings):
            yield from _match(settings, context, item)
