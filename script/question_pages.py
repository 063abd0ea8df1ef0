"""What the pages of questions have of questions with files of their own: sentences, description, and an example with its answer."""

from collections.abc import Iterable, Iterator
import json
from pathlib import Path
import re
from tempfile import TemporaryDirectory
from typing import Final

import yaml

from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.parameters import by_public_name
from tests.unit.questions.house import PAST, ask, history_of
from tests.unit.questions.own_tests import OWN_TESTS

DOCS: Final = Path(__file__).parent.parent / "docs"


def question_pages() -> list[Path]:
    """Return docs/questions.md and the pages in the folder of that name."""
    return [DOCS / "questions.md", *sorted((DOCS / "questions").glob("*.md"))]


def all_of_them() -> str:
    """Return the text of all pages, one after the other."""
    return "\n".join(page.read_text(encoding="utf-8") for page in question_pages())


def documented(page: str) -> str:
    """Return a page with its generated parts as they should be."""
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
