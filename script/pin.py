"""Resolve requirements.txt and requirements-dev.txt under Home Assistant's constraints."""

import argparse
import json
from pathlib import Path
import subprocess
from tempfile import TemporaryDirectory
import tomllib

from packaging.requirements import Requirement

from .uv import PYTHON_VERSION, constraints, make_environment, uv

ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "custom_components" / "encore" / "manifest.json"
# The machines that Home Assistant's developers use, as far as a pin's marker can tell them apart.
MACHINES = (
    {"sys_platform": "linux", "os_name": "posix", "platform_machine": "x86_64"},
    {"sys_platform": "linux", "os_name": "posix", "platform_machine": "aarch64"},
    {"sys_platform": "darwin", "os_name": "posix", "platform_machine": "arm64"},
)
RUN_TIME = ROOT / "requirements.txt"
DEVELOPMENT = ROOT / "requirements-dev.txt"

RUN_TIME_HEADER = """\
# What Home Assistant and Encore need to run the demo, with all that Home Assistant would install while it starts.
# Made by script/pin.
"""
DEVELOPMENT_HEADER = """\
# What the tests and checks need beside requirements.txt. Made by script/pin.
"""


def main() -> None:
    """Write both files."""
    parser = argparse.ArgumentParser(prog="script/pin", description=__doc__)
    parser.add_argument(
        "--keep", action="store_true", help="move only the versions that must move"
    )
    keep = parser.parse_args().keep
    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        print("pin: install Home Assistant, to read its constraints and manifests")
        python = make_environment(folder / "venv")
        uv("pip", "install", "--quiet", "--python", python, *groups["test"])
        version = installed_version(python)
        house = subprocess.run(
            [python, ROOT / "script" / "house_requirements.py", "demo"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.splitlines()
        house += [f"homeassistant=={version}"]
        house += json.loads(MANIFEST.read_text())["requirements"]
        house += groups["house"]

        print(f"pin: resolve for Home Assistant {version}")
        kept = [line for file in (RUN_TIME, DEVELOPMENT) for line in pins(file)]
        everything = resolve(
            folder,
            [*house, *groups["test"], *groups["lint"]],
            constraints(python),
            kept if keep else [],
        )
        runs = {
            Requirement(pin).name
            for pin in resolve(folder, house, constraints(python), everything)
        }
    run_time = [pin for pin in everything if Requirement(pin).name in runs]
    rest = [pin for pin in everything if Requirement(pin).name not in runs]
    RUN_TIME.write_text(RUN_TIME_HEADER + "".join(f"{line}\n" for line in run_time))
    DEVELOPMENT.write_text(DEVELOPMENT_HEADER + "".join(f"{line}\n" for line in rest))
    print(f"pin: {len(run_time)} packages to run, {len(rest)} more to develop")


def pins(file: Path) -> list[str]:
    """Return the lines of a requirements file that name a package."""
    lines = file.read_text().splitlines() if file.exists() else []
    return [line for line in lines if line and not line.startswith("#")]


def resolve(
    folder: Path, wanted: list[str], constraint: Path, preferred: list[str]
) -> list[str]:
    """Return one pin a line for `wanted` and all it needs, for any machine that Home Assistant runs on.

    `preferred` are pins to stay with where that is possible.
    """
    source, output = folder / "wanted.in", folder / "pins.txt"
    source.write_text("\n".join(wanted))
    output.write_text("\n".join(preferred))
    uv(
        *("pip", "compile", "--quiet", "--universal"),
        *("--python-version", PYTHON_VERSION, "--constraints", constraint),
        *("--no-header", "--no-annotate", source, "--output-file", output),
    )
    return [line for pin in pins(output) if (line := for_machines(pin))]


def for_machines(pin: str) -> str | None:
    """Return `pin` as it concerns `MACHINES`: without a marker that all meet, None when none does."""
    if (marker := Requirement(pin).marker) is None:
        return pin
    met = [marker.evaluate(machine) for machine in MACHINES]
    if not any(met):
        return None
    return pin.partition(";")[0].strip() if all(met) else pin


def installed_version(python: Path) -> str:
    """Return the version of Home Assistant in the environment of `python`."""
    code = "from homeassistant.const import __version__; print(__version__)"
    result = subprocess.run(
        [python, "-c", code], capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


if __name__ == "__main__":
    main()
