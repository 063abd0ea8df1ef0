"""Errors of an upload; what has arrived is never lost by them.

UploadRefused
├── UploadBad            what is to begin is not described as it must be
├── UploadBadPiece       a piece does not say where it belongs, or how long it is
├── UploadUnknown        there is none of the user's, or not any more
├── UploadTooMany        others have to end before
├── UploadBusy           another piece of it is being sent
├── UploadWrongOffset    it has come to another place
├── UploadPieceTooLarge  it is more than is taken at once, or than is left of the export
├── UploadBrokenOff      it ended before its end, or after
├── UploadNoRoom         the disk has no room for it
└── UploadNotWritten     the disk does not take it
"""

from http import HTTPStatus
from typing import ClassVar

from ...errors import NamedError


class UploadRefused(NamedError):
    """Base of all of these; each has its status for HTTP."""

    key = ""

    status: ClassVar[HTTPStatus]


class UploadBad(UploadRefused):
    """The body that describes it is none."""

    status = HTTPStatus.BAD_REQUEST


class UploadBadPiece(UploadRefused):
    """Its offset or its length is missing, or no number."""

    status = HTTPStatus.BAD_REQUEST


class UploadUnknown(UploadRefused):
    """It was given up, expired, or was lost with the process that had it."""

    status = HTTPStatus.NOT_FOUND


class UploadTooMany(UploadRefused):
    """The user has so many (`most`) on their way."""

    status = HTTPStatus.TOO_MANY_REQUESTS


class UploadBusy(UploadRefused):
    """There is one writer at a time."""

    status = HTTPStatus.CONFLICT


class UploadWrongOffset(UploadRefused):
    """A piece begins where the one before it ended (`received`)."""

    status = HTTPStatus.CONFLICT


class UploadPieceTooLarge(UploadRefused):
    """So much (`most`, in bytes) is taken."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class UploadBrokenOff(UploadRefused):
    """What came of it before is kept."""

    status = HTTPStatus.BAD_REQUEST


class UploadNoRoom(UploadRefused):
    """The disk would be full."""

    status = HTTPStatus.INSUFFICIENT_STORAGE


class UploadNotWritten(UploadRefused):
    """The system says why (`detail`)."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
