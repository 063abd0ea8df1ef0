/** The hours of the week as a drawing: a row for each weekday, the darker the more. */

import type { EChartsCoreOption } from "echarts/core";

import type { Cell } from "../csv.ts";
import { mixed, type Colours } from "../elements/colours.ts";
import { hourName, weekdayName } from "../format.ts";
import type { Hass } from "../hass.ts";
import { inAmount } from "./amount.ts";
import type { Answer, By } from "./answers.ts";
import { tip, tipLook } from "./tip.ts";

/** The answer to `heatmap`; its weekdays begin with the first of the house. */
export interface Heatmap extends Answer {
  by: By;
  hours: Record<string, number[]>;
  busiest: {
    weekday: string;
    hour: number;
    play_count: number;
    minutes: number;
  } | null;
}

export const WEEKDAYS = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
];

const called = (
  hass: Hass,
  weekday: string,
  form: "long" | "short" = "short",
): string => weekdayName(hass, WEEKDAYS.indexOf(weekday), form);

/** Return the hours of the week as a table: weekday, hour, how much. */
export const heatmapRows = (hass: Hass, { hours }: Heatmap): Cell[][] =>
  Object.entries(hours).flatMap(([weekday, row]) =>
    row.map((value, hour): Cell[] => [
      called(hass, weekday, "long"),
      hourName(hass, hour),
      value,
    ]),
  );

/** Return what draws an answer. */
export const heatmapDrawing =
  (
    hass: Hass,
    { by, hours }: Heatmap,
  ): ((colours: Colours) => EChartsCoreOption) =>
  (colours) => {
    const weekdays = Object.keys(hours);
    const cells = weekdays.flatMap((weekday, row) =>
      (hours[weekday] ?? []).map((value, hour) => [hour, row, value]),
    );
    const most = Math.max(1, ...cells.map(([, , value = 0]) => value));
    return {
      grid: { left: 4, right: 4, top: 4, bottom: 4, containLabel: true },
      xAxis: {
        type: "category",
        data: Array.from({ length: 24 }, (_, hour) => hourName(hass, hour)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          color: colours.quiet,
          interval: (index: number) => index % 6 === 0,
          align: "left",
          hideOverlap: true,
        },
      },
      yAxis: {
        type: "category",
        inverse: true,
        data: weekdays.map((weekday) => called(hass, weekday)),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: { color: colours.quiet },
      },
      visualMap: {
        type: "continuous",
        show: false,
        min: 0,
        max: most,
        inRange: {
          color: [0.05, 0.3, 0.55, 0.8, 1].map((share) =>
            mixed(colours.primary, colours.surface, share),
          ),
        },
      },
      series: [
        {
          type: "heatmap",
          data: cells,
          itemStyle: {
            borderColor: colours.surface,
            borderWidth: 2,
            borderRadius: 4,
          },
          emphasis: { itemStyle: { borderColor: colours.text } },
        },
      ],
      tooltip: {
        ...tipLook(colours),
        formatter: ({ value }: { value: [number, number, number] }) =>
          tip(
            `${called(hass, weekdays[value[1]] ?? "", "long")}, ${hourName(hass, value[0])}`,
            inAmount(hass, value[2], by),
          ),
      },
    };
  };
