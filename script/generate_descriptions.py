"""Generate what describes the actions of questions and commands to Home Assistant: services.yaml, parts of en.json and icons.json.

What an answer looks like is taken from the pages of questions, into answers.json, which OpenAPI shows to programs.

What belongs to none of them is left as it is.
"""

import argparse
from collections.abc import Iterable
import json
from pathlib import Path
import re
import sys
from typing import Any, Final, override

import yaml

from custom_components.encore.api.operations import ACTIONS
from custom_components.encore.history.time_ranges.named_ranges import WINDOW_NAMES
from custom_components.encore.questions.base.operation import Operation
from custom_components.encore.questions.base.parameters import CHOSEN, Form, Parameter

from .question_pages import all_of_them, documented, question_pages

ENCORE: Final = Path(__file__).parent.parent / "custom_components" / "encore"
EXAMPLES: Final = re.compile(
    r"```yaml\naction: encore\.(\w+)\n.+?```\n\n```json\n(.+?)```", re.DOTALL
)
"""An action on a page of questions with its answer."""
ACTIONS_PAGE: Final = Path(__file__).parent.parent / "docs" / "actions.md"
ROW: Final = re.compile(r"^\| `encore\.(\w+)` \| .* \| (`\{.*\}`) \|$", re.MULTILINE)
"""A row of its tables: an action, what it does, and an example."""
NOT_OFFERED: Final = {"tomorrow", "next_week", "next_month", "next_year"}
"""Windows that are understood only to say that they have not come."""
OFFERED_WINDOWS: Final = [name for name in WINDOW_NAMES if name not in NOT_OFFERED]

SAID: Final = {
    "short_term": "Last 4 weeks",
    "medium_term": "Last 6 months",
    "long_term": "Last 12 months",
    "live": "Spotify player",
    "polled": "Spotify recently played",
    "export": "Spotify extended history",
    "account_data": "Spotify account data",
    "player": "Home Assistant media player",
    "play": "Play now",
    "replace": "Play now and clear queue",
    "next": "Play next",
    "add": "Add to queue",
    "minutes": "Listening time",
    "shows": "Podcasts",
    "show": "Podcast",
    "television": "TV",
    "line_in": "Line-in",
}
"""Choices whose names do not say enough to who picks one from a list."""

NEW_ICON: Final = {"service": "mdi:help-circle-outline"}
"""What `icons.json` has of a new action until somebody chooses another icon there."""

SECTION: Final = "more_options"
"""The section of what few people need."""

type Json = dict[str, Any]

DESCRIBED: Final = tuple(ACTIONS.values())
"""What is an action; a command goes before the question of its name."""


def main() -> None:
    """Write the files, or compare them."""
    parser = argparse.ArgumentParser(
        prog="script/generate-descriptions", description=__doc__
    )
    parser.add_argument("--check", action="store_true", help="write nothing")
    check = parser.parse_args().check
    for page in question_pages():
        written = documented(_text(page))
        if check and _differs(page, written):
            print(f"{page} is out of date: run script/generate-descriptions")
            sys.exit(1)
        page.write_text(written, encoding="utf-8")
    table = actions_page(_text(ACTIONS_PAGE))
    if check and _differs(ACTIONS_PAGE, table):
        print(f"{ACTIONS_PAGE} is out of date: run script/generate-descriptions")
        sys.exit(1)
    ACTIONS_PAGE.write_text(table, encoding="utf-8")
    stale = [path for path, text in generated(ENCORE).items() if _differs(path, text)]
    if check and stale:
        print(
            *(
                f"{path} is out of date: run script/generate-descriptions"
                for path in stale
            )
        )
        sys.exit(1)
    for path in stale:
        path.write_text(generated(ENCORE)[path], encoding="utf-8")
        print(f"generate-descriptions: {path.relative_to(ENCORE)}")


def actions_page(page: str) -> str:
    """Return docs/actions.md with what each action does as Home Assistant shows it."""
    described = {each.name: each.description for each in DESCRIBED}
    return ROW.sub(
        lambda row: f"| `encore.{row[1]}` | {described[row[1]]} | {row[2]} |", page
    )


def generated(folder: Path) -> dict[Path, str]:
    """Return the text of each file as it should be, given what else stands in it."""
    services, translations, icons = (
        folder / "services.yaml",
        folder / "translations" / "en.json",
        folder / "icons.json",
    )
    return {
        services: _services(),
        translations: _dumped(_translations(json.loads(_text(translations) or "{}"))),
        icons: _dumped(_icons(json.loads(_text(icons) or "{}"))),
        folder / "answers.json": _dumped(_answers()),
    }


def _answers() -> Json:
    return {key: json.loads(answer) for key, answer in EXAMPLES.findall(all_of_them())}


