import type { EChartsCoreOption } from "echarts/core";

import type { Colours } from "../../elements/colours.ts";
import { shortDayOf } from "../../format.ts";
import type { Hass } from "../../hass.ts";

/** Something that is counted, with its counts day by day. */
export interface Counted {
  name: string;
  counts: number[];
}

/** Return what draws counts of several things upon each other, a bar a day (2026-07-14). */
export const stackedDays =
  (hass: Hass, days: string[], counted: Counted[]) =>
  (colours: Colours): EChartsCoreOption => ({
    color: colours.series,
    legend: { bottom: 0, textStyle: { color: colours.text } },
    tooltip: {
      trigger: "axis",
      backgroundColor: colours.surface,
      borderColor: colours.line,
      textStyle: { color: colours.text },
    },
    grid: { left: 8, right: 8, top: 12, bottom: 36, containLabel: true },
    xAxis: {
      type: "category",
      data: days.map((day) => shortDayOf(hass, day)),
      axisLabel: { color: colours.quiet },
      axisLine: { lineStyle: { color: colours.line } },
    },
    yAxis: {
      type: "value",
      minInterval: 1,
      axisLabel: { color: colours.quiet },
      splitLine: { lineStyle: { color: colours.line } },
    },
    series: counted.map(({ name, counts }) => ({
      type: "bar",
      stack: "all",
      name,
      barMaxWidth: 36,
      data: counts,
    })),
  });
