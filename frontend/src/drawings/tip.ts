/** What stands beside the pointer on a drawing: made of elements, so that no title can be taken for HTML. */

import type { Colours } from "../elements/colours.ts";

/** Return lines of text, the first of them strong. */
export const tip = (...lines: string[]): HTMLElement => {
  const all = document.createElement("div");
  all.style.maxWidth = "260px";
  all.style.whiteSpace = "normal";
  all.style.overflowWrap = "anywhere";
  for (const [index, line] of lines.entries()) {
    const each = document.createElement("div");
    each.dir = "auto";
    each.textContent = line;
    if (!index) each.style.fontWeight = "500";
    all.append(each);
  }
  return all;
};

/** Return how a tip looks in the colours of now. */
export const tipLook = (colours: Colours): object => ({
  backgroundColor: colours.surface,
  borderColor: colours.line,
  textStyle: { color: colours.text, fontSize: 13 },
  confine: true,
  transitionDuration: 0.1,
});
