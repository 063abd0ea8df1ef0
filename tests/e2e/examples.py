"""The examples of README and docs, as a reader finds them."""

from collections.abc import Iterator
from dataclasses import dataclass
import json
from pathlib import Path
import re
from typing import Any, Final

import yaml

ROOT: Final = Path(__file__).parent.parent.parent
PAGES: Final = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
BLOCK: Final = re.compile(r"^```yaml\n(.+?)^```", re.DOTALL | re.MULTILINE)
ROW: Final = re.compile(r"^\| `(encore\.\w+)` \|.*\| `(\{.*\})` \|$", re.MULTILINE)
"""A row of a table of actions, whose last column has what is given to it."""
MESSAGE: Final = re.compile(r'^\{"id": .+\}$', re.MULTILINE)
SAID: Final = re.compile(r"“(.+?)”")
ENTITIES: Final = {"entity_id", "entity", "entities", "media_player_entity_id"}
"""Where an example names entities or statistics."""


@dataclass(frozen=True, slots=True)
class Example:
    """One example, and where it stands."""

    place: str
    yaml: dict[str, Any]

    def named(self, within: Any = None) -> Iterator[str]:
        """Yield the ids of the entities and statistics that it names."""
        match self.yaml if within is None else within:
            case dict() as fields:
                for key, value in fields.items():
                    if key in ENTITIES and value:
                        yield from [value] if isinstance(value, str) else value
                    else:
                        yield from self.named(value or "")
            case list() as several:
                for each in several:
                    yield from self.named(each)


def examples() -> list[Example]:
    """Return every example in YAML, in the order of the pages."""
    found = []
    for page in PAGES:
        text = page.read_text()
        written = [
            *((match, yaml.safe_load(match[1])) for match in BLOCK.finditer(text)),
            *(
                (match, {"action": match[1], "data": yaml.safe_load(match[2])})
                for match in ROW.finditer(text)
            ),
        ]
        for match, example in sorted(written, key=lambda one: one[0].start()):
            line = text.count("\n", 0, match.start()) + 1
            found.append(Example(f"{page.relative_to(ROOT)}:{line}", example))
    return found


def messages() -> list[dict[str, Any]]:
    """Return the messages of docs/websocket.md."""
    text = (ROOT / "docs" / "websocket.md").read_text()
    return [json.loads(line) for line in MESSAGE.findall(text)]


def sentences() -> list[str]:
    """Return what docs/voice.md says can be asked and told."""
    text = (ROOT / "docs" / "voice.md").read_text()
    ask = text[text.index("\n## Ask\n") : text.index("\nThe same in scripts")]
    return SAID.findall(ask)
