"""Set a fifth of the banks of phrasings apart, so that nothing is tuned to it.

An entry is held out by the checksum of its sentence alone (of a dialogue, its first), so new ones can be written into either file.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
import re
import sys
from typing import Final
from zlib import crc32

import yaml

PHRASINGS: Final = Path(__file__).parents[1] / "tests" / "phrasings"
HELD_OUT: Final = PHRASINGS / "held_out"
BANKS: Final = ("spoken", "ordinary")
PARTS: Final = ("phrasings", "dialogues", "sentences")
ONE_OF: Final = 5

type Part = tuple[str, str, str]
"""What an entry stands below: phrasings, dialogues or sentences; the question or command, if any; the comment above it, if any."""
type Bank = dict[Part, list[str]]
"""The entries as they are written, with their lines."""

_PART: Final = re.compile(rf"({'|'.join(PARTS)}):")
_QUESTION: Final = re.compile(r"  (\w+):")
_COMMENT: Final = re.compile(r" *# (.*)")


def is_held_out(sentence: str) -> bool:
    """Return whether a sentence belongs to the fifth that is set apart."""
    return crc32(sentence.encode()) % ONE_OF == 0


def banks() -> Iterator[tuple[Path, Path]]:
    """Return each bank's file to tune to, and the one that is held out."""
    for bank in BANKS:
        for path in sorted((PHRASINGS / bank).glob("*.yaml")):
            yield path, HELD_OUT / bank / path.name


def read_entries(text: str) -> tuple[str, Bank]:
    """Return the lines above the first entry, and the entries by what they stand below."""
    head: list[str] = []
    found: Bank = {}
    part = question = comment = ""
    for line in text.splitlines():
        if matched := _PART.fullmatch(line):
            part, question, comment = matched[1], "", ""
        elif not part:
            head.append(line)
        elif matched := _QUESTION.fullmatch(line):
            question, comment = matched[1], ""
        elif matched := _COMMENT.fullmatch(line):
            comment = matched[1]
        elif line.startswith("    - " if question else "  - "):
            found.setdefault((part, question, comment), []).append(line)
        elif line:
            found[part, question, comment][-1] += f"\n{line}"
    return "\n".join(head).rstrip(), found


def sentence_of(entry: str) -> str:
    """Return what is said in an entry, of a dialogue first."""
    (said,) = yaml.load(entry, yaml.CBaseLoader)
    while not isinstance(said, str):
        said = next(iter(said))
    return said


def write_entries(head: str, bank: Bank) -> str:
    """Return the text of a file, by question and comment."""
    lines = [head]
    last = ("", "", "")
    for place in sorted(bank, key=lambda each: (PARTS.index(each[0]), *each[1:])):
        part, question, comment = place
        if part != last[0]:
            lines += ["", f"{part}:"]
        if question and question != last[1]:
            lines.append(f"  {question}:")
        if comment:
            lines.append(f"{'    ' if question else '  '}# {comment}")
        lines += bank[place]
        last = place
    return "\n".join(lines) + "\n"


def split(tuned_to: str, held_out: str) -> tuple[str, str]:
    """Return the texts of the two files with each entry in the one that it belongs to."""
    head, entries = read_entries(tuned_to)
    apart: tuple[Bank, Bank] = ({}, {})
    for place, more in read_entries(held_out)[1].items():
        entries.setdefault(place, []).extend(more)
    for place, written in entries.items():
        for entry in written:
            bank = apart[is_held_out(sentence_of(entry))]
            bank.setdefault(place, []).append(entry)
    return write_entries(head, apart[0]), write_entries(head, apart[1])


def main() -> int:
    """Split the banks, or say which are not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    differ = False
    for path, apart in banks():
        before = [
            each.read_text(encoding="utf-8") if each.exists() else ""
            for each in (path, apart)
        ]
        for each, old, new in zip((path, apart), before, split(*before), strict=True):
            if old != new:
                differ = True
                print(each.relative_to(PHRASINGS))
                if not check:
                    each.parent.mkdir(parents=True, exist_ok=True)
                    each.write_text(new, encoding="utf-8")
    return int(check and differ)


if __name__ == "__main__":
    sys.exit(main())
