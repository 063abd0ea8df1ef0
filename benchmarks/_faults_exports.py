"""Exports that are damaged in every way, and an import and questions with little memory; each in a child of its own.

A damaged export holds the same rows as a good one, which is imported after it: whatever was made of the first, all rows
of the second are there once.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
import json
from multiprocessing.connection import Connection
from pathlib import Path
import random
import resource
import sqlite3
from typing import Any, Final, NamedTuple
import warnings
import zipfile

from benchmarks._exports import Household
from benchmarks._faults_kills import ALWAYS, BEGIN, LISTENER
from benchmarks._faults_store import limited, tried
from benchmarks._faults_trials import PRIVATE, Row, Trial, listening
from benchmarks._import_run import opened
from benchmarks._parameters import Drawing
from benchmarks._questions import ask, known_of, query_context_of
from benchmarks._seen import listener
from custom_components.encore.history.errors import HistoryError, ImportRefused
from custom_components.encore.history.imports.limits import Limits
from custom_components.encore.history.queries.visible_plays import NOBODY_HIDDEN
from custom_components.encore.questions.all_questions import QUESTIONS
from custom_components.encore.questions.base.errors import QuestionError

MEMORY: Final = 512 * 1024**2
MEMORY_SEED: Final = 11
ASKED: Final = 5
"""How often each question is asked with little memory."""
GOOD_ROWS: Final = 60
FOLDER: Final = "Spotify Extended Streaming History"
FILES: Final = (
    f"{FOLDER}/Streaming_History_Audio_2024_0.json",
    f"{FOLDER}/Streaming_History_Video_2024.json",
)
SECRETS: Final = (*PRIVATE, "84.12.200.7", "quillon.user")
"""What rows hold of their owner, which no error and no log may quote."""
LIMITS: Final = Limits(directory_bytes=2_000, unpacked_bytes=2**21, depth=3, rows=900)

WRONG: Final[Sequence[object]] = (
    *(None, True, -1, 0, 10**400, 1.5, float("nan"), float("inf"), "", " ", "\0"),
    *("\ud800", "x" * 70_000, "umbrazine\0zebra", [], {}, [[]], {"a": {}}, "0001-01-01T00:00:00Z"),
    *("9999-12-31T23:59:59Z", "2024-02-30T00:00:00Z", "-2024-01-01T00:00:00Z", "spotify:track:"),
    *("spotify:track:\n", "spotify:episode:umbrazine/../..", "'; DROP TABLE play; --", "\u202eumbrazine"),
)  # fmt: skip
"""Values that no row has, for any of its keys."""


class Made(NamedTuple):
    """A damaged export, and whether each row of it that can be read is one of the good ones."""

    path: Path
    true_rows: bool = True


def good_row(number: int) -> dict[str, Any]:
    """Return the row of a play, as Spotify writes it."""
    end = datetime.fromtimestamp(BEGIN / 1000 + number * 400, UTC)
    return {
        "ts": end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "username": "quillon.user",
        "platform": "android",
        "ms_played": 200_000,
        "conn_country": "NL",
        "ip_addr": "84.12.200.7",
        "master_metadata_track_name": f"Umbrazine {number}",
        "master_metadata_album_artist_name": "Umbrazine band",
        "master_metadata_album_album_name": "Umbrazine album",
        "spotify_track_uri": f"spotify:track:{number:022d}",
        "reason_start": "trackdone",
        "reason_end": "trackdone",
        "shuffle": False,
        "skipped": False,
        "offline": False,
        "offline_timestamp": None,
        "incognito_mode": False,
    }


ROWS: Final = [good_row(number) for number in range(GOOD_ROWS)]
HALVES: Final = (ROWS[: GOOD_ROWS // 2], ROWS[GOOD_ROWS // 2 :])


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write files into a ZIP."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def good(path: Path) -> Path:
    """Write the export that all others are damaged copies of."""
    return zipped(
        path,
        {
            name: json.dumps(rows).encode()
            for name, rows in zip(FILES, HALVES, strict=True)
        },
    )


def _cut_off(path: Path, chance: random.Random) -> Made:
    raw = good(path).read_bytes()
    path.write_bytes(raw[: chance.randrange(len(raw))])
    return Made(path)


def _flipped(path: Path, chance: random.Random) -> Made:
    raw = bytearray(good(path).read_bytes())
    for _ in range(chance.randrange(1, 30)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)
    path.write_bytes(raw)
    return Made(path)


def _locked(path: Path, chance: random.Random) -> Made:
    raw = bytearray(good(path).read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + flags] |= 1
    path.write_bytes(raw)
    return Made(path)


def _json(damage: Callable[[bytes, random.Random], bytes]) -> Damage:
    """Return what damages the JSON of one file of two."""

    def make(path: Path, chance: random.Random) -> Made:
        texts = [json.dumps(rows).encode() for rows in HALVES]
        which = chance.randrange(2)
        texts[which] = damage(texts[which], chance)
        zipped(path, dict(zip(FILES, texts, strict=True)))
        return Made(path, true_rows=False)

    return make


def _wrong_values(text: bytes, chance: random.Random) -> bytes:
    rows = json.loads(text)
    for row in rows:
        for name in chance.sample(sorted(row), chance.randrange(4)):
            row[name] = chance.choice(WRONG)
    return json.dumps(rows).encode("utf-8", "surrogatepass")


def _cut_json(text: bytes, chance: random.Random) -> bytes:
    return text[: chance.randrange(len(text))]


def _with_bytes(text: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(text))
    junk = chance.choice((b"?", b"\0", b"\xff\xfe", b"]", b"[" * 100_000, b'"', b"\\u"))
    return text[:place] + junk + text[place:]


def _files(*names: str, text: bytes | None = None) -> Damage:
    """Return what writes files of some names, beside one that is good."""

    def make(path: Path, _chance: random.Random) -> Made:
        content = json.dumps(HALVES[1]).encode() if text is None else text
        first = json.dumps(HALVES[0]).encode()
        return Made(zipped(path, {FILES[0]: first, **dict.fromkeys(names, content)}))

    return make


def _raw(content: bytes, name: str = "") -> Damage:
    """Return what writes a file that is no ZIP."""

    def make(path: Path, _chance: random.Random) -> Made:
        path = path.with_name(name or path.name)
        path.write_bytes(content)
        return Made(path)

    return make


def _missing(path: Path, _chance: random.Random) -> Made:
    return Made(path)


def _linked(path: Path, _chance: random.Random) -> Made:
    outside = path.with_name("outside.json")
    outside.write_text(json.dumps(ROWS), encoding="utf-8")
    folder = path.with_suffix("")
    folder.mkdir()
    (folder / "endsong_0.json").symlink_to(outside)
    (folder / "endsong_1.json").mkdir()
    return Made(folder)


def _twice(path: Path, _chance: random.Random) -> Made:
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)
        for rows in HALVES:
            archive.writestr(FILES[0], json.dumps(rows))
    return Made(path)


type Damage = Callable[[Path, random.Random], Made]

DAMAGES: Final[Mapping[str, Damage]] = {
    "cut off": _cut_off,
    "bytes flipped": _flipped,
    "encrypted": _locked,
    "wrong values": _json(_wrong_values),
    "JSON cut off": _json(_cut_json),
    "JSON with bytes in it": _json(_with_bytes),
    "names that point outside": _files("../endsong_1.json", "/etc/endsong_2.json", "C:\\endsong_3.json"),
    "too deep": _files("a/b/c/d/e/endsong_1.json"),
    "a bomb": _files("endsong_1.json", text=b"[" + b" " * 3_000_000 + b"]"),
    "too many files": _files(*(f"{number}.txt" for number in range(200))),
    "too many rows": _files("endsong_1.json", text=json.dumps(ROWS * 20).encode()),
    "a row without end": _files("endsong_1.json", text=b'[{"ts": "' + b"x" * 1_500_000),
    "something else": _files("package.json", "holiday.json", text=b"{}"),
    "no rows": _files("endsong_1.json", "endsong_2.json", text=b'[1, 2, "a", null]'),
    "nested without end": _files("endsong_1.json", text=b"[" * 200_000),
    "one name twice": _twice,
    "no ZIP": _raw(b"\x89PNG" * 100),
    "nothing in it": _raw(b""),
    "a web page": _raw(b"<html></html>", "endsong_0.json"),
    "contacts": _raw(b'[{"name": "A"}, {"name": "B", "ts": null}]', "contacts.json"),
    "not there": _missing,
    "links in a folder": _linked,
}  # fmt: skip


def import_damaged(store: str, number: int, said: Connection) -> None:
    """Import a damaged export and then the good one, and send what the trial came to."""
    names = [*DAMAGES]
    name, chance = names[number % len(names)], random.Random(number)
    trial, folder = Trial(), Path(store).parent
    said.send("begun")
    made = DAMAGES[name](folder / "export.zip", chance)
    with listening() as logged, opened(store) as history:
        bad = history.import_export(made.path, LISTENER, limits=LIMITS)
        try:
            with trial.waiting():
                report = bad.result()
        except ImportRefused as err:
            logged.texts.append(str(err))
        except HistoryError as err:
            trial.must(False, f"{name}: {type(err).__name__}")
        else:
            logged.texts += [str(refused) for refused in report.refused]
        history.import_export(good(folder / "good.zip"), LISTENER).result()
    found, expected = _uris(store), Counter(row["spotify_track_uri"] for row in ROWS)
    trial.lost = (expected - found).total()
    again = found - expected
    if not made.true_rows:
        # Another time or another length of a row makes another play, as it should.
        again = Counter()
    trial.doubled = again.total()
    trial.leaked = logged.leaked(SECRETS)
    said.send(trial)


def _uris(store: str) -> Counter[str]:
    statement = "SELECT t.uri FROM play p JOIN track t ON t.id = p.track"
    with closing(sqlite3.connect(store)) as connection:
        return Counter(uri for (uri,) in connection.execute(statement))


def import_in_little_memory(store: str, rows: int, said: Connection) -> None:
    """Import so many rows with 512 MB for the process and for the one that reads, and ask every question."""
    home = Household(rows, MEMORY_SEED)
    exports = []
    for number in range(len(home.rows)):
        exports.append(Path(store).with_name(f"{number}.zip"))
        home.write(exports[-1], number)
    said.send("begun")
    with limited(resource.RLIMIT_DATA, MEMORY), opened(store) as history:
        said.send(_limit_holds())
        expected = 0
        for number, path in enumerate(exports):
            trial = Trial()
            report = history.import_export(path, listener(number)).result()
            joined = report.stored + sum(report.merged.values())
            expected += joined
            fates = joined + report.duplicates + sum(report.skipped.values())
            trial.lost += max(0, home.rows[number] - fates)
            trial.doubled += max(0, fates - home.rows[number])
            said.send(trial)
        known = known_of(history, home)
        drawing, query_context = Drawing(known, MEMORY_SEED), query_context_of(known)
        for question in QUESTIONS:
            trial = Trial()
            for _ in range(ASKED):
                try:
                    with trial.waiting():
                        ask(
                            history,
                            question.key,
                            drawing.values(question),
                            query_context,
                        )
                except QuestionError:
                    continue
            said.send(trial)
        trial = Trial()
        asked = history.ask(
            lambda queries: queries.total(ALWAYS, min_ms=0), hidden=NOBODY_HIDDEN
        )
        trial.must(asked.result().plays > 0, "no play is left")
        trial.lost, trial.doubled = _differs(store, expected)
        said.send(trial)


def _limit_holds() -> Trial:
    """Try to take more memory than there is."""
    trial = Trial()
    with suppress(MemoryError):
        trial.must(not bytearray(MEMORY), "there was more memory than the limit")
    return trial


def _differs(store: str, expected: int) -> tuple[int, int]:
    """Return how many observations a store has too few, and too many."""
    with closing(sqlite3.connect(store)) as connection:
        [(found,)] = connection.execute("SELECT count(*) FROM observation")
    return max(0, expected - found), max(0, found - expected)


def bad_exports(folder: Path, trials: int) -> list[Row]:
    """Import so many damaged exports, each kind in turn."""
    return [tried("exports damaged", import_damaged, folder, range(trials))]


def little_memory(folder: Path, rows: int) -> list[Row]:
    """Import and ask with little memory."""
    fault = f"512 MB of memory, {rows:,} plays"
    return [tried(fault, import_in_little_memory, folder, [rows])]
