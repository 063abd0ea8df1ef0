"""Every text that the code names is there, with nothing left to fill in, and no text is there for nothing; in each language.

The code is read, not run: what flows and issues show when they run is held by the tests that run them. Where a key is
computed, `COMPUTED` says what it can be.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
import inspect
from itertools import combinations
import json
from pathlib import Path
import re
from typing import Any, Final

import pytest

from custom_components.encore.api.uploads import watched_folder
from custom_components.encore.entities.room_numbers import OF_THE_SPEAKER
from custom_components.encore.entities.room_switches import SWITCHES
from custom_components.encore.errors import NamedError
from custom_components.encore.flows.account_flow import _API_REASONS
from custom_components.encore.flows.login_flow import _TOKEN_REASONS
from custom_components.encore.history.errors import (
    HistoryError,
    Refusal,
    Unforgettable,
    Unwritten,
)
from custom_components.encore.questions.base.errors import QuestionError
from custom_components.encore.runtime.store import outbox
from custom_components.encore.settings import options
from custom_components.encore.settings.options import TOP_WINDOWS
from custom_components.encore.sonos.errors import (
    NotASonosRoom,
    OtherHousehold,
    SonosError,
    SonosRefused,
    UnknownSonosMedia,
    UnknownSonosSource,
)
from custom_components.encore.spotify import issues
from custom_components.encore.spotify.errors import (
    AnswerUnreadable,
    CommandRefused,
    DeviceMissing,
    DeviceNotApproved,
    HistoryOnly,
    RateLimited,
    SpotifyDown,
    SpotifyError,
    TransferIgnored,
    Unavailable,
    WhichDevice,
)
from homeassistant.helpers.translation import recursive_flatten
from homeassistant.util.yaml import load_yaml_dict
from tests.texts import INTEGRATION, TEXTS, fields_of, gaps_in, sections_of, text_at

PACKAGE: Final = "custom_components.encore"


def kinds_of[T](base: type[T]) -> list[type[T]]:
    """Return a class and all that derive from it."""
    return [base, *(kind for sub in base.__subclasses__() for kind in kinds_of(sub))]


def keys_of(base: type[Any]) -> set[str]:
    """Return the keys of the errors of a family that have one of their own."""
    return {kind.key for kind in kinds_of(base) if kind.key}


SPOTIFY: Final = keys_of(SpotifyError)
SONOS: Final = keys_of(SonosError)
QUESTIONS: Final = keys_of(QuestionError)

COMPUTED: Final[dict[tuple[str, str], set[str]]] = {
    ("spotify/issues.py", "name"): set(issues.ISSUES),
    ("settings/options.py", "name"): {
        options.CONF_FIRST_WEEKDAY,
        options.CONF_PANEL,
        options.CONF_PICTURES,
        options.CONF_TOP_WINDOW,
    },
    ("errors.py", "self.key"): keys_of(NamedError),
    # What its callers name is seen where they call it.
    ("errors.py", "key"): set(),
    ("runtime/issues.py", "name"): set(),
    ("spotify/tracking/player_coordinator.py", "err.translation_key"): SPOTIFY,
    ("spotify/auth/oauth_session.py", "reason"): {
        "client_gone",
        "login_expired",
        "login_lost",
        "seal_broken",
    },
    # Whatever Encore raises, told once more where media is browsed.
    ("media/browse_tree.py", "err.translation_key"): SPOTIFY,
    ("entities/listener_sensors.py", "f'top_artist_{window}'"): {
        f"top_artist_{window}" for window in TOP_WINDOWS
    },
    ("entities/room_numbers.py", "key"): {each.key for each in OF_THE_SPEAKER},
    ("entities/room_switches.py", "key"): {each.key for each in SWITCHES},
    # Each room fills its name in.
    ("entities/room_history_sensors.py", "'room_listening_time_today'"): {
        "room_listening_time_today"
    },
    ("entities/room_history_sensors.py", "'room_last_play'"): {"room_last_play"},
    ("runtime/store/outbox.py", "issue"): set(outbox.ISSUES),
    ("api/uploads/watched_folder.py", "issue"): set(watched_folder.ISSUES),
    ("runtime/error_translation.py", "err.key"): {
        *QUESTIONS,
        *keys_of(HistoryError),
        *(f"import_{why}" for why in Refusal),
        *(f"forget_{why}" for why in Unforgettable),
        *(f"export_{why}" for why in Unwritten),
    },
}
"""By file and expression: the keys that an expression can yield."""


@dataclass(frozen=True, slots=True)
class Use:
    """One place that names a text: what it is for, the key, and what is given to fill it (None: not to be seen)."""

    where: str
    kind: str
    key: str
    given: frozenset[str] | None


def modules() -> list[Path]:
    """Return the source files of the integration."""
    return sorted(INTEGRATION.rglob("*.py"))


def uses() -> Iterator[Use]:
    """Return every place with a translation key."""
    for file in modules():
        name = str(file.relative_to(INTEGRATION))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                keywords = {word.arg: word.value for word in node.keywords if word.arg}
                if "translation_key" in keywords:
                    yield from _uses_of(name, node, keywords)
                elif ast.unparse(node.func) == "translated":
                    yield from _named(name, node, "exceptions", node.args[1])
                elif ast.unparse(node.func) == "async_raise_issue":
                    yield from _named(name, node, "issues", node.args[-1])


def _named(file: str, call: ast.Call, kind: str, value: ast.expr) -> Iterator[Use]:
    """Return the texts of an error that `translated` makes, or of an issue, which are filled with what is given by name."""
    computed = COMPUTED.get((file, ast.unparse(value)))
    names = [word.arg for word in call.keywords]
    given = None if computed or None in names else frozenset(filter(None, names))
    for key in sorted(computed or {_constant(file, value)}):
        yield Use(f"{file}:{call.lineno}", kind, key, given)


def _uses_of(file: str, call: ast.Call, keywords: dict[str, ast.expr]) -> Iterator[Use]:
    called = ast.unparse(call.func).rsplit(".", 1)[-1]
    kind = {
        "async_create_issue": "issues",
        "DeviceInfo": "device",
        "SelectSelectorConfig": "selector",
        "choice": "selector",
        "RoomNumberDescription": "entity.number",
        "RoomSensorDescription": "entity.sensor",
        "RoomSwitchDescription": "entity.switch",
        "SensorEntityDescription": "entity.sensor",
        "AnswerSensorDescription": "entity.sensor",
        "replace": "entity.sensor",
    }.get(called, "exceptions")
    value = keywords["translation_key"]
    computed = COMPUTED.get((file, ast.unparse(value)))
    given = None if computed else _given(keywords.get("translation_placeholders"))
    named = {_constant(file, value)} if computed is None else computed
    for key in sorted(named):
        yield Use(f"{file}:{call.lineno}", kind, key, given)


def _constant(file: str, value: ast.expr) -> str:
    """Return a literal, or the constant that the module has under a name."""
    if isinstance(value, ast.Constant):
        return str(value.value)
    module = import_module(f"{PACKAGE}.{file.removesuffix('.py').replace('/', '.')}")
    constant = getattr(module, ast.unparse(value), None)
    assert isinstance(constant, str), (
        f"{file}: what can {ast.unparse(value)} be? (COMPUTED)"
    )
    return constant


def _given(value: ast.expr | None) -> frozenset[str] | None:
    if value is None:
        return frozenset()
    if isinstance(value, ast.Dict) and all(
        isinstance(key, ast.Constant) for key in value.keys
    ):
        return frozenset(ast.literal_eval(key) for key in value.keys if key)
    return None


@pytest.mark.parametrize("use", uses(), ids=lambda use: f"{use.where}-{use.key}")
def test_every_text_that_the_code_names_is_there_and_can_be_filled(use: Use) -> None:
    """An error says something, an issue has a title, a choice has names."""
    match use.kind:
        case "exceptions":
            gaps = gaps_in(text_at(f"exceptions.{use.key}.message"))
        case "issues":
            gaps = gaps_in(text_at(f"issues.{use.key}.title"))
        case "entity.number" | "entity.switch" | "entity.sensor" | "device":
            gaps = gaps_in(text_at(f"{use.kind}.{use.key}.name"))
        case _:
            assert TEXTS["selector"][use.key]["options"]
            gaps = set()
    assert use.given is None or gaps <= use.given


@pytest.mark.parametrize("kind", [kind for kind in kinds_of(SpotifyError) if kind.key])
def test_every_error_of_spotify_fills_its_text(kind: type[SpotifyError]) -> None:
    """Made the way the gateway makes it."""
    if issubclass(kind, RateLimited | SpotifyDown):
        error: SpotifyError = kind(0)
    elif kind in {CommandRefused, Unavailable, AnswerUnreadable}:
        error = kind(detail="HTTP 502")
    elif kind in {TransferIgnored, DeviceMissing, DeviceNotApproved, WhichDevice}:
        error = kind(device="Kitchen", devices="Kitchen, Study")
    elif kind is HistoryOnly:
        error = kind(account="Alva")
    else:
        error = kind()
    gaps = gaps_in(text_at(f"exceptions.{kind.key}.message"))
    assert gaps <= set(error.translation_placeholders or {})


@pytest.mark.parametrize("kind", [kind for kind in kinds_of(SonosError) if kind.key])
def test_every_error_of_sonos_fills_its_text(kind: type[SonosError]) -> None:
    """Made the way the household makes it."""
    if issubclass(kind, SonosRefused):
        error: SonosError = kind(speaker="Kitchen", code="701")
    elif kind in {OtherHousehold, NotASonosRoom}:
        error = kind(entity="media_player.kitchen")
    elif kind is UnknownSonosSource:
        error = kind(source="Harbour FM", sources="–")
    elif kind is UnknownSonosMedia:
        error = kind(media="SQ:7")
    else:
        error = kind(speaker="Kitchen")
    gaps = gaps_in(text_at(f"exceptions.{kind.key}.message"))
    assert gaps <= set(error.translation_placeholders or {})


def test_every_reason_to_end_a_flow_is_reported() -> None:
    """The constants that are handed to Home Assistant's flow methods, and what the tables map to."""
    named = {
        word.value.value
        for file in (
            "config_flow.py",
            "flows/account_flow.py",
            "flows/login_flow.py",
            "flows/sonos_flow.py",
            "flows/store_flow.py",
        )
        for node in ast.walk(
            ast.parse((INTEGRATION / file).read_text(encoding="utf-8"))
        )
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg in {"reason", "error"} and isinstance(word.value, ast.Constant)
    }
    tables = {*_TOKEN_REASONS.values(), *_API_REASONS.values(), "spotify_refused"}
    tables |= {"not_sonos", "sonos_unreachable", "sonos_upnp_off"}
    of_home_assistant = {"missing_credentials"}
    by_home_assistant = {"already_configured"}
    assert (named - of_home_assistant) | tables | by_home_assistant == set(
        TEXTS["config"]["abort"]
    )


