"""What is said, sooner said: a template is compiled once by all workers of all runs, until its text changes."""

from functools import partial
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache

from custom_components.encore.language import speech


def compile_sooner(folder: Path) -> None:
    """Keep in a folder what templates are compiled to; jinja2 holds it against their texts."""
    kept = FileSystemBytecodeCache(str(folder))
    vars(speech).update(Environment=partial(Environment, bytecode_cache=kept))
