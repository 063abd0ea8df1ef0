"""Reading a large export in a process of its own.

There it takes nothing from Home Assistant: neither the interpreter, which runs one thread at a time, nor
its life, whatever is in the file.
"""

from collections.abc import Buffer, Callable, Generator
from contextlib import suppress
import io
from pathlib import Path
import selectors
import subprocess
import sys
from typing import IO, Final, override

from ..errors import ImportInterrupted
from .messages import read_message, read_reply, write_message, write_request
from .package import opened
from .reading import Finished, Part, ReadRequest, Refused, read

_PROGRAM: Final = Path(__file__).with_name("reader.py")

_LAST_WORDS_S: Final = 5
"""How long a process that sends nothing any more may take to end by itself."""

_LOOK_UP_S: Final = 0.5
"""How often who waits for a word asks whether it is still wanted."""

_CODE: Final = Path(__file__).parents[1]
"""Where all lies that the process runs."""

type _Written = frozenset[tuple[str, int, int]]


def _as_written() -> _Written:
    """Return what the process would run: files, their sizes and when they were written (ns). Raises OSError."""
    return frozenset(
        (str(file), known.st_size, known.st_mtime_ns)
        for file in _CODE.rglob("*.py")
        for known in [file.stat()]
    )


_LOADED: Final = _as_written()
"""The same as it was loaded here: an update lies on the disk from when it comes until the next start."""


def read_elsewhere(
    request: ReadRequest, stopped: Callable[[], bool] = lambda: False
) -> Generator[Part]:
    """Yield what is asked of an export, as `read` does. Closing the iterator ends the process.

    It ends early once it is `stopped`, though the process may hang, as on a share that was disconnected. Raises
    ImportRefused where the export cannot be opened, ImportInterrupted where the process ends before it
    has sent everything. Where no process can be started, it is read here.
    """
    if (process := _begun()) is None:
        with opened(Path(request.path), request.limits) as export:
            yield from read(export, request)
        return
    try:
        with suppress(_Stopped):
            yield from _parts(process, request, stopped)
    except (BrokenPipeError, EOFError) as err:
        # It may still be saying why.
        _wait_for(process)
        process.kill()
        _wait_for(process)
        raise ImportInterrupted(process.returncode or 0) from err
    finally:
        _end(process)


class _Stopped(Exception):
    """Nobody waits for the output of the process."""


class _ReplyStream(io.RawIOBase):
    """The output of a process, as long as somebody waits for it."""

    def __init__(self, stream: IO[bytes], stopped: Callable[[], bool]) -> None:
        super().__init__()
        self._stream = stream
        self._stopped = stopped
        self._selector = selectors.DefaultSelector()
        self._selector.register(stream, selectors.EVENT_READ)

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        """Wait for more. Raises _Stopped."""
        while not self._selector.select(_LOOK_UP_S):
            if self._stopped():
                raise _Stopped
        return self._stream.readinto(buffer)  # type: ignore[attr-defined, no-any-return]  # unbuffered

    @override
    def close(self) -> None:
        self._selector.close()
        super().close()


def _parts(
    process: subprocess.Popen[bytes], request: ReadRequest, stopped: Callable[[], bool]
) -> Generator[Part]:
    """Send a request to a process, and yield its replies. Raises BrokenPipeError or EOFError where it ends too early, _Stopped."""
    assert process.stdin is not None
    assert process.stdout is not None
    write_message(process.stdin, write_request(request))
    with io.BufferedReader(_ReplyStream(process.stdout, stopped)) as replies:
        while True:
            match read_reply(read_message(replies)):
                case Refused() as refused:
                    raise refused.error
                case Finished():
                    return
                case part:
                    yield part


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process; one that not even that ends, because the system hangs for it, is left to the system."""
    process.kill()
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        with suppress(BrokenPipeError):
            stream.close()
    _wait_for(process)


def _wait_for(process: subprocess.Popen[bytes]) -> None:
    with suppress(subprocess.TimeoutExpired):
        process.wait(_LAST_WORDS_S)


def _begun() -> subprocess.Popen[bytes] | None:
    """Start the process; None where none can be started, or it would be of another Encore than this."""
    with suppress(OSError):
        if _as_written() == _LOADED:
            return _reader()
    return None


def _reader() -> subprocess.Popen[bytes]:
    """Start the process; it finds what is imported here. Raises OSError where none can be started."""
    return subprocess.Popen(
        # Not the folder of the program, whose modules are no packages of their own.
        [sys.executable or "", "-P", str(_PROGRAM), *filter(None, sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,
        # Ctrl+C in a terminal is for who asked, who ends it.
        process_group=0,
    )
