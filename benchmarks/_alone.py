"""Bare processes: they import the history and the questions, and neither Home Assistant nor what needs it."""

import json
from pathlib import Path
import subprocess
import sys
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent

_PRELUDE: Final = """
import sys, types
around = types.ModuleType("custom_components.encore")
around.__path__ = ["custom_components/encore"]
sys.modules["custom_components.encore"] = around
"""
"""Stands in for the package around the history, which needs Home Assistant."""

_CALL: Final = """
import json
from benchmarks.{module} import {function}
print(json.dumps({function}(*json.loads(sys.argv[1]))))
"""


def alone(code: str) -> str:
    """Return code that can import the history, and nothing of the integration around it."""
    return _PRELUDE + code


def called_alone(module: str, function: str, *arguments: Any) -> Any:
    """Call a function of a module of the benchmarks in a process of its own, and return what it returns.

    Arguments and result are what JSON can carry. What it prints to stderr is seen; raises
    CalledProcessError where it fails.
    """
    code = alone(_CALL.format(module=module, function=function))
    done = subprocess.run(
        [sys.executable, "-c", code, json.dumps(arguments)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    return json.loads(done.stdout)
