import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { command } from "../../requests.ts";
import type { Cell } from "../../csv.ts";
import "../../elements/chart.ts";
import "../../elements/figure.ts";
import { shown } from "../../elements/states.ts";
import { inDigits, momentOf } from "../../format.ts";
import { Section } from "./section.ts";
import { stackedDays } from "./stacked_days.ts";

const DAYS = 30;

interface Usage {
  accounts: {
    account: string;
    listener: string;
    calls_today: number;
    daily_budget: number | null;
    background_paused: boolean;
    by_purpose: Record<string, number>;
    days: { day: string; calls: number; by_purpose: Record<string, number> }[];
  }[];
  last_30_seconds: number;
  calls_per_minute: number;
  last_24_hours: number;
  calls_per_day: number | null;
  waiting: number;
  paused_until: string | null;
  breakers: Record<string, { state: string; until: string | null }>;
}

/** How often Spotify is called, what for, and what is in the way of more. */
@customElement("encore-manage-calls")
export class ManageCalls extends Section<Usage> {
  protected override fetch(): Promise<Usage> {
    return command<Usage>(this.hass, "get_api_usage", { days: DAYS });
  }

  protected override render(): TemplateResult {
    return shown(this._state, (usage) => this.#usage(usage), {
      waiting: this.say("waiting"),
      lines: 8,
    });
  }

  #usage(usage: Usage): TemplateResult {
    const number = (value: number): string => inDigits(this.hass, value);
    const open = Object.values(usage.breakers).filter(
      (each) => each.state !== "closed",
    );
    const facts: [string, string][] = [
      ["last_24_hours", number(usage.last_24_hours)],
      [
        "most_a_day",
        usage.calls_per_day === null
          ? this.say("no_limit")
          : number(usage.calls_per_day),
      ],
      ["most_a_minute", number(usage.calls_per_minute)],
      [
        "spotify_wants",
        usage.paused_until
          ? this.say("pause_until", {
              moment: momentOf(this.hass, usage.paused_until),
            })
          : this.say(open.length ? "does_not_answer" : "nothing_in_the_way"),
      ],
    ];
    return html`<div class="grid">
      <section class="surface wide">
        <h2>${this.say("budget")}</h2>
        <table>
          <tbody>
            ${facts.map(
              ([name, value]) =>
                html`<tr>
                  <th scope="row">${this.say(name)}</th>
                  <td>${value}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </section>
      ${usage.accounts.map((account) => this.#account(account))}
    </div>`;
  }

  #account(account: Usage["accounts"][number]): TemplateResult {
    const days = account.days.toSorted((one, other) =>
      one.day < other.day ? -1 : 1,
    );
    const purposes = [
      ...new Set(days.flatMap((day) => Object.keys(day.by_purpose))),
    ];
    const named = purposes.map((purpose) => {
      const known = this.say(`purpose_${purpose}`);
      return known.startsWith("purpose_")
        ? purpose.replaceAll("_", " ")
        : known;
    });
    const rows: Cell[][] = days.map((day) => [
      day.day,
      day.calls,
      ...purposes.map((purpose) => day.by_purpose[purpose] ?? 0),
    ]);
    const caption = this.say("calls_today", {
      calls: inDigits(this.hass, account.calls_today),
      count: account.calls_today,
    });
    const draw = stackedDays(
      this.hass,
      days.map((day) => day.day),
      purposes.map((purpose, index) => ({
        name: named[index] ?? purpose,
        counts: days.map((day) => day.by_purpose[purpose] ?? 0),
      })),
    );
    return html`<encore-figure
      .hass=${this.hass}
      heading=${account.account}
      caption=${caption}
      file="encore-calls"
      .columns=${[this.say("day"), this.say("calls"), ...named]}
      .rows=${rows}
    >
      <encore-chart
        .hass=${this.hass}
        label=${caption}
        .draw=${draw}
        .height=${260}
      ></encore-chart>
    </encore-figure>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-calls": ManageCalls;
  }
}
