"""Messages between the process that reads an export and the one that stores it."""

from pathlib import Path
from typing import IO, Any, Final, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from ..errors import ImportRefused
from .package import opened
from .reading import Finished, Part, ReadRequest, Refused, read

_LENGTH: Final = 4
"""How many bytes say how long a message is."""


type Reply = Part | Refused | Finished
"""What was read, that nothing of the export can be read and why, or that there is no more."""


def _written(value: object) -> bytes:
    if isinstance(value, np.ndarray):
        return value.tobytes()
    raise NotImplementedError(f"A {type(value)} is not told")


def _read(kind: Any, value: Any) -> NDArray[Any]:
    """Return a column; its type says of which numbers."""
    (numbers,) = get_args(get_args(kind)[1])
    return np.frombuffer(value, numbers)


_encoder: Final = msgspec.msgpack.Encoder(enc_hook=_written)

write_request: Final = _encoder.encode
read_request: Final = msgspec.msgpack.Decoder(ReadRequest).decode
write_reply: Final = _encoder.encode
read_reply: Final = msgspec.msgpack.Decoder(Reply, dec_hook=_read).decode


def write_message(stream: IO[bytes], message: bytes) -> None:
    """Write a message, led by its length. Raises BrokenPipeError where nobody reads."""
    stream.write(len(message).to_bytes(_LENGTH) + message)
    stream.flush()


def read_message(stream: IO[bytes]) -> bytes:
    """Return the next message. Raises EOFError where the stream ends before there is a whole one."""
    length = stream.read(_LENGTH)
    message = stream.read(int.from_bytes(length))
    if len(length) < _LENGTH or len(message) < int.from_bytes(length):
        raise EOFError
    return message


def answer(request: IO[bytes], output: IO[bytes]) -> None:
    """Read the export that is asked for on a stream, and write what comes of it to another.

    Raises EOFError or BrokenPipeError where nobody asks or listens any more.
    """
    parsed = read_request(read_message(request))
    try:
        with opened(Path(parsed.path), parsed.limits) as export:
            for part in read(export, parsed):
                write_message(output, write_reply(part))
    except ImportRefused as err:
        refused = Refused(err.reason, err.file, err.detail)
        write_message(output, write_reply(refused))
    write_message(output, write_reply(Finished()))
