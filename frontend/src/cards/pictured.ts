/** A card that is one drawing, as large as its place. */

import { css, html, type TemplateResult } from "lit";

import "../elements/chart.ts";
import type { Chart } from "../elements/chart.ts";
import { CardFace } from "./face.ts";

export abstract class PicturedFace extends CardFace {
  static override styles = [
    ...CardFace.styles,
    css`
      .picture {
        position: relative;
        flex: 1 1 150px;
        min-height: 80px;
        max-height: 560px;
        margin: 0 12px 12px;
      }
      .picture encore-chart {
        position: absolute;
        inset: 0;
      }
    `,
  ];

  /** Return a drawing; `label` is what somebody hears who cannot see it. */
  protected picture(
    draw: NonNullable<Chart["draw"]>,
    label: string,
    stale: boolean,
  ): TemplateResult {
    return html`<div class="picture ${stale ? "stale" : ""}">
      <encore-chart
        .hass=${this.hass}
        .draw=${draw}
        label=${label}
        fill
      ></encore-chart>
    </div>`;
  }
}
