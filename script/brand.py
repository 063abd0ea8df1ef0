"""Draw the brand's pictures, as Home Assistant wants them: trimmed, transparent, in two sizes."""

from pathlib import Path
import shutil

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parent.parent
SOURCES = ROOT / "brand"
PICTURES = ROOT / "custom_components" / "encore" / "brand"

HEIGHT = 256
LOGO_WIDTH = 840
# The wordmark's colour on a light and on a dark page.
INK = {"": "#3b1a8f", "dark_": "#efe6ff"}

PAGE = """
<style>
  body {{ margin: 0; display: flex; align-items: center; gap: 30px; width: {width}px; height: {height}px; color: {ink}; }}
  svg:first-child {{ height: {height}px; width: {height}px; flex: none; }}
  svg + svg {{ flex: 1; margin-top: 24px; }}
</style>
"""


def draw(page: Page, name: str, *sources: str, width: int, ink: str) -> None:
    """Write a picture of the sources side by side."""
    style = PAGE.format(width=width, height=HEIGHT, ink=ink)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    page.set_content(style + "".join((SOURCES / one).read_text() for one in sources))
    page.screenshot(path=PICTURES / name, omit_background=True)


def main() -> None:
    """Draw every picture in both sizes."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=shutil.which("chromium-headless-shell"),
            args=["--no-sandbox", "--disable-gpu"],
        )
        for scale, suffix in ((1, ""), (2, "@2x")):
            page = chromium.new_page(device_scale_factor=scale)
            draw(page, f"icon{suffix}.png", "icon.svg", width=HEIGHT, ink=INK[""])
            for theme, ink in INK.items():
                name = f"{theme}logo{suffix}.png"
                draw(page, name, "icon.svg", "wordmark.svg", width=LOGO_WIDTH, ink=ink)
        chromium.close()


if __name__ == "__main__":
    main()