def _services() -> str:
    made = {each.name: _service(each) for each in DESCRIBED}
    return yaml.dump(
        dict(sorted(made.items())),
        Dumper=_Dumper,
        sort_keys=False,
        allow_unicode=True,
        width=120,
    )


def _service(described: Operation[Any, Any]) -> Json:
    fields: Json = {}
    rare: Json = {}
    for each in described.parameters:
        of = rare if each.described.is_rare else fields
        of[each.public_name] = _field(described, each)
    if rare:
        fields[SECTION] = {"collapsed": True, "fields": rare}
    return {"fields": fields}


def _field(described: Operation[Any, Any], parameter: Parameter) -> Json:
    field: Json = {"required": True} if parameter.required else {}
    field["example"] = parameter.described.example
    if parameter.default is True:
        field["default"] = True
    field["selector"] = _selector(described, parameter)
    return field


def _options_key(described: Operation[Any, Any], parameter: Parameter) -> str:
    """Return under which name a parameter's choices are translated: its own, unless another one's differ."""
    if parameter.described.list_name:
        return parameter.described.list_name
    first = next(
        each.choices
        for one in DESCRIBED
        for each in one.parameters
        if each.name == parameter.name and each.choices and not each.described.list_name
    )
    if first == parameter.choices:
        return parameter.name
    return f"{described.key}_{parameter.name}"


def _selector(described: Operation[Any, Any], parameter: Parameter) -> Json:
    match parameter.described.form:
        case Form.WINDOW:
            return {
                "select": {
                    "options": OFFERED_WINDOWS,
                    "custom_value": True,
                    "mode": "dropdown",
                    "translation_key": "window",
                }
            }
        case Form.TIME:
            return {"datetime": None}
        case Form.LISTENER | Form.LINK | Form.PLAY:
            return {"text": {"multiple": True}}
        case Form.ENTRY:
            return {"config_entry": {"integration": "encore"}}
        case Form.FLAG:
            return {"boolean": None}
        case Form.ASKED:
            return {"object": None}
        case Form.ROOM:
            return {"area": {"multiple": True}}
        case Form.DEVICE if parameter.name == "room":
            return {"area": None}
        case Form.COUNT:
            least, most = parameter.described.least, parameter.described.most
            return {"number": {"min": least, "max": most, "mode": "box"}}
        case Form.CHOICE | Form.FILTER:
            options = list(parameter.choices)
            key = _options_key(described, parameter)
            return {"select": {"options": options, "translation_key": key}}
        case _:
            return {"text": None}


def _translations(present: Json) -> Json:
    services: Json = {}
    selectors = present.get("selector", {})
    for described in DESCRIBED:
        services[described.name] = {
            "name": _action_name(described),
            "description": described.description,
            "fields": {
                each.public_name: {
                    "name": each.title,
                    "description": each.described.description,
                }
                for each in described.parameters
            },
        }
        if any(each.described.is_rare for each in described.parameters):
            services[described.name]["sections"] = {SECTION: {"name": "More options"}}
        for each in described.parameters:
            if each.described.form in CHOSEN:
                key = _options_key(described, each)
                own = selectors.get(key, {}) if each.described.list_name else {}
                selectors[key] = _options(each.choices, own.get("options", {}))
    selectors["window"] = _options(OFFERED_WINDOWS)
    return {
        **present,
        "selector": dict(sorted(selectors.items())),
        "services": dict(sorted(services.items())),
    }


def _action_name(described: Operation[Any, Any]) -> str:
    """Return what an action is called: what only returns data begins with "Get", as Home Assistant's own do."""
    title = described.title
    if not described.name.startswith("get_") or title.startswith("Get "):
        return title
    proper = title.startswith(("Spotify", "Sonos"))
    return f"Get {title if proper else title[0].lower() + title[1:]}"


def _options(names: Iterable[str], written: Json | None = None) -> Json:
    """Return what choices are called: as it is `written`, else by their names."""
    known = written or {}
    return {"options": {name: known.get(name, _called(name)) for name in names}}


def _called(name: str) -> str:
    return SAID.get(name, name.replace("_", " ").capitalize())


def _icons(present: Json) -> Json:
    """Return the icons with one for each action: the one that it has, at first a question mark."""
    known = present.get("services", {})
    services = {each.name: known.get(each.name, NEW_ICON) for each in DESCRIBED}
    return {**present, "services": dict(sorted(services.items()))}


def _dumped(content: Json) -> str:
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def _differs(path: Path, text: str) -> bool:
    return _text(path) != text


class _Dumper(yaml.SafeDumper):
    """Writes nothing for None and everything in full, as Home Assistant's own files do."""

    @override
    def ignore_aliases(self, data: object) -> bool:
        return True


_Dumper.add_representer(
    type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "")
)


if __name__ == "__main__":
    main()
