"""A PostgreSQL of the tests' own: made for a run, thrown away after it, reached from this machine alone."""

import _socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
import os
from pathlib import Path
import pwd
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
from typing import Any

import psycopg

DEBIAN = Path("/usr/lib/postgresql")
USER = "encore"
DATABASE = "encore"
UNPRIVILEGED = ("postgres", "nobody")
"""Whom the server runs as where the tests run as root, which it refuses to."""

CLEARS_UP = """
import os, pathlib, shutil, subprocess, sys
programs, folder = map(pathlib.Path, sys.argv[1:])
sys.stdin.read()
owner = {}
if os.geteuid() == 0:
    about = folder.stat()
    owner = {"user": about.st_uid, "group": about.st_gid, "extra_groups": []}
subprocess.run(
    [programs / "pg_ctl", "stop", "--mode", "immediate", "--silent", "--pgdata", folder / "data"],
    stderr=subprocess.DEVNULL, cwd=folder, **owner,
)
shutil.rmtree(folder, ignore_errors=True)
"""
"""Stops a server and removes its folder once standard input ends."""

# Nothing of it needs to outlive the run, so the disk may take its time.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
}


def programs() -> Path | None:
    """Return the folder of the newest server that is installed, None where there is none."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = [path.parent.parent for path in DEBIAN.glob("*/bin/initdb")]
    newest = max(versions, key=lambda path: float(path.name), default=None)
    return newest and newest / "bin"


class Postgresql:
    """A server that runs. Its password is asked for on TCP, as in a house."""

    def __init__(self, folder: Path, settings: Mapping[str, str] = SETTINGS) -> None:
        """Take an empty folder, which becomes the server's, and what it is started with."""
        self._folder = folder
        self._settings = settings
        self._programs = programs() or Path()
        self._numbers = count(1)
        self._as: dict[str, Any] = {}
        self.password = secrets.token_urlsafe(12)
        self.port = _free_port()

    def make(self) -> None:
        """Make the cluster, in a language in which words are not in the order of their code points."""
        self._give_up_root()
        words = self._folder / "password"
        words.write_text(self.password)
        words.chmod(0o644)
        self._run(
            *("initdb", "--pgdata", self._data, "--username", USER, "--no-sync"),
            *(
                "--pwfile",
                words,
                "--auth-local",
                "trust",
                "--auth-host",
                "scram-sha-256",
            ),
            *("--encoding", "UTF8", "--locale-provider", "icu", "--icu-locale", "en"),
            *("--locale", "C.UTF-8"),
        )
        self.start()
        with self.connected("postgres") as connection:
            connection.execute(f"CREATE DATABASE {DATABASE}")

    def follow(self, primary: Postgresql) -> None:
        """Make the cluster as a standby of another server, and start it: it has what that one has, as it is committed."""
        self._give_up_root()
        self.password = primary.password
        self._run(
            *("pg_basebackup", "--pgdata", self._data, "--write-recovery-conf"),
            *("--host", primary._folder, "--port", str(primary.port)),
            *("--username", USER, "--checkpoint", "fast", "--no-sync"),
        )
        self.start()

    def promote(self) -> None:
        """Make a standby the server that is written to."""
        self._run("pg_ctl", "promote", "--wait", "--silent", *self._where)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = {
            **self._settings,
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": self._folder,
        }
        given = " ".join(f"-c {name}={value}" for name, value in settings.items())
        self._run("pg_ctl", "start", "--wait", "--silent", *self._where, "-o", given)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server and send everybody away; nothing is lost unless the mode is `immediate`."""
        self._run("pg_ctl", "stop", "--mode", mode, "--silent", *self._where)

    def new_url(self) -> str:
        """Return the URL of a new, empty schema."""
        schema = f"house_{next(self._numbers)}"
        with self.connected(DATABASE) as connection:
            connection.execute(f"CREATE SCHEMA {schema}")
        return (
            f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{DATABASE}"
            f"?options=-csearch_path%3D{schema}"
        )

    @contextmanager
    def connected(self, database: str = DATABASE) -> Iterator[psycopg.Connection]:
        """Give a connection on which each statement is a transaction."""
        with psycopg.connect(
            host=str(self._folder),
            port=self.port,
            user=USER,
            dbname=database,
            autocommit=True,
        ) as connection:
            yield connection

    def _give_up_root(self) -> None:
        if os.geteuid() == 0:
            user = next(user for user in UNPRIVILEGED if _exists(user))
            self._as = {"user": user, "group": pwd.getpwnam(user).pw_gid}
            shutil.chown(self._folder, user)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    @property
    def _where(self) -> tuple[str | Path, ...]:
        return "--pgdata", self._data, "--log", self._folder / "log"

    def _run(self, program: str, *arguments: str | Path) -> None:
        # The server keeps what it is given as its output, so that a pipe would never end.
        said = self._folder / "said"
        with said.open("w") as output:
            done = subprocess.run(
                [self._programs / program, *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self._folder,
                check=False,
                extra_groups=[] if self._as else None,
                **self._as,
            )
        if done.returncode:
            raise RuntimeError(f"{program}: {said.read_text()}")


@contextmanager
def postgresql(
    settings: Mapping[str, str] = SETTINGS, *, standby_of: Postgresql | None = None
) -> Iterator[Postgresql]:
    """Make a server, or a standby of one, and take it away again; also when the tests are killed."""
    # Not pytest's own folder, into which the server's user must not look.
    folder = Path(tempfile.mkdtemp(prefix="encore-pg-"))
    server = Postgresql(folder, settings)
    # The system closes the pipe when this process ends, however it does.
    with subprocess.Popen(
        [sys.executable, "-c", CLEARS_UP, programs() or "", folder],
        stdin=subprocess.PIPE,
        start_new_session=True,
    ):
        if standby_of is None:
            server.make()
        else:
            server.follow(standby_of)
        yield server


def version() -> str | None:
    """Return the version that would run, None where none is installed."""
    if (folder := programs()) is None:
        return None
    said = subprocess.run(
        [folder / "postgres", "--version"], capture_output=True, text=True, check=True
    )
    found = re.search(r"[\d.]+", said.stdout)
    return found and found[0]


def _exists(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _free_port() -> int:
    # Below Python's own socket, which is closed to tests.
    probe = _socket.socket()
    probe.bind(("127.0.0.1", 0))
    port: int = probe.getsockname()[1]
    probe.close()
    return port
