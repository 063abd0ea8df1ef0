import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed, type Parameters } from "../requests.ts";
import { inAmount } from "../drawings/amount.ts";
import type { Total } from "../drawings/answers.ts";
import { stepName } from "../format.ts";
import { CardFace, facesOf } from "./face.ts";
import { hasLink } from "./plays.ts";
import { coverAndWords, rows } from "./rows.ts";

interface Thing extends Total {
  name: string;
  artist: string | null;
  uri: string | null;
}

interface OnThisDay {
  years: (Total & { date: string; top: Thing[] })[];
}

/** What was heard on this day in earlier years. */
@customElement("encore-on-this-day-face")
export class OnThisDayFace extends CardFace {
  protected override kind = "on-this-day" as const;

  static override styles = [
    ...CardFace.styles,
    rows,
    css`
      section + section {
        margin-top: 12px;
      }
      h3 {
        display: flex;
        align-items: baseline;
        gap: 8px;
        margin-bottom: 4px;
      }
      h3 a {
        color: inherit;
        text-decoration: none;
      }
      h3 a:hover {
        text-decoration: underline;
      }
    `,
  ];

  #days = new Followed<OnThisDay>(this, () => ({
    hass: this.hass,
    question: "get_on_this_day",
    parameters: this.#parameters(),
  }));

  #parameters(): Parameters {
    return this.question("date", "limit");
  }

  protected override heading(): string {
    return this.say("on_this_day");
  }

  protected override body(): TemplateResult {
    return this.shown(this.#days.state, ({ years }) =>
      years.length
        ? html`<div class="body ${this.#days.stale ? "stale" : ""}">
            ${years.slice(0, this.config.years).map((year) => this.#year(year))}
          </div>`
        : this.nothing(this.say("nothing_on_this_day")),
    );
  }

  #year(year: OnThisDay["years"][number]): TemplateResult {
    const day = stepName(this.hass, year.date, "day", "long");
    const page = this.address("history", { start: year.date, end: year.date });
    return html`<section>
      <h3>
        ${page ? html`<a href=${page} @click=${this.follow}>${day}</a>` : day}
        <span class="quiet small number"
          >${inAmount(this.hass, year.play_count, "plays")}</span
        >
      </h3>
      <ol>
        ${year.top.map(
          (thing) =>
            html`<li>
              ${coverAndWords(this.hass, {
                uri: thing.uri,
                name: thing.name,
                more: thing.artist ?? "",
              })}
              ${
                hasLink(thing.uri)
                  ? this.playButton(thing.name, { item: thing.uri })
                  : null
              }
            </li>`,
        )}
      </ol>
    </section>`;
  }
}

export const faceOf = facesOf("encore-on-this-day-face");
