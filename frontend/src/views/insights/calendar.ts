import { sizeOf } from "../../drawings/answers.ts";
import { css, html, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { inAmount } from "../../drawings/amount.ts";
import type { By } from "../../drawings/answers.ts";
import type { Step } from "../../drawings/steps.ts";
import { CalmElement } from "../../elements/calm.ts";
import { monthName, stepName, weekdayName } from "../../format.ts";
import { weeksOf } from "./weeks.ts";

const GAP = 3;
const SMALLEST = 11;
const LARGEST = 26;
const BESIDE = 34;
const ABOVE = 18;

/** The days of a window, a column for each week, the darker the more was heard; of many, the latest that fit. */
@customElement("encore-calendar")
export class Calendar extends CalmElement {
  @property({ attribute: false }) days: Step[] = [];
  @property() by: By = "plays";
  /** The first day of the week, 0 for Monday. */
  @property({ type: Number }) firstWeekday = 0;
  @property() label = "";

  @state() private _width = 0;

  static override styles = [
    ...CalmElement.styles,
    css`
      :host {
        display: block;
        min-height: 116px;
      }
      svg {
        display: block;
        max-width: 100%;
      }
      text {
        font-size: 11px;
        fill: var(--secondary-text-color, #727272);
      }
      rect {
        fill: var(--primary-color, #03a9f4);
      }
      rect.silent {
        fill: currentColor;
        opacity: 0.08;
      }
      rect:hover {
        stroke: currentColor;
      }
    `,
  ];

  #resized = new ResizeObserver(([entry]) => {
    if (entry) this._width = Math.floor(entry.contentRect.width);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override render(): TemplateResult {
    const all = weeksOf(this.days, this.firstWeekday);
    const fit = Math.max(
      1,
      Math.floor((this._width - BESIDE) / (SMALLEST + GAP)),
    );
    const weeks = all.slice(-fit);
    if (!this._width || !weeks.length) return html``;
    const cell = Math.min(
      LARGEST,
      Math.floor((this._width - BESIDE) / weeks.length) - GAP,
    );
    const pitch = cell + GAP;
    const most = Math.max(1, ...this.days.map((day) => sizeOf(day, this.by)));
    return html`<svg
      role="img"
      aria-label=${this.label}
      width=${BESIDE + weeks.length * pitch}
      height=${ABOVE + 7 * pitch}
    >
      ${[0, 2, 4, 6].map(
        (row) =>
          svg`<text x="0" y=${ABOVE + row * pitch + cell / 2 + 4}>${weekdayName(
            this.hass,
            (row + this.firstWeekday) % 7,
          )}</text>`,
      )}
      ${this.#months(weeks).map(
        ([column, name]) =>
          svg`<text x=${BESIDE + column * pitch} y="12">${name}</text>`,
      )}
      ${weeks.map((week, column) =>
        week.map((day, row) =>
          day
            ? svg`<rect
                x=${BESIDE + column * pitch}
                y=${ABOVE + row * pitch}
                width=${cell}
                height=${cell}
                rx=${Math.min(4, cell / 4)}
                class=${day.play_count ? "" : "silent"}
                opacity=${day.play_count ? 0.25 + 0.75 * Math.sqrt(sizeOf(day, this.by) / most) : 0.08}
              ><title>${stepName(this.hass, day.start, "day", "long")}: ${inAmount(
                this.hass,
                sizeOf(day, this.by),
                this.by,
              )}</title></rect>`
            : null,
        ),
      )}
    </svg>`;
  }

  /** Return in which column each month begins, as far as its name has room. */
  #months(weeks: (Step | null)[][]): [number, string][] {
    const found: [number, string][] = [];
    let last = "";
    weeks.forEach((week, column) => {
      const day = week.find((each) => each !== null);
      const month = day?.start.slice(0, 7) ?? "";
      if (!month || month === last) return;
      last = month;
      const [year, number] = month.split("-");
      const before = found.at(-1);
      if (before && column - before[0] < 3) found.pop();
      found.push([
        column,
        number === "01" && year
          ? year
          : monthName(this.hass, Number(number), "short"),
      ]);
    });
    return found;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-calendar": Calendar;
  }
}
