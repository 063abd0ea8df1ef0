"""What is wrong with how a page is laid out, whatever it shows."""

from playwright.async_api import Page

_LOOK = """() => {
  const faults = [];
  const texts = [];
  const cut = (one, other) => ({
    left: Math.max(one.left, other.left), right: Math.min(one.right, other.right),
    top: Math.max(one.top, other.top), bottom: Math.min(one.bottom, other.bottom),
  });
  const short = (text) => text.trim().slice(0, 40);
  const walk = (node, clip, clipped) => {
    if (node.nodeType === Node.TEXT_NODE) {
      if (!node.data.trim()) return;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) {
        const seen = cut(rect, clip);
        if (seen.right - seen.left < 1 || seen.bottom - seen.top < 1) continue;
        texts.push({node, seen});
      }
      return;
    }
    if (!(node instanceof Element) || node.matches("select, option, style, script")) return;
    const style = getComputedStyle(node);
    // What is folded up is not there, though it has a place.
    if (style.display !== "contents" && !node.checkVisibility({visibilityProperty: true})) return;
    // What is there for screen readers alone is a pixel large.
    if (style.clipPath !== "none") return;
    const box = node.getBoundingClientRect();
    if (!clipped && box.width > 1 && box.right > innerWidth + 1)
      faults.push(`${node.localName}.${node.className} is ${Math.round(box.right - innerWidth)} px too wide: ${short(node.textContent)}`);
    const cuts = style.display !== "contents" && style.overflowX !== "visible";
    const within = cuts ? cut(clip, box) : clip;
    for (const root of [node.shadowRoot, node])
      for (const child of root?.childNodes ?? []) walk(child, within, clipped || cuts);
  };
  const screen = {left: 0, right: innerWidth, top: 0, bottom: innerHeight};
  const find = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.localName === "encore-panel" || each.localName === "hui-view") return each;
      const inside = each.shadowRoot && find(each.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  walk(find(document), screen, false);
  texts.forEach((one, at) => {
    for (const other of texts.slice(at + 1)) {
      if (one.node === other.node) continue;
      const both = cut(one.seen, other.seen);
      // Boxes of lines are higher than their letters.
      const high = Math.min(...[one, other].map(({seen}) => seen.bottom - seen.top));
      if (both.right - both.left > 3 && both.bottom - both.top > high * 0.4)
        faults.push(`“${short(one.node.data)}” and “${short(other.node.data)}” lie over each other`);
    }
  });
  const {scrollWidth, clientWidth} = document.scrollingElement;
  if (scrollWidth > clientWidth) faults.push(`the page scrolls sideways by ${scrollWidth - clientWidth} px`);
  return faults.slice(0, 10);
}"""

_TOLD = """() => {
  const told = [];
  const walk = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.matches("style, script")) continue;
      for (const name of ["title", "aria-label", "alt", "value"]) told.push(each.getAttribute(name) ?? "");
      for (const child of each.childNodes)
        if (child.nodeType === Node.TEXT_NODE) told.push(child.data);
      if (each.shadowRoot) walk(each.shadowRoot);
    }
  };
  walk(document.body);
  return told.filter((text) => text.trim()).join("\\n");
}"""

_MARKUP = """() => {
  const found = [];
  const walk = (root) => {
    for (const each of root.querySelectorAll("*")) {
      if (each.matches('img[src="x"]')) found.push(each.outerHTML);
      if (each.shadowRoot) walk(each.shadowRoot);
    }
  };
  walk(document.body);
  return found;
}"""


async def faults_of_layout(page: Page) -> list[str]:
    """Return what is wider than the screen, which texts lie over each other, and whether the page scrolls sideways.

    It looks at the panel, or at the view of a dashboard, as far as it is in the window now.
    """
    faults: list[str] = await page.evaluate(_LOOK)
    return faults


async def told_by(page: Page) -> str:
    """Return every text that a page has in it, shown or not, with what its elements are labelled."""
    reported: str = await page.evaluate(_TOLD)
    return reported


async def pictures_of_markup(page: Page) -> list[str]:
    """Return the pictures that a text with HTML in it has made; none, where it stayed a text."""
    found: list[str] = await page.evaluate(_MARKUP)
    return found
