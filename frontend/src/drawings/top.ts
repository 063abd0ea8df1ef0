/** What was heard most as bars, with what they are called. */

import { sizeOf } from "./answers.ts";
import type { EChartsCoreOption } from "echarts/core";

import type { Cell } from "../csv.ts";
import type { Colours } from "../elements/colours.ts";
import type { Hass } from "../hass.ts";
import { amountAxis, inAmount } from "./amount.ts";
import type { Answer, By, Total } from "./answers.ts";
import { tip, tipLook } from "./tip.ts";

export interface TopThing extends Total {
  rank: number;
  name: string;
  artist: string | null;
  uri: string | null;
}

/** The answer to `top`. */
export interface Top extends Answer {
  of: "tracks" | "artists" | "albums" | "shows" | "rooms" | "sources";
  by: By;
  top: TopThing[];
}

/** Return a top list as a table: place, name, whose it is, plays, minutes. */
export const topRows = ({ top }: Top): Cell[][] =>
  top.map((each) => [
    each.rank,
    each.name,
    each.artist,
    each.play_count,
    each.minutes,
  ]);

/** Return what draws a top list, the first at the top. */
export const topDrawing =
  (hass: Hass, { top, by }: Top): ((colours: Colours) => EChartsCoreOption) =>
  (colours) => ({
    grid: { left: 4, right: 24, top: 4, bottom: 4, containLabel: true },
    xAxis: amountAxis(
      hass,
      colours,
      by,
      top.map((each) => sizeOf(each, by)),
    ),
    yAxis: {
      type: "category",
      inverse: true,
      data: top.map((each) => each.name),
      axisLabel: { color: colours.text, width: 140, overflow: "truncate" },
      axisTick: { show: false },
      axisLine: { show: false },
    },
    series: [
      {
        type: "bar",
        data: top.map((each) => sizeOf(each, by)),
        barMaxWidth: 22,
        itemStyle: { color: colours.primary, borderRadius: [0, 4, 4, 0] },
      },
    ],
    tooltip: {
      ...tipLook(colours),
      formatter: ({ dataIndex }: { dataIndex: number }) => {
        const at = top[dataIndex];
        if (!at) return "";
        const by = at.artist && at.artist !== at.name ? [at.artist] : [];
        return tip(
          at.name,
          ...by,
          inAmount(hass, at.play_count, "plays"),
          inAmount(hass, at.minutes, "minutes"),
        );
      },
    },
  });
