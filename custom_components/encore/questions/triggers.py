"""Derives from a grammar the templates of the sentences that Home Assistant has to hand to us.

Its sentence triggers know no rules and no lists. Each sentence of a grammar is filled in with them, and where
`trigger_rules` has something narrower or wider to say, with that. A slot that may be anything is `{rest}`, in front of
other words `{someone}`.
"""

from collections.abc import Iterable, Mapping, Sequence
import re
from typing import Any, Final

_REFERENCE: Final = re.compile(r"<(?P<rule>\w+)>|\{(?P<list>\w+)(?::\w+)?\}")
_TEMPLATE_SYNTAX: Final = re.compile(r"[\[\](){}<>|;:@\\]")
_OPEN_END: Final = " [{rest}]"
_ANYTHING: Final = re.compile(r"\{(?:rest|someone)\}")
_TRAILING: Final = re.compile(
    r"(?:\s*(?:\{(?:rest|someone)\}|\[\{(?:rest|someone)\}\]|\[\[\{rest\}\]\]))+$"
)


def derived(grammar: Mapping[str, Any], listeners: Iterable[str]) -> list[str]:
    """Return the templates, with the listeners' names in them; names that look like a template are left out.

    They are few and long: what may stand before a sentence is written once for many, because Home Assistant parses all
    of it again, in the event loop, whenever a sentence trigger comes or goes.
    """
    deriving = _Deriving(grammar, [name for name in listeners if _is_plain(name)])
    sentences = [
        sentence
        for intent in grammar["intents"].values()
        for data in intent["data"]
        for sentence in data["sentences"]
    ]
    return deriving.templates((*sentences, *grammar["triggers"]))


def derived_follow_ups(
    grammar: Mapping[str, Any], listeners: Iterable[str], rooms: Iterable[str]
) -> list[str]:
    """Return the templates of what follows a question, with the names of listeners and rooms."""
    deriving = _Deriving(
        grammar,
        [name for name in listeners if _is_plain(name)],
        [name for name in rooms if _is_plain(name)],
    )
    return deriving.templates_of_all(grammar["follow_up_triggers"])


def _is_plain(name: str) -> bool:
    return bool(name) and not _TEMPLATE_SYNTAX.search(name)


class _Deriving:
    """A grammar with the names of now."""

    def __init__(
        self,
        grammar: Mapping[str, Any],
        names: Sequence[str],
        rooms: Sequence[str] = (),
    ) -> None:
        self._rules: dict[str, str] = grammar["expansion_rules"]
        self._lists: dict[str, Any] = grammar["lists"]
        words = {
            "names": "".join(f"|[the] {name}" for name in names),
            "rooms": "".join(f"|{name}" for name in rooms),
            "possessives": "".join(f"|[the] {name}('s|s|')" for name in names),
        }
        self._instead = {
            rule: re.sub(
                r"<(names|possessives)>", lambda found: words[found[1]], str(body)
            )
            for rule, body in grammar["trigger_rules"].items()
        }
        self._instead["rooms"] = words["rooms"]
        self._questions = tuple(grammar["question_words"])

    def templates(self, sentences: Iterable[str]) -> list[str]:
        """Return what stands for these sentences: questions, with what may stand before them, and all else."""
        filled = _without_special_cases({self._template(each) for each in sentences})
        questions = [each for each in filled if self._asks(each)]
        others = [each for each in filled if not self._asks(each)]
        opening, front, ending = (
            self._instead[name] for name in ("opening", "front", "ending")
        )
        return [
            f"{opening} [{front}] {_factored(questions)} {ending}",
            f"{opening} {_factored(others)} {ending}",
        ]

    def templates_of_all(self, sentences: Iterable[str]) -> list[str]:
        """Return what stands for these sentences, with nothing before them."""
        return [f"{self._filled(each)} {self._instead['ending']}" for each in sentences]

    def _template(self, sentence: str) -> str:
        """Return a sentence filled in; whatever begins anywhere is one thing to be heard."""
        filled = _TRAILING.sub(_rest, self._filled(sentence))
        anything = list(_ANYTHING.finditer(filled))
        if not anything:
            return filled
        last = anything[-1].start()
        head, tail = filled[:last], filled[last:]
        return head.replace("{rest}", "{someone}") + tail

    def _asks(self, filled: str) -> bool:
        return re.sub(r"^[\[(]+", "", filled).startswith(self._questions)

    def _filled(self, template: str) -> str:
        return _REFERENCE.sub(self._reference, template)

    def _reference(self, found: re.Match[str]) -> str:
        name = found["rule"] or found["list"]
        if name in self._instead:
            return self._instead[name]
        if found["rule"]:
            return f"({self._filled(self._rules[name])})"
        values = self._lists.get(name, {}).get("values")
        if values is None:
            return "{rest}"
        heard = [each["in"] if isinstance(each, dict) else each for each in values]
        return f"({'|'.join(heard)})"


def _rest(found: re.Match[str]) -> str:
    optional = not re.sub(r"\[+\{\w+\}\]+", "", found[0]).strip()
    return " [{rest}]" if optional else " {rest}"


def _without_special_cases(templates: Iterable[str]) -> list[str]:
    """Return the templates that no other one, which goes on with anything, begins like."""
    every = sorted(templates)
    open_ended = tuple(
        each.removesuffix(_OPEN_END) for each in every if each.endswith(_OPEN_END)
    )
    return [
        each
        for each in every
        if not any(
            each.startswith(f"{begins} ") and each != f"{begins}{_OPEN_END}"
            for begins in open_ended
        )
    ]


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
