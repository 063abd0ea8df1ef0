"""What can be wrong with a release."""


class ReleaseError(Exception):
    """A release that users could not use; the message says why, for the person who makes it."""
