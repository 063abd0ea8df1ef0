/** Small signs for the sources of a play. */

import { css, svg, html, type TemplateResult } from "lit";

/** Paths on a square of 24. */
const PATHS: Record<string, string> = {
  live: "M12 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4M7.800 7.800 6.300 6.300a8 8 0 0 0 0 11.400l1.500-1.500a5.900 5.900 0 0 1 0-8.400m8.400 0a5.900 5.900 0 0 1 0 8.400l1.500 1.500a8 8 0 0 0 0-11.400l-1.500 1.500Z",
  polled:
    "M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20m0 2a8 8 0 1 1 0 16 8 8 0 0 1 0-16m-1 3v6l4.800 2.900.8-1.300-4.100-2.400V7H11Z",
  export:
    "M6 2a2 2 0 0 0-2 2v16c0 1.100.9 2 2 2h12a2 2 0 0 0 2-2V8l-6-6H6m7 1.500L18.500 9H13V3.500M11 12h2v4h2.500L12 19.500 8.500 16H11v-4Z",
  account_data:
    "M6 2a2 2 0 0 0-2 2v16c0 1.100.9 2 2 2h12a2 2 0 0 0 2-2V8l-6-6H6m7 1.500L18.500 9H13V3.500M8 13h8v1.500H8V13m0 3h8v1.500H8V16Z",
  sonos:
    "M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4c0-1.100.9-2 2-2m5 2.500a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600m0 5.500a5 5 0 1 0 0 10 5 5 0 0 0 0-10m0 2.500a2.500 2.500 0 1 1 0 5 2.500 2.500 0 0 1 0-5Z",
  player:
    "M4 4h16a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2h-5v2H9v-2H4a2 2 0 0 1-2-2V6c0-1.100.9-2 2-2m6 3.500v7l6-3.500-6-3.500Z",
};

export const sourceLook = css`
  .sources {
    display: inline-flex;
    gap: 6px;
    align-items: center;
    color: var(--secondary-text-color, #727272);
  }
  .sources svg {
    width: 15px;
    height: 15px;
    fill: currentColor;
    display: block;
  }
`;

/** Return the signs of some sources; `named` says what each is called. */
export const sources = (
  sources: string[],
  named: (source: string) => string,
): TemplateResult =>
  html`<span class="sources"
    >${sources.map(
      (source) =>
        html`<span title=${named(source)} role="img" aria-label=${named(source)}
          >${svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d=${PATHS[source] ?? PATHS["player"] ?? ""}></path></svg>`}</span
        >`,
    )}</span
  >`;
