"""What the pages of questions have of questions with files of their own: sentences, description, and an example with its answer."""

from collections.abc import Iterable, Iterator
import json
from pathlib import Path
import re
from tempfile import TemporaryDirectory
from types import get_original_bases
from typing import Any, Final, get_type_hints

from msgspec import Struct
from msgspec.structs import fields as struct_fields
import yaml

from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.answer import (
    Amount,
    AnsweredGap,
    AnsweredPlay,
    AnsweredThing,
    AnsweredWindow,
    Entry,
)
from custom_components.encore.questions.base.parameters import by_public_name
from custom_components.encore.questions.base.response import keys_of
from tests.unit.questions.house import PAST, ask, history_of
from tests.unit.questions.own_tests import OWN_TESTS

SHARED: Final[dict[str, type[Struct]]] = {
    "an amount, such as `total`, `average` or a day": Amount,
    "an entry of a top list": Entry,
    "a play": AnsweredPlay,
    "`item`, what a name was taken for": AnsweredThing,
    "`time_range`": AnsweredWindow,
    "a gap": AnsweredGap,
}
"""What means the same in every answer."""
DOCS: Final = Path(__file__).parent.parent / "docs"


def question_pages() -> list[Path]:
    """Return docs/questions.md and the pages in the folder of that name."""
    return [DOCS / "questions.md", *sorted((DOCS / "questions").glob("*.md"))]


def all_of_them() -> str:
    """Return the text of all pages, one after the other."""
    return "\n".join(page.read_text(encoding="utf-8") for page in question_pages())


def documented(page: str) -> str:
    """Return a page with its generated parts as they should be."""
    page = _filled(page, "keys", _keys())
    page = _filled(page, "sentences", _sentences())
    return _filled(page, "examples", _examples())


def _filled(page: str, part: str, sections: Iterable[str]) -> str:
    begin, end = (
        f"<!-- {part} by script/generate-descriptions -->",
        f"<!-- end of {part} -->",
    )
    text = "".join(f"{section}\n" for section in sections)
    return re.sub(
        rf"{begin}\n.*?{end}",
        lambda _: f"{begin}\n\n{text}{end}",
        page,
        count=1,
        flags=re.DOTALL,
    )


def _keys() -> Iterator[str]:
    yield "| Object | Keys |\n|---|---|"
    for name, declared in SHARED.items():
        yield _row(name, [each.encode_name for each in struct_fields(declared)])
    yield "\n| Action | Keys of its answer |\n|---|---|"
    for question in QUESTIONS:
        answer: type[Any] = get_original_bases(type(question))[0].__args__[1]
        yield _row(f"`{question.name}`", _all_keys(answer))
    yield ""


def _all_keys(declared: type[Any]) -> list[str]:
    """Return the keys of an answer, those of merged fields among them."""
    keys: list[str] = []
    for name, key in keys_of(declared):
        keys += [key] if key else _all_keys(get_type_hints(declared)[name])
    return keys


def _row(name: str, keys: Iterable[str]) -> str:
    return f"| {name} | {', '.join(f'`{key}`' for key in keys)} |"


def _sentences() -> Iterator[str]:
    for key, own in OWN_TESTS.items():
        listed = "".join(f"- {sentence}\n" for sentence in own.SENTENCES)
        yield f"**{QUESTIONS[key].title}**\n\n{listed}"


def _examples() -> Iterator[str]:
    with TemporaryDirectory() as folder, history_of(Path(folder), PAST) as history:
        for key, own in OWN_TESTS.items():
            name = QUESTIONS[key].name
            data = yaml.safe_dump(
                by_public_name(own.EXAMPLE), sort_keys=False, allow_unicode=True
            )
            values = "".join(f"  {line}\n" for line in data.splitlines())
            answer = ask(history, key, **own.EXAMPLE).data
            yield (
                f"### encore.{name}\n\n{QUESTIONS[key].description}\n\n"
                f"```yaml\naction: encore.{name}\ndata:\n{values}response_variable: answer\n```\n\n"
                f"```json\n{json.dumps(answer, indent=2, ensure_ascii=False)}\n```\n"
            )
