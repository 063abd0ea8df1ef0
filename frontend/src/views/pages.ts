/** The pages of the panel. Each is the element `encore-<name>`, loaded when it is first shown. */

import type { Part } from "../texts.ts";

export interface Page {
  name: Part;
  /** The window where none is chosen. */
  usual: string;
  filtered: boolean;
  /** Whether it is about a time of its own. */
  windowless: boolean;
  administrators: boolean;
  /** What else of its address stays when a filter changes. */
  parameters?: string[];
  load: () => Promise<unknown>;
}

export const PAGES: [Page, ...Page[]] = [
  {
    name: "now",
    usual: "today",
    filtered: true,
    windowless: true,
    administrators: false,
    load: () => import("./now.ts"),
  },
  {
    name: "history",
    usual: "all_time",
    filtered: true,
    windowless: false,
    administrators: false,
    load: () => import("./history.ts"),
  },
  {
    name: "insights",
    usual: "this_month",
    filtered: true,
    windowless: false,
    administrators: false,
    parameters: ["by", "step", "with"],
    load: () => import("./insights.ts"),
  },
  {
    name: "year",
    usual: "",
    filtered: true,
    windowless: true,
    administrators: false,
    parameters: ["year", "time", "from", "until"],
    load: () => import("./year.ts"),
  },
  {
    name: "import",
    usual: "",
    filtered: false,
    windowless: true,
    administrators: true,
    load: () => import("./import.ts"),
  },
  {
    name: "manage",
    usual: "",
    filtered: false,
    windowless: true,
    administrators: true,
    load: () => import("./manage.ts"),
  },
];
