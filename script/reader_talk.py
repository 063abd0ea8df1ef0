"""How people of a language vary what they say: `reader_talk.yaml`."""

import random
from typing import Final

import yaml

from custom_components.encore.language.reader.tokens import Token, Tokens, folded

from .reader_examples import ROOT

TALK: Final = ROOT / "script" / "reader_talk.yaml"


class Talk:
    """How people of a language vary what they say."""

    def __init__(self, language: str) -> None:
        """Read the words."""
        read = yaml.load(TALK.read_text(encoding="utf-8"), yaml.CBaseLoader)[language]
        self.play: list[str] = read["play"]
        self._before = [_words(each) for each in read["before"]]
        self._after = [_words(each) for each in read["after"]]
        self._small = frozenset(read["small"])
        self._elsewhere = {
            tuple(word.text for word in _words(said)): [_words(each) for each in others]
            for said_here, others in read["elsewhere"]
            for said in said_here
        }
        self._same = [[_words(one) for one in each] for each in read["same"]]

    def elsewhere(self, tokens: Tokens, chance: random.Random) -> Tokens | None:
        """Return the words of a sentence with other things in place of those of listening; None where it has none."""
        texts = [word.text for word in tokens]
        result: list[Token] = []
        at, changed = 0, False
        while at < len(texts):
            for length in (2, 1):
                others = self._elsewhere.get(tuple(texts[at : at + length]))
                if others:
                    result += chance.choice(others)
                    at += length
                    changed = True
                    break
            else:
                result.append(tokens[at])
                at += 1
        return tuple(result) if changed else None

    def varied(self, tokens: Tokens, chance: random.Random) -> Tokens:
        """Return the words of a sentence as somebody else would say it."""
        words = list(tokens)
        if chance.random() < 0.6:
            for same in chance.sample(self._same, len(self._same)):
                if changed := _with_other(words, same, chance):
                    words = changed
                    break
        if chance.random() < 0.35:
            words = [
                word
                for word in words
                if word.text not in self._small or chance.random() < 0.5
            ] or words
        slots = [number for number, word in enumerate(words) if word.is_slot]
        if slots and len(words) > 2 and chance.random() < 0.3:
            slot = words.pop(chance.choice(slots))
            words.insert(0 if chance.random() < 0.5 else len(words), slot)
        if self._before and chance.random() < 0.25:
            words = [*chance.choice(self._before), *words]
        if self._after and chance.random() < 0.25:
            words = [*words, *chance.choice(self._after)]
        return tuple(words)


def _words(text: str) -> list[Token]:
    return [Token(folded(word), word, 0, 0) for word in text.split()]


def _with_other(
    words: list[Token], same: list[list[Token]], chance: random.Random
) -> list[Token] | None:
    """Return words with one way of saying something in place of another; None where it is not said."""
    texts = [word.text for word in words]
    for way in sorted(same, key=len, reverse=True):
        said = [word.text for word in way]
        for at in range(len(texts) - len(said) + 1):
            if texts[at : at + len(said)] == said:
                return [*words[:at], *chance.choice(same), *words[at + len(said) :]]
    return None
