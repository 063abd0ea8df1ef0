"""Errors of an upload; what has arrived is never lost by them.

UploadRefused
├── BadUpload         what is to begin is not described as it must be
├── BadPiece          a piece does not say where it belongs, or how long it is
├── UnknownUpload     there is none of the user's, or not any more
├── TooManyUploads    others have to end before
├── UploadBusy        another piece of it is being sent
├── WrongOffset       it has come to another place
├── PieceTooLarge     it is more than is taken at once, or than is left of the export
├── PieceBrokenOff    it ended before its end, or after
├── NoRoom            the disk has no room for it
└── NotWritten        the disk does not take it
"""

from http import HTTPStatus
from typing import ClassVar

from ...errors import NamedError


class UploadRefused(NamedError):
    """Base of all of these; each has its status for HTTP."""

    key = ""

    status: ClassVar[HTTPStatus]


class BadUpload(UploadRefused):
    """The body that describes it is none."""

    key = "upload_bad"
    status = HTTPStatus.BAD_REQUEST


class BadPiece(UploadRefused):
    """Its offset or its length is missing, or no number."""

    key = "upload_bad_piece"
    status = HTTPStatus.BAD_REQUEST


class UnknownUpload(UploadRefused):
    """It was given up, expired, or was lost with the process that had it."""

    key = "upload_unknown"
    status = HTTPStatus.NOT_FOUND


class TooManyUploads(UploadRefused):
    """The user has so many (`most`) on their way."""

    key = "upload_too_many"
    status = HTTPStatus.TOO_MANY_REQUESTS


class UploadBusy(UploadRefused):
    """There is one writer at a time."""

    status = HTTPStatus.CONFLICT


class WrongOffset(UploadRefused):
    """A piece begins where the one before it ended (`received`)."""

    key = "upload_wrong_offset"
    status = HTTPStatus.CONFLICT


class PieceTooLarge(UploadRefused):
    """So much (`most`, in bytes) is taken."""

    key = "upload_piece_too_large"
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class PieceBrokenOff(UploadRefused):
    """What came of it before is kept."""

    key = "upload_broken_off"
    status = HTTPStatus.BAD_REQUEST


class NoRoom(UploadRefused):
    """The disk would be full."""

    key = "upload_no_room"
    status = HTTPStatus.INSUFFICIENT_STORAGE


class NotWritten(UploadRefused):
    """The system says why (`detail`)."""

    key = "upload_not_written"
    status = HTTPStatus.INTERNAL_SERVER_ERROR
