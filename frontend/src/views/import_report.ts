/** What became of an import, for people. */

import { css, html, nothing, type TemplateResult } from "lit";

import { inDigits } from "../format.ts";
import type { Hass } from "../hass.ts";

/** A file of an import; `rows` is the sum of all the others. */
export interface ImportFile {
  name: string;
  rows: number;
  stored: number;
  duplicates: number;
  merged: Record<string, number>;
  skipped: Record<string, number>;
  error: string | null;
}

/** The record of an import. */
export interface ImportJob {
  job: number;
  state: "pending" | "running" | "done" | "failed" | "cancelled";
  about: string | null;
  listener: string | null;
  rows: number;
  percent: number;
  seconds_left: number | null;
  ended_at: string | null;
  counts: Record<string, number>;
  error: string | null;
  files: ImportFile[];
}

interface Words {
  hass: Hass;
  say: (key: string, values?: Record<string, string | number>) => string;
  /** When it ended. */
  when: string;
}

export const reportLook = css`
  details {
    border-top: 1px solid var(--encore-line);
    padding: 8px 0;
  }
  details:first-of-type {
    margin-top: 12px;
  }
  summary {
    cursor: pointer;
    padding: 8px 4px;
    border-radius: 8px;
    overflow-wrap: anywhere;
  }
  .counts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(110px, 1fr));
    gap: 8px;
    margin: 8px 0 16px;
  }
  .counts dt {
    font-size: var(--ha-font-size-s, 12px);
    color: var(--secondary-text-color);
  }
  .counts dd {
    margin: 0;
    font-size: 22px;
    font-variant-numeric: tabular-nums;
  }
  .wrong {
    border-inline-start: 4px solid var(--error-color);
    padding-inline-start: 12px;
    margin: 8px 0;
  }
  .scroll {
    overflow-x: auto;
  }
  .scroll td:first-child {
    overflow-wrap: anywhere;
    min-width: 140px;
  }
`;

const summed = (
  files: ImportFile[],
  of: (file: ImportFile) => Record<string, number>,
): [string, number][] => {
  const sums = new Map<string, number>();
  for (const file of files)
    for (const [name, rows] of Object.entries(of(file)))
      sums.set(name, (sums.get(name) ?? 0) + rows);
  return [...sums].sort(([, one], [, other]) => other - one);
};

/** Return what became of an import that has ended: in all, by file, and by reason. */
export const importReport = (
  job: ImportJob,
  { hass, say, when }: Words,
): TemplateResult => {
  const number = (value: number): string => inDigits(hass, value);
  const sum = (of: Record<string, number>): number =>
    Object.values(of).reduce((total, rows) => total + rows, 0);
  const reasons = (
    heading: string,
    prefix: string,
    of: (file: ImportFile) => Record<string, number>,
  ): TemplateResult | typeof nothing => {
    const rows = summed(job.files, of);
    return rows.length
      ? html`<h3>${say(heading)}</h3>
          <table>
            <tbody>
              ${rows.map(
                ([name, count]) =>
                  html`<tr>
                    <th scope="row">${say(`${prefix}_${name}`)}</th>
                    <td class="number">${number(count)}</td>
                  </tr>`,
              )}
            </tbody>
          </table>`
      : nothing;
  };
  return html`<details>
    <summary>
      <strong dir="auto">${job.about ?? ""}</strong>
      <span class="quiet">
        ${[say(`state_${job.state}`), job.listener, when]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </summary>
    ${job.error ? html`<p class="wrong">${job.error}</p>` : nothing}
    <dl class="counts">
      ${["stored", "merged", "duplicates", "skipped", "rows"].map((name) =>
        name in job.counts
          ? html`<div>
              <dt>${say(name)}</dt>
              <dd>${number(job.counts[name] ?? 0)}</dd>
            </div>`
          : nothing,
      )}
    </dl>
    ${reasons("merged_with", "source", (file) => file.merged)}
    ${reasons("left_out", "skipped", (file) => file.skipped)}
    ${job.files
      .filter((file) => file.error)
      .map(
        (file) =>
          html`<p class="wrong">
            <strong dir="auto">${file.name}</strong>: ${file.error}
          </p>`,
      )}
    ${
      job.files.length
        ? html`<h3>${say("files")}</h3>
            <div
              class="scroll"
              tabindex="0"
              role="region"
              aria-label=${say("files")}
            >
              <table>
                <thead>
                  <tr>
                    <th scope="col">${say("file")}</th>
                    ${["rows", "stored", "merged", "duplicates", "skipped"].map(
                      (name) =>
                        html`<th scope="col" class="number">${say(name)}</th>`,
                    )}
                  </tr>
                </thead>
                <tbody>
                  ${job.files.map(
                    (file) =>
                      html`<tr>
                        <td dir="auto">${file.name}</td>
                        ${[
                          file.rows,
                          file.stored,
                          sum(file.merged),
                          file.duplicates,
                          sum(file.skipped),
                        ].map(
                          (count) =>
                            html`<td class="number">${number(count)}</td>`,
                        )}
                      </tr>`,
                  )}
                </tbody>
              </table>
            </div>`
        : nothing
    }
  </details>`;
};