def test_no_text_is_there_for_nothing() -> None:
    """What no line of the code names is a sentence that nobody will ever read."""
    found = list(uses())
    for kind in ("exceptions", "issues"):
        named = {use.key for use in found if use.kind == kind}
        assert set(TEXTS[kind]) == named


def test_every_action_and_its_fields_are_described() -> None:
    """services.yaml and the texts name the same things."""
    actions = load_yaml_dict(INTEGRATION / "services.yaml")
    assert set(actions) == set(TEXTS["services"])
    for action, described in actions.items():
        texts = TEXTS["services"][action]
        assert set(fields_of(described or {})) == set(texts.get("fields", {}))
        assert sections_of(described or {}) == set(texts.get("sections", {}))


def test_the_name_of_an_action_begins_with_what_it_does() -> None:
    """What only returns data begins with "Get", as Home Assistant's own actions do."""
    for action, texts in TEXTS["services"].items():
        verb = action.partition("_")[0].capitalize()
        assert texts["name"].split()[0] == verb, action


def test_texts_name_fields_as_actions_do() -> None:
    """What stands as code in an error, such as `confirm: true`, can be typed."""
    known = {
        field
        for texts in TEXTS["services"].values()
        for field in texts.get("fields", {})
    }
    named = {
        (key, field)
        for key, texts in TEXTS["exceptions"].items()
        for field in re.findall(r"`(\w+)(?:: \w+)?`", texts["message"])
    }
    assert {(key, field) for key, field in named if field not in known} == set()


