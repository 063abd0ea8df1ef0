"""How words sound, roughly, so that a name is found when speech recognition wrote down another one that sounds the same.

The rules for consonants follow Lawrence Philips' Metaphone (“Hanging on the Metaphone”, Computer Language 7 (12), 1990).
Unlike there, vowels are kept, long and short as English spells them, and so are voiced consonants: without them “fell”, “vile” and “full” are one word.
Words are folded as by `words_of`; what is not written in Latin letters has no sound here.
"""

from collections.abc import Iterable
import re
from typing import Final

_CONSONANT: Final = "[bcdfghjklmnpqrstvwxz]"
_SILENT_E: Final = rf"(?={_CONSONANT}es?\b)"
"""Before a consonant and an e that nobody says, a vowel is long."""

_RULES: Final = {
    # Words that are in many names and follow no rule.
    r"of\b(?<=\bof)": "ŏV",
    r"one\b(?<=\bone)": "WŭN",
    r"i(?<=\bi)\b": "ī",
    r"two?\b(?<=\btwo)": "Tū",
    r"to\b(?<=\bto)": "Tū",
    r"mr\b(?<=\bmr)": "MĭSTĕR",
    # Vowels in a row. Long ones have a line, short ones a bow, as in dictionaries; ů is in "loud", ȯ in "boy".
    "eigh": "ā",
    "igh": "ī",
    "augh": "ŏ",
    "ough": "ō",
    "eaux?": "ō",
    r"eyes?\b": "ī",
    "a[iye]": "ā",
    "a(?:u|w(?![aeiouy]))": "ŏ",
    r"eys?\b(?<=s)": "ēS",
    r"ey\b": "ē",
    "e[iy]": "ā",
    r"eo\b": "ēō",
    "eo": "ĕ",
    "e[ae]": "ē",
    "e[uw]": "ū",
    r"i(?<=\b[bcdfghjklmnpqrstvwxz]i)e\b": "ī",
    "ie": "ē",
    "ij(?![aeiou])": "ī",
    r"i(?=[aou])": "ē",
    "oa": "ō",
    r"oes?\b(?<=s)": "ōS",
    r"oe\b": "ō",
    "oe(?!y)": "ē",
    "oo": "ū",
    r"ous\b": "ŭS",
    r"y(?<=\by)ou\b": "Yū",
    "ou": "ů",
    r"ow\b": "ō",
    "ow": "ů",
    "o[iy]": "ȯ",
    r"u(?<=[gbc]u)i": "ĭ",
    "ui(?![aeou])": "ū",
    r"g(?<=.g)ues?\b": "G",
    "uy": "ī",
    r"ue\b": "ū",
    # Vowels by themselves.
    rf"a{_SILENT_E}": "ā",
    rf"i{_SILENT_E}": "ī",
    rf"o{_SILENT_E}": "ō",
    rf"u{_SILENT_E}": "ū",
    rf"e{_SILENT_E}": "ē",
    r"e(?<=\b[b-df-hj-np-tv-z]e)\b": "ē",
    r"e(?<=\b[b-df-hj-np-tv-z]{2}e)\b": "ē",
    r"e(?<=[b-df-hj-np-tv-z]e)\b": "",
    r"e(?<=[bdfklmnprtv]e)(?=s\b)": "",
    "a": "ă",
    "e": "ĕ",
    r"i\b": "ē",
    "i": "ĭ",
    r"oln\b": "ŏN",
    r"o\b": "ō",
    "o": "ŏ",
    r"u\b": "ū",
    "u": "ŭ",
    r"y(?<=\by)(?=[aeiou])": "Y",
    r"y(?=[aeiou])": "Y",
    r"y(?<=\b[bcdfghjklmnpqrstvwxz]y)\b": "ī",
    r"y(?<=\b[bcdfghjklmnpqrstvwxz]{2}y)\b": "ī",
    r"y\b": "ē",
    "y": "ĭ",
    # Consonants. X is in "shoe" and "chew", 0 in "thin".
    r"b(?<=mb)\b": "",
    "b": "B",
    "c(?:qu?|k)": "K",
    "ch(?=[rl])": "K",
    "ch": "X",
    "cc(?=[eiy])": "KS",
    "ci(?=[ao])": "X",
    "c(?=[eiy])": "S",
    "c": "K",
    "dg(?=[eiy])": "J",
    "dj": "J",
    "d": "D",
    "f": "F",
    r"g(?<=\bg)n": "N",
    r"gn\b": "N",
    r"g(?<=\bg)h": "G",
    "gh": "",
    "gg": "G",
    "g(?=et|ir|iv|if|ee)": "G",
    "g(?=[eiy])": "J",
    "g": "G",
    "h(?=[aeiouy])": "H",
    "h": "",
    "j(?<=[bfhkmpv]j)": "Y",
    r"j(?=ah?\b)": "Y",
    "j": "J",
    r"k(?<=\bk)n": "N",
    "kh": "K",
    "k": "K",
    "l": "L",
    "m": "M",
    r"ngs?\b(?<=s)": "NS",
    r"ng\b": "N",
    "n": "N",
    "ph": "F",
    r"p(?<=\bp)s": "S",
    r"p(?<=\bp)f": "F",
    "p": "P",
    "quay": "Kē",
    r"ques?\b": "K",
    "qu": "KW",
    "q": "K",
    "rh": "R",
    "r": "R",
    "sch": "X",
    "sh": "X",
    "ssi(?=o)": "X",
    "si(?=on)": "X",
    "sc(?=[eiy])": "S",
    "s": "S",
    "tt?s?ch": "X",
    "tth": "0",
    "th": "0",
    "ti(?=[ao])": "X",
    "t": "T",
    "v": "V",
    r"w(?<=\bw)h(?=o)": "H",
    r"w(?<=\bw)r": "R",
    "wh": "W",
    "w(?=[aeiouy])": "W",
    "w": "",
    r"x(?<=\bx)": "S",
    "x": "KS",
    "z": "S",
}
"""What letters sound like; of several rules for the same place the first counts. Each begins with a letter, which is quicker to find."""

