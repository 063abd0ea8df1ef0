"""Fills in the templates of the sentences that Home Assistant has to hand to us.

Its sentence triggers know no rules and no lists: a grammar's `trigger_rules` are put in where its triggers name them, and
the names of now where these say so. A slot is any words: `{rest}`, or `{someone}` in front of other words.
"""

from collections.abc import Iterable, Mapping, Sequence
import re
from typing import Any, Final

from .accents import either_way

_RULE: Final = re.compile(r"<(\w+)>")
_TEMPLATE_SYNTAX: Final = re.compile(r"[\[\](){}<>|;:@\\]")
_OPTIONAL_FIRST: Final = re.compile(r"^(?:\[[^\[\]]*\] |[\[(])+")


def listened_for(grammar: Mapping[str, Any], listeners: Iterable[str]) -> list[str]:
    """Return the templates, with the listeners' names in them; names that look like a template are left out.

    They are few and long: what may stand before a sentence is written once for many, because Home Assistant parses all
    of it again, in the event loop, whenever a sentence trigger comes or goes.
    """
    rules = _rules(grammar, listeners)
    opening, front, ending = (rules[name] for name in ("opening", "front", "ending"))
    words = tuple(grammar["question_words"])
    filled = [_filled(each, rules) for each in grammar["triggers"]]
    questions = [each for each in filled if _asks(each, words)]
    others = [each for each in filled if not _asks(each, words)]
    return [
        f"{before} {_factored(templates)} {ending}"
        for before, templates in (
            (f"{opening} [{front}]", questions),
            (opening, others),
        )
        if templates
    ]


def _rules(grammar: Mapping[str, Any], listeners: Iterable[str]) -> dict[str, str]:
    """Return what stands for each rule: a grammar's own, and the names as it says that they are spoken."""
    names = {"names": listeners, "possessives": listeners}
    plain = {
        of: [each for each in either_way(some) if _is_plain(each)]
        for of, some in names.items()
    }
    return {
        **grammar["trigger_rules"],
        **{
            of: "".join(f"|{form.replace('{name}', name)}" for name in plain[of])
            for of, form in grammar["trigger_names"].items()
        },
    }


def _is_plain(name: str) -> bool:
    return bool(name) and not _TEMPLATE_SYNTAX.search(name)


def _filled(template: str, rules: Mapping[str, str]) -> str:
    return _RULE.sub(lambda found: _filled(rules[found[1]], rules), template)


def _asks(filled: str, words: Sequence[str]) -> bool:
    """Whether a template begins with a question, after what may be left out."""
    return _OPTIONAL_FIRST.sub("", filled).startswith(tuple(words))


def _factored(templates: Iterable[str]) -> str:
    """Return one template for several, in which what they begin with stands once."""
    return _joined([_parts(each) for each in templates])


def _joined(several: Sequence[Sequence[str]]) -> str:
    by_first: dict[str, list[Sequence[str]]] = {}
    for parts in several:
        if parts:
            by_first.setdefault(parts[0], []).append(parts[1:])
    joined = "|".join(
        f"{first} {_joined(tails)}".strip() for first, tails in by_first.items()
    )
    if any(not parts for parts in several):
        return f"[{joined}]" if joined else ""
    return f"({joined})" if len(by_first) > 1 else joined


def _parts(template: str) -> list[str]:
    """Return the words and groups of a template."""
    parts, depth, part = [], 0, ""
    for letter in template:
        depth += (letter in "([{") - (letter in ")]}")
        if letter == " " and not depth:
            parts.append(part)
            part = ""
        else:
            part += letter
    return [each for each in (*parts, part) if each]
