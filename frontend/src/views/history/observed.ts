/** What one source said of a play. */

import { html, nothing, type TemplateResult } from "lit";

import { asPosition, timeOf } from "../../format.ts";
import type { Hass } from "../../hass.ts";

export interface Observation {
  source: string;
  listener: string;
  title: string;
  uri: string;
  started_at: string;
  ended_at: string;
  /** How well its times are known. */
  certainty: string;
  ms_played: number | null;
  rooms: string[];
  device: string | null;
  skipped: boolean | null;
  shuffle: boolean | null;
  offline: boolean | null;
  incognito: boolean | null;
  reason_start: string | null;
  reason_end: string | null;
  /** What the play has from it. */
  contributed: string[];
}

type Say = (key: string, values?: Record<string, string | number>) => string;

/** Return an observation as a row of a list. */
export const observed = (
  hass: Hass,
  one: Observation,
  play: { title: string },
  say: Say,
): TemplateResult => {
  const parts = [
    one.title === play.title ? "" : one.title,
    one.ms_played === null
      ? ""
      : say("observed_for", { time: asPosition(one.ms_played / 1000) }),
    ...new Set([one.device ?? "", ...one.rooms]),
    ...(["skipped", "shuffle", "offline", "incognito"] as const)
      .filter((what) => one[what])
      .map((what) => say(`observed_${what}`)),
    [one.reason_start, one.reason_end].filter(Boolean).join(" → "),
  ].filter(Boolean);
  return html`<li
    style="padding: 8px 0; border-top: 1px solid var(--encore-line)"
  >
    <div>
      <strong style="font-weight: 500">${say(`source_${one.source}`)}</strong>
      <span class="quiet number">
        ${say("between", {
          from: timeOf(hass, one.started_at),
          until: timeOf(hass, one.ended_at),
        })},
        ${say(`certainty_${one.certainty}`)}</span
      >
    </div>
    ${parts.length ? html`<div class="quiet" dir="auto">${parts.join(" · ")}</div>` : nothing}
    ${
      one.contributed.length
        ? html`<div class="quiet small">
            ${say("contributed", {
              what: one.contributed
                .map((each) => say(`contributed_${each}`))
                .join(", "),
            })}
          </div>`
        : nothing
    }
  </li>`;
};
