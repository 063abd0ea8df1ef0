"""Print what Home Assistant would install while a house starts, one requirement a line.

    house_requirements.py bare     a house whose configuration is empty, when Encore is added to it
    house_requirements.py demo     the demo's house

Runs in any environment that has Home Assistant; called by script/pin and script/check-release.
"""

from collections.abc import Iterator
import importlib
import json
from pathlib import Path
import sys

from homeassistant import bootstrap, components, requirements
from homeassistant.auth.mfa_modules import totp

COMPONENTS = Path(str(components.__file__)).parent
ROOT = Path(__file__).parent.parent
MANIFEST = ROOT / "custom_components" / "encore" / "manifest.json"


def started_by_itself() -> set[str]:
    """Return the domains that Home Assistant sets up whatever its configuration says."""
    stages = set[str]().union(*(stage[1] for stage in bootstrap.STAGE_0_INTEGRATIONS))
    # These three are looked up in stage 0 but only set up when configured.
    unasked = {"debugpy", "sentry", "zeroconf"}
    return (
        set(bootstrap.CORE_INTEGRATIONS)
        | set(bootstrap.DEFAULT_INTEGRATIONS)
        | stages - unasked
        | {"onboarding", "config"}
    )


def configured_in_the_demo() -> set[str]:
    """Return the domains named at the left edge of the demo's configuration."""
    sys.path.insert(0, str(ROOT))
    configuration = importlib.import_module("demo.home_assistant").CONFIGURATION
    lines = (line.partition(":") for line in configuration.splitlines())
    return {name for name, colon, _ in lines if colon and name.isidentifier()}


def installed_for(domains: set[str], known: set[str]) -> Iterator[str]:
    """Yield the requirements of `domains` and of all that they load, as Home Assistant finds them.

    Like `homeassistant.requirements`, this follows `after_dependencies` too. `known` holds the
    domains that were visited, and is added to.
    """
    for domain in sorted(domains - known):
        known.add(domain)
        path = COMPONENTS / domain / "manifest.json"
        if not path.exists():
            continue
        manifest = json.loads(path.read_text())
        yield from manifest.get("requirements", [])
        yield from installed_for(dependencies(manifest), known)


def dependencies(manifest: dict[str, list[str]]) -> set[str]:
    """Return the domains whose requirements Home Assistant installs for this manifest."""
    discovery = {
        domain
        for domain, keys in requirements.DISCOVERY_INTEGRATIONS.items()
        if any(key in manifest for key in keys)
    }
    return {
        *manifest.get("dependencies", []),
        *manifest.get("after_dependencies", []),
        *discovery,
    }


def main(house: str) -> None:
    """Print the requirements of the home, `bare` or `demo`, sorted."""
    encore = json.loads(MANIFEST.read_text())
    domains = started_by_itself() | dependencies(encore)
    if house == "demo":
        domains |= configured_in_the_demo()
    wanted = {*installed_for(domains, set()), *totp.REQUIREMENTS}
    sys.stdout.writelines(f"{name}\n" for name in sorted(wanted, key=str.lower))


if __name__ == "__main__":
    main(sys.argv[1])
