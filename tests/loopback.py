"""Loopback addresses of this process's own, so that simulated speakers of tests that run side by side don't meet."""

import os


def own_network(number: int) -> str:
    """Return the first three parts of addresses that are this process's alone, such as `127.93.4`; `number` is 0 to 3."""
    process = os.getpid()
    return f"127.{1 + process // 60 % 250}.{process % 60 * 4 + number}"
