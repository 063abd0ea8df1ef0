/** What stands where an answer is not there: on its way, refused, or nothing to show. */

import { html, type TemplateResult } from "lit";

import type { State } from "../requests.ts";
import { icon, type IconName } from "./icons.ts";

/** Return lines that stand for an answer that is on its way. */
export const waiting = (label: string, lines = 4): TemplateResult =>
  html`<div class="waiting" role="status" aria-label=${label}>
    ${Array.from({ length: lines }, () => html`<div></div>`)}
  </div>`;

/** Return why there is no answer, or that there is nothing. */
export const notice = (
  sign: IconName,
  title: string,
  more?: string | TemplateResult,
): TemplateResult =>
  html`<div class="notice" role="status">
    ${icon(sign)}
    <h3>${title}</h3>
    ${more ? html`<p class="quiet">${more}</p>` : null}
  </div>`;

/** Return an answer as it is shown, or what stands in its place. */
export const shown = <T>(
  state: State<T>,
  show: (answer: T) => TemplateResult,
  words: { waiting: string; lines?: number },
): TemplateResult => {
  switch (state.is) {
    case "asking":
      return waiting(words.waiting, words.lines);
    case "refused":
      return notice("warning", state.refusal.message);
    case "answered":
      return show(state.answer);
  }
};
