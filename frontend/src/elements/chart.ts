import type { EChartsCoreOption, EChartsType } from "echarts/core";
import { css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { coloursAt, type Colours } from "./colours.ts";
import { CalmElement } from "./calm.ts";

/** A drawing by ECharts that follows its place, the theme and its data. */
@customElement("encore-chart")
export class Chart extends CalmElement {
  /** Returns what to draw with the colours of now. A new function is a new drawing. */
  @property({ attribute: false }) draw?: (
    colours: Colours,
  ) => EChartsCoreOption;
  /** What somebody hears who cannot see it. */
  @property() label = "";
  @property({ type: Number }) height = 240;
  /** Whether it is as high as its place instead. */
  @property({ type: Boolean, reflect: true }) fill = false;

  @query("div") private _place!: HTMLDivElement;

  static override styles = [
    ...CalmElement.styles,
    css`
      :host {
        display: block;
        width: 100%;
      }
      :host([fill]) {
        height: 100%;
      }
    `,
  ];

  #chart: EChartsType | undefined;
  #resized: ResizeObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized?.disconnect();
    this.#chart?.dispose();
    this.#chart = undefined;
  }

  protected override render(): TemplateResult {
    return html`<div
      role="img"
      aria-label=${this.label}
      style="height: ${this.fill ? "100%" : `${this.height}px`}"
    ></div>`;
  }

  protected override firstUpdated(): void {
    void this.#open();
  }

  protected override updated(): void {
    this.#draw();
  }

  async #open(): Promise<void> {
    const { init } = await import("./echarts.ts");
    if (!this.isConnected || this.#chart) return;
    this.#chart = init(this._place, null, { renderer: "svg" });
    this.#chart.on("click", (event) =>
      this.dispatchEvent(
        new CustomEvent("chart-pick", {
          detail: {
            index: event.dataIndex,
            data: event.data,
            name: event.name,
          },
        }),
      ),
    );
    this.#resized = new ResizeObserver(() => this.#chart?.resize());
    this.#resized.observe(this._place);
    this.#draw();
  }

  #draw(): void {
    if (!this.#chart || !this.draw) return;
    const colours = coloursAt(this);
    this.#chart.setOption(
      {
        animationDuration: matchMedia("(prefers-reduced-motion: reduce)")
          .matches
          ? 0
          : 300,
        textStyle: {
          fontFamily: getComputedStyle(this).fontFamily,
          color: colours.text,
        },
        ...this.draw(colours),
      },
      true,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-chart": Chart;
  }
}
