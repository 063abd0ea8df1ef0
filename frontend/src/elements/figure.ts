import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { downloadCsv, type Cell } from "../csv.ts";
import { inDigits } from "../format.ts";
import { EncoreElement } from "./element.ts";
import { icon } from "./icons.ts";
import { offerCard } from "./offer_card.ts";

/** A picture with its heading: what it shows is there as a table and as a file, and as a card for dashboards. */
@customElement("encore-figure")
export class Figure extends EncoreElement {
  @property() heading = "";
  /** A sentence below the heading, such as the answer's own. */
  @property() caption = "";
  @property({ attribute: false }) columns: string[] = [];
  @property({ attribute: false }) rows: Cell[][] = [];
  /** What the file is called, without its ending. */
  @property() file = "encore";
  /** The configuration of the card that shows the same on a dashboard. */
  @property({ attribute: false }) card: object | null = null;

  @state() private _asTable = false;

  static override styles = [
    ...EncoreElement.styles,
    css`
      :host {
        display: block;
        min-width: 0;
      }
      figure {
        margin: 0;
        height: 100%;
        display: flex;
        flex-direction: column;
      }
      header {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 8px 8px 0 16px;
      }
      header h2 {
        flex: 1;
        min-width: 0;
      }
      figcaption {
        padding: 0 16px 8px;
      }
      .body {
        padding: 0 16px 16px;
        flex: 1;
        min-width: 0;
      }
      .rows {
        max-height: 420px;
        overflow: auto;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--encore-surface);
      }
    `,
  ];

  protected override render(): TemplateResult {
    const toggle = this.say(this._asTable ? "as_picture" : "as_table");
    return html`<figure class="surface">
      <header>
        <h2>${this.heading}</h2>
        <slot name="actions"></slot>
        <button
          class="icon-button"
          title=${toggle}
          aria-label="${toggle}: ${this.heading}"
          aria-pressed=${this._asTable}
          @click=${() => (this._asTable = !this._asTable)}
        >
          ${icon(this._asTable ? "chart" : "table")}
        </button>
        <button
          class="icon-button"
          title=${this.say("as_csv")}
          aria-label="${this.say("as_csv")}: ${this.heading}"
          ?disabled=${!this.rows.length}
          @click=${() => downloadCsv(this.file, this.columns, this.rows)}
        >
          ${icon("download")}
        </button>
        ${
          this.card
            ? html`<button
                class="icon-button"
                title=${this.say("to_dashboard")}
                aria-label="${this.say("to_dashboard")}: ${this.heading}"
                @click=${() => this.card && offerCard(this, this.hass, this.card)}
              >
                ${icon("dashboard")}
              </button>`
            : nothing
        }
      </header>
      ${
        this.caption
          ? html`<figcaption class="quiet">${this.caption}</figcaption>`
          : nothing
      }
      <div class="body">
        ${this._asTable ? this.#table() : html`<slot></slot>`}
      </div>
    </figure>`;
  }

  #table(): TemplateResult {
    const numbers = this.columns.map((_, index) =>
      this.rows.every((row) => typeof row[index] !== "string"),
    );
    const kind = (index: number): string => (numbers[index] ? "number" : "");
    return html`<div
      class="rows"
      tabindex="0"
      role="region"
      aria-label=${this.heading}
    >
      <table>
        <thead>
          <tr>
            ${this.columns.map(
              (column, index) =>
                html`<th scope="col" class=${kind(index)}>${column}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${this.rows.map(
            (row) =>
              html`<tr>
                ${row.map(
                  (cell, index) =>
                    html`<td class=${kind(index)}>
                      ${
                        typeof cell === "number"
                          ? inDigits(this.hass, cell, 1)
                          : cell
                      }
                    </td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-figure": Figure;
  }
}
