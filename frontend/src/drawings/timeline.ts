/** How much was heard as time went by: bars while there are few steps, a line with its area when there are many. */

import { sizeOf } from "./answers.ts";
import type { EChartsCoreOption } from "echarts/core";

import type { Cell } from "../csv.ts";
import type { Colours } from "../elements/colours.ts";
import { stepName } from "../format.ts";
import type { Hass } from "../hass.ts";
import { amountAxis, inAmount } from "./amount.ts";
import { everyStep, type Step, type Timeline } from "./steps.ts";
import { tip, tipLook } from "./tip.ts";

export { everyStep, type Step, type StepName, type Timeline } from "./steps.ts";

const BARS = 100;

/** Return steps as a table: when, plays, minutes. */
export const timelineRows = (
  hass: Hass,
  { step }: Timeline,
  steps: Step[],
): Cell[][] =>
  steps.map((each) => [
    stepName(hass, each.start, step, "long"),
    each.play_count,
    each.minutes,
  ]);

/** Return what draws an answer; `by` what it was asked by, unless told otherwise. */
export const timelineDrawing =
  (
    hass: Hass,
    answer: Timeline,
    { by = answer.by, steps = everyStep(answer) } = {},
  ): ((colours: Colours) => EChartsCoreOption) =>
  (colours) => ({
    grid: { left: 4, right: 12, top: 12, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: steps.map((each) => stepName(hass, each.start, answer.step)),
      axisLine: { lineStyle: { color: colours.line } },
      axisTick: { show: false },
      axisLabel: {
        color: colours.quiet,
        hideOverlap: true,
        // A bar has its name below its middle; a line begins and ends at the edges.
        ...(steps.length > BARS
          ? { alignMinLabel: "left", alignMaxLabel: "right" }
          : {}),
      },
    },
    yAxis: amountAxis(
      hass,
      colours,
      by,
      steps.map((each) => sizeOf(each, by)),
    ),
    series: [
      steps.length > BARS
        ? {
            type: "line",
            data: steps.map((each) => sizeOf(each, by)),
            showSymbol: false,
            lineStyle: { width: 1.5, color: colours.primary },
            itemStyle: { color: colours.primary },
            areaStyle: { color: colours.primary, opacity: 0.22 },
            sampling: "lttb",
          }
        : {
            type: "bar",
            data: steps.map((each) => sizeOf(each, by)),
            barMaxWidth: 36,
            barCategoryGap: "20%",
            itemStyle: { color: colours.primary, borderRadius: [4, 4, 0, 0] },
          },
    ],
    tooltip: {
      ...tipLook(colours),
      trigger: "axis",
      axisPointer: { type: steps.length > BARS ? "line" : "shadow" },
      formatter: ([first]: { dataIndex: number }[]) => {
        const at = first && steps[first.dataIndex];
        return at
          ? tip(
              stepName(hass, at.start, answer.step, "long"),
              inAmount(hass, at.play_count, "plays"),
              inAmount(hass, at.minutes, "minutes"),
            )
          : "";
      },
    },
  });
