/** The icons that Encore draws itself, so that they are there before Home Assistant's. Paths on a square of 24. */

import { svg, type SVGTemplateResult } from "lit";

const PATHS = {
  menu: "M3 6h18v2H3V6m0 5h18v2H3v-2m0 5h18v2H3v-2Z",
  close:
    "M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4l5.6 5.6L5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6L19 6.4Z",
  play: "M8 5v14l11-7L8 5Z",
  pause: "M6 5h4v14H6V5m8 0h4v14h-4V5Z",
  next: "M6 6v12l8.5-6L6 6m10 0v12h2V6h-2Z",
  previous: "M18 18V6l-8.5 6 8.5 6M8 18V6H6v12h2Z",
  again: "M12 5V1L7 6l5 5V7a6 6 0 1 1-6 6H4a8 8 0 1 0 8-8Z",
  search:
    "M9.5 3a6.5 6.5 0 0 1 5.2 10.4l5.6 5.5-1.4 1.5-5.6-5.6A6.5 6.5 0 1 1 9.5 3m0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9Z",
  trash: "M9 3v1H4v2h16V4h-5V3H9M6 8v11a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2V8H6Z",
  undo: "M12.5 8c-2.6 0-5 1-6.9 2.6L2 7v9h9l-3.6-3.6a8 8 0 0 1 12.7 3.9l2.3-.8A10.5 10.5 0 0 0 12.5 8Z",
  open: "M14 3v2h3.6l-9.8 9.8 1.4 1.4L19 6.4V10h2V3h-7M5 5h6V3H5a2 2 0 0 0-2 2v14c0 1.1.9 2 2 2h14a2 2 0 0 0 2-2v-6h-2v6H5V5Z",
  table:
    "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6c0-1.1.9-2 2-2m0 5v3h7V9H4m9 0v3h7V9h-7m-9 5v4h7v-4H4m9 0v4h7v-4h-7Z",
  chart: "M4 20V10h4v10H4m6 0V4h4v16h-4m6 0v-7h4v7h-4Z",
  download: "M5 20h14v-2H5v2M19 9h-4V3H9v6H5l7 7 7-7Z",
  upload: "M5 20h14v-2H5v2M5 10h4v6h6v-6h4l-7-7-7 7Z",
  copy: "M16 1H4a2 2 0 0 0-2 2v14h2V3h12V1m3 4H8a2 2 0 0 0-2 2v14c0 1.1.9 2 2 2h11a2 2 0 0 0 2-2V7a2 2 0 0 0-2-2m0 16H8V7h11v14Z",
  dashboard: "M13 3v6h8V3m-8 18h8V11h-8M3 21h8v-6H3m0-2h8V3H3v10Z",
  room: "M12 3 2 12h3v8h6v-6h2v6h6v-8h3L12 3Z",
  person:
    "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8m0 10c4.4 0 8 1.8 8 4v2H4v-2c0-2.2 3.6-4 8-4Z",
  back: "M20 11v2H8l5.5 5.5-1.4 1.4L4.2 12l7.9-7.9 1.4 1.4L8 11h12Z",
  forward:
    "m4 11 12 0-5.500-5.500 1.400-1.400L19.800 12l-7.900 7.900-1.400-1.400L16 13H4v-2Z",
  down: "M7.4 8.6 12 13.2l4.6-4.6L18 10l-6 6-6-6 1.400-1.400Z",
  warning: "M12 2 1 21h22L12 2m-1 8h2v5h-2v-5m0 7h2v2h-2v-2Z",
  music: "M12 3v10.6a4 4 0 1 0 2 3.400V7h4V3h-6Z",
  volume:
    "M3 9v6h4l5 5V4L7 9H3m13.500 3A4.500 4.500 0 0 0 14 8v8a4.500 4.500 0 0 0 2.500-4Z",
  link: "M11 7H7a5 5 0 0 0 0 10h4v-2H7a3 3 0 0 1 0-6h4V7m-3 4v2h8v-2H8m9-4h-4v2h4a3 3 0 0 1 0 6h-4v2h4a5 5 0 0 0 0-10Z",
  filter: "M3 5h18v2H3V5m4 6h10v2H7v-2m3 6h4v2h-4v-2Z",
  more: "M12 8a2 2 0 1 0 0-4 2 2 0 0 0 0 4m0 2a2 2 0 1 0 0 4 2 2 0 0 0 0-4m0 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z",
} as const;

export type IconName = keyof typeof PATHS;

/** Return an icon, which says nothing to a screen reader. */
export const icon = (name: IconName): SVGTemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false" width="24" height="24"><path d=${PATHS[name]}></path></svg>`;
