"""How names are compared when somebody looks for one: as words, without case, accents and punctuation."""

from typing import Final
import unicodedata

_JOINT: Final = "\0"
"""Stands for punctuation while a name is taken apart."""

_LETTERS: Final = {
    "æ": "ae",
    "ð": "d",
    "ø": "o",
    "þ": "th",
    "đ": "d",
    "ħ": "h",
    "ı": "i",
    "ł": "l",
    "œ": "oe",
}
"""Letters that Unicode takes for no variant of another, and people type without."""

_LAST_ACCENT: Final = 0x036F
"""The last of Unicode's combining diacritical marks."""

_SILENT: Final = "'`´‘’ʼ"
"""Apostrophes: few type them, and nobody says them."""


def words_of(name: str) -> list[tuple[str, ...]]:
    """Return the words of a name as spaces set them apart, each in the parts that punctuation joins.

    "AC/DC" is one word, ac and dc. A name without a letter or digit is read as it is; only a blank one has no word.
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    folded = folded.translate(_TABLE)
    if not folded.isascii():
        folded = unicodedata.normalize("NFC", folded)
    if _JOINT not in folded:
        words: list[tuple[str, ...]] = [(word,) for word in folded.split()]
    else:
        split = (tuple(filter(None, word.split(_JOINT))) for word in folded.split())
        words = [parts for parts in split if parts]
    return words or [(word,) for word in name.casefold().split()]


class _Table(dict[int, str | None]):
    """What becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        match unicodedata.category(character)[0]:
            case "L" | "N":
                replacement: str | None = character
            case "M":
                # Accents go; what other scripts cannot be read without stays.
                replacement = None if code <= _LAST_ACCENT else character
            case "Z" | "C":
                replacement = " "
            case _:
                replacement = _JOINT
        self[code] = replacement
        return replacement


_TABLE: Final = _Table(str.maketrans(_LETTERS | dict.fromkeys(_SILENT)))