def test_every_icon_belongs_to_something() -> None:
    """icons.json names no action that does not exist."""
    icons = json.loads((INTEGRATION / "icons.json").read_text(encoding="utf-8"))
    assert set(icons["services"]) == set(TEXTS["services"])


def test_the_texts_are_literal() -> None:
    """A custom integration's texts are not run through Home Assistant's build, which fills in references."""
    assert "[%key:" not in inspect.cleandoc(json.dumps(TEXTS))


def test_a_choice_is_named_for_its_own_list() -> None:
    """An export as a source is not one as a job."""
    assert text_at("selector.enqueue.options.next") == "Play next"
    assert text_at("selector.job_kind.options.export") == "Export"
    assert text_at("selector.source.options.export") == "Spotify extended history"


LANGUAGES: Final = sorted(
    file.stem
    for file in (INTEGRATION / "translations").glob("*.json")
    if file.stem != "en"
)
ENGLISH: Final = recursive_flatten("", TEXTS)
SAID_ALIKE: Final[dict[str, set[str]]] = {
    "de": {
        "Position",
        "ID",
        "Line-in",
        "Live",
        "Person",
        "Player",
        "TV",
        "Album",
        "App",
        "Balance",
        "Bass",
        "Export",
        "Format",
        "Genres",
        "Import",
        "Limit",
        "Loudness",
        "Name",
        "Panel",
        "Playlist",
        "Playlists",
        "Podcast",
        "Podcasts",
        "Port",
        "Radio",
        "Subwoofer",
        "Surround",
        "Text",
    },
    "es": {
        "Control",
        "Balance",
        "Panel",
        "Playlist",
        "Playlists",
        "Radio",
        "Subwoofer",
        "TV",
        "Tokens",
    },
    "fr": {
        "Position",
        "Type",
        "Album",
        "Albums",
        "Audit",
        "Balance",
        "Date",
        "Description",
        "Format",
        "Genres",
        "Loudness",
        "Minutes",
        "Moment",
        "Pause",
        "Playlist",
        "Playlists",
        "Podcast",
        "Podcasts",
        "Port",
        "Question",
        "Questions",
        "Radio",
        "Sessions",
        "Source",
        "Sources",
        "Station",
        "Top",
        "Volume",
        "Volumes",
    },
    "nl": {
        "ID",
        "Line-in",
        "Live",
        "Account",
        "Album",
        "Albums",
        "App",
        "Crossfade",
        "Database",
        "Export",
        "Genres",
        "Import",
        "Imports",
        "Interval",
        "Items",
        "Loudness",
        "Moment",
        "Per",
        "Playlist",
        "Playlists",
        "Podcast",
        "Podcasts",
        "Radio",
        "Subwoofer",
        "Surround",
        "Type",
        "Volume",
        "Volumes",
        "Week",
    },
}
"""The words of a language that it shares with English."""
NAMES: Final = {
    "Encore",
    "{name}",
    "CSV",
    "Home Assistant",
    "Parquet",
    "Sonos",
    "Spotify",
    "URI",
}
"""What is called so everywhere."""


