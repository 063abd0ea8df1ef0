"""Begin a question: write the three files that it consists of, and what follows from them."""

import argparse
from pathlib import Path
import re
from string import Template
import subprocess
import sys
from typing import Final

ROOT: Final = Path(__file__).parent.parent
ENCORE: Final = ROOT / "custom_components" / "encore"
FILES: Final = {
    "question.py.txt": ENCORE / "questions" / "$key.py",
    "sentences.yaml.txt": ENCORE / "sentences" / "en" / "$key.yaml",
    "test.py.txt": ROOT / "tests" / "unit" / "questions" / "test_$key.py",
}
"""By template: where each file is written."""
SKELETON: Final = Path(__file__).parent / "skeleton"


def main() -> int:
    """Write the files, and run the generator in a process that knows the new question."""
    parser = argparse.ArgumentParser(prog="script/new-question", description=__doc__)
    parser.add_argument(
        "key", help="in lower case, with underscores; its action is `encore.get_KEY`"
    )
    parser.add_argument("title", help="as people read it")
    given = parser.parse_args()
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", given.key):
        parser.error(f"{given.key} is not in lower case with underscores")
    files = skeleton(given.key, given.title)
    if there := [path for path in files if path.exists()]:
        parser.error(f"{there[0].relative_to(ROOT)} is there already")
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        print(f"new-question: {path.relative_to(ROOT)}")
    generator = [sys.executable, "-m", "script.generate_descriptions"]
    return subprocess.run(generator, cwd=ROOT, check=False).returncode


def skeleton(key: str, title: str) -> dict[Path, str]:
    """Return the text of each file of a question."""
    words = {
        "key": key,
        "title": title,
        "Name": "".join(word.capitalize() for word in key.split("_")),
        "said": re.sub(r"[^\w ]", "", title).casefold(),
    }
    return {
        Path(Template(str(path)).substitute(words)): Template(
            (SKELETON / template).read_text(encoding="utf-8")
        ).substitute(words)
        for template, path in FILES.items()
    }


if __name__ == "__main__":
    sys.exit(main())