_LETTERS: Final = re.compile("|".join(f"{rule}()" for rule in _RULES))
_SPOKEN: Final = ("", *_RULES.values())
_TWICE: Final = re.compile(r"(\w)\1+")

_VOWELS: Final = "āăēĕīĭōŏūŭůȯ"
_COARSE: Final = str.maketrans(
    {
        **dict.fromkeys(_VOWELS, "-"),
        **dict.fromkeys("HY"),
        "B": "P",
        "D": "T",
        "0": "T",
        "G": "K",
        "V": "F",
        "J": "X",
    }
)


def sounds_of(phrases: Iterable[str]) -> list[str]:
    """Return how each of some words or phrases sounds, said in one; "" for one that is not of Latin letters alone."""
    spelt = "\n".join(
        phrase if phrase.isascii() and phrase.replace(" ", "").isalpha() else ""
        for phrase in phrases
    )
    spoken = _LETTERS.sub(lambda found: _SPOKEN[found.lastindex or 0], spelt)
    return _TWICE.sub(r"\1", spoken).replace(" ", "").split("\n")


def coarse(sound: str) -> str:
    """Return a sound without what is misheard first: which vowel it is, whether a consonant is voiced, and an h or y."""
    return (
        sound.translate(_COARSE)
        .replace("---", "-")
        .replace("--", "-")
        .replace("KW", "K")
    )


def is_distinctive(rough: str, consonants: int) -> bool:
    """Whether a coarse sound is long enough to be known by: has so many consonants, or two more sounds of any sort."""
    return len(rough) >= consonants + 2 or len(rough) - rough.count("-") >= consonants