def texts_in(language: str) -> dict[str, str]:
    """Return what a language says, by the path of each text."""
    file = INTEGRATION / "translations" / f"{language}.json"
    return recursive_flatten("", json.loads(file.read_text(encoding="utf-8")))


def marks_in(text: str) -> dict[str, Any]:
    """Return what a text says by other means than words: gaps, links, code, emphasis, steps and paragraphs."""
    return {
        "gaps": gaps_in(text),
        "links": re.findall(r"\]\(([^)]*)\)", text),
        "code": sorted(re.findall(r"`[^`]*`", text)),
        "bold": text.count("**"),
        "steps": re.findall(r"^\d\.", text, re.MULTILINE),
        "paragraphs": text.count("\n\n"),
        "sentence": text.endswith((".", "?")),
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_nothing_that_english_does_not(language: str) -> None:
    """What it lacks is shown in English, as `script/untranslated` reports; what English lacks is never shown."""
    said = texts_in(language)
    assert said.keys() <= ENGLISH.keys()
    assert [path for path, text in said.items() if not text.strip()] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_keeps_gaps_links_and_form(language: str) -> None:
    """A text with other gaps than the English one is thrown away by Home Assistant, and others are put into sentences."""
    said = texts_in(language)
    assert {path: marks_in(text) for path, text in said.items()} == {
        path: marks_in(ENGLISH[path]) for path in said
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_written_so_that_it_can_be_shown(language: str) -> None:
    """In the browser an apostrophe before a brace hides the gap ("d'{name}"), and a "<" begins a tag."""
    hidden = re.compile(r"'[{}]|<")
    assert {k: v for k, v in texts_in(language).items() if hidden.search(v)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_says_it_in_its_own_words(language: str) -> None:
    """What is left in English was forgotten, unless the words are the same."""
    alike = SAID_ALIKE.get(language, set()) | NAMES
    said = texts_in(language)
    assert {k: v for k, v in said.items() if v == ENGLISH[k] and v not in alike} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_distinguishes_what_stands_together(language: str) -> None:
    """The entities of a device, the fields of a page and the choices of a list have names of their own."""
    beside: dict[str, list[str]] = {}
    for path in texts_in(language):
        parts = path.split(".")
        if parts[0] == "entity" and len(parts) == 4 and parts[3] == "name":
            beside.setdefault("entity", []).append(path)
        elif parts[-2] in {"data", "menu_options", "options"}:
            beside.setdefault(".".join(parts[:-1]), []).append(path)
        elif parts[-1] == "name" and len(parts) > 3:
            beside.setdefault(".".join(parts[:-2]), []).append(path)
    said = texts_in(language)
    alike = [
        (one, other)
        for paths in beside.values()
        for one, other in combinations(paths, 2)
        if said[one].casefold() == said[other].casefold()
        and ENGLISH[one] != ENGLISH[other]
    ]
    assert alike == []
