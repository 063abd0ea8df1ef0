import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Of, Ranked } from "../../elements/ranking.ts";
import "../../elements/ranking.ts";
import type { Top } from "./answers.ts";
import { Section } from "./section.ts";

const FEW = 10;
const MANY = 50;

/** What was heard most of one sort. */
@customElement("encore-insights-top")
export class TopList extends Section {
  @property() of: Of = "artists";

  static override styles = [
    ...Section.styles,
    css`
      .more {
        margin-top: 8px;
        min-height: 40px;
      }
    `,
  ];

  @state() private _all = false;

  #top = this.followed<Top>("get_top", () => ({
    ...this.asked,
    of: this.of,
    by: this.by,
    limit: this._all ? MANY : FEW,
  }));

  protected override render(): TemplateResult {
    return this.figure(
      this.#top,
      this.say(`top_${this.of}`),
      ({ top }) => ({
        columns: this.columnsOf(this.of),
        rows: this.rowsOf(top, this.of),
        card: {
          type: "custom:encore-top-card",
          ...this.asked,
          of: this.of,
          by: this.by,
        },
        inside: top.length
          ? html`<encore-ranking
                .hass=${this.hass}
                .entries=${top}
                .of=${this.of}
                .by=${this.by}
                numbered
                pickable
                @picked=${(event: CustomEvent<Ranked>) =>
                  this.look(this.of, event.detail)}
              ></encore-ranking>
              ${
                top.length >= FEW
                  ? html`<button
                      class="button more"
                      aria-expanded=${this._all}
                      @click=${() => (this._all = !this._all)}
                    >
                      ${this.say(this._all ? "fewer" : "more")}
                    </button>`
                  : nothing
              }`
          : this.nothing(),
      }),
      undefined,
      `encore-top-${this.of}`,
    );
  }
}
