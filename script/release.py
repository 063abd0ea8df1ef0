"""Build the ZIP that HACS installs."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

ROOT = Path(__file__).parent.parent
INTEGRATION = ROOT / "custom_components" / "encore"
ARCHIVE = ROOT / "dist" / "encore.zip"

NOT_SHIPPED = {"__pycache__", "ruff.toml"}
"""Names of files and folders that only developers need."""


def shipped() -> Iterator[Path]:
    """Yield the files of the integration that users get, sorted."""
    for path in sorted(INTEGRATION.rglob("*")):
        names = path.relative_to(INTEGRATION).parts
        hidden = any(name.startswith(".") for name in names)
        if path.is_file() and not hidden and NOT_SHIPPED.isdisjoint(names):
            yield path


def build() -> Path:
    """Write the ZIP and return its path; the same sources make the same bytes."""
    ARCHIVE.parent.mkdir(exist_ok=True)
    with ZipFile(ARCHIVE, "w") as archive:
        for path in shipped():
            # A ZipInfo made by name has no time and no mode of this machine in it.
            entry = ZipInfo(path.relative_to(INTEGRATION).as_posix())
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes(), ZIP_DEFLATED)
    return ARCHIVE


def main() -> None:
    """Build, and say what came of it."""
    archive = build()
    size = archive.stat().st_size / 1024
    files = len(ZipFile(archive).namelist())
    print(f"release: {archive.relative_to(ROOT)}, {files} files, {size:.0f} KiB")


if __name__ == "__main__":
    main()
