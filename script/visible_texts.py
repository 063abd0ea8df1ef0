"""Print every English text that people read in Home Assistant: its own texts, the panel and the cards, spoken answers."""

from collections.abc import Iterable, Iterator
import re
import sys
from typing import Final

from jinja2 import Environment, nodes

from custom_components.encore.language.sentence_files import (
    ANSWERS,
    COMMANDS_DONE,
    DEFAULT_LANGUAGE,
    spoken_source,
)
from homeassistant.helpers.translation import recursive_flatten

from .untranslated import ENCORE, PANEL, read_texts

SPOKEN: Final = {"answers": ANSWERS, "results": COMMANDS_DONE}
"""The templates of what is said, by the first part of the keys of their texts."""
VALUE: Final = "{…}"


def main() -> int:
    """Print the texts whose keys begin as the first argument says, all without one."""
    beginning = next(iter(sys.argv[1:]), "")
    for key, text in visible_texts():
        if key.startswith(beginning):
            print(f"{key}: {re.sub(r'\s+', ' ', text).strip()}")
    return 0


def visible_texts() -> Iterator[tuple[str, str]]:
    """Yield the key and the text of everything that is shown or said in English."""
    texts = read_texts(ENCORE / "translations" / f"{DEFAULT_LANGUAGE}.json")
    yield from recursive_flatten("", texts).items()
    for path in sorted((PANEL / DEFAULT_LANGUAGE).glob("*.json")):
        for key, text in read_texts(path).items():
            yield f"panel.{path.stem}.{key}", text
    for part, template in SPOKEN.items():
        source = spoken_source(template.format(DEFAULT_LANGUAGE))
        assert source is not None
        for macro in Environment(autoescape=False).parse(source).find_all(nodes.Macro):
            yield f"{part}.{macro.name}", "".join(_said(macro.body))


def _said(parts: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield what parts of a template say, one branch after the other, with VALUE for what they fill in."""
    for part in parts:
        match part:
            case nodes.TemplateData(data=data):
                yield data
            case nodes.Const(value=str(value)):
                yield f" {value} "
            case nodes.Output():
                for each in part.nodes:
                    yield "".join(_said([each])) or VALUE
            case nodes.If():
                for branch in (part.body, part.elif_, part.else_):
                    yield from (*_said(branch), " ")
            case nodes.CondExpr():
                yield from _said(each for each in (part.expr1, part.expr2) if each)
            case nodes.Compare():
                pass
            case _:
                yield from _said(part.iter_child_nodes())


if __name__ == "__main__":
    sys.exit(main())
