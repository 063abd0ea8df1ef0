"""docs/configuration.md has every field of every dialog, in the dialog's words."""

from pathlib import Path

import pytest

from tests.texts import TEXTS

PAGE = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(
    encoding="utf-8"
)
CHOSEN_BY_HOME_ASSISTANT = {"pick_implementation"}
"""Its dialog is Home Assistant's, where there are several apps."""
ASKED = [
    pytest.param(label, step["data_description"][field], id=f"{part}-{name}-{field}")
    for part in ("config", "options")
    for name, step in TEXTS[part]["step"].items()
    if name not in CHOSEN_BY_HOME_ASSISTANT
    for field, label in step.get("data", {}).items()
]


@pytest.mark.parametrize(("label", "description"), ASKED)
def test_a_field_is_on_the_page(label: str, description: str) -> None:
    """With its label and what it is for."""
    assert f"| {label} | {description} |" in PAGE
