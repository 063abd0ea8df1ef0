import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { command } from "../../requests.ts";
import { downloadCsv } from "../../csv.ts";
import "../../elements/chart.ts";
import "../../elements/figure.ts";
import { icon } from "../../elements/icons.ts";
import { shown, notice } from "../../elements/states.ts";
import { inDigits, momentOf } from "../../format.ts";
import { fetchOverview, type ByDay } from "./overview.ts";
import { Section } from "./section.ts";
import { stackedDays } from "./stacked_days.ts";

const LIMIT = 200;
const DAYS = 30;
const DEEDS = ["question", "command"] as const;
const OUTCOMES = ["done", "failed", "refused"] as const;

interface Record {
  at: string;
  caller: string;
  name: string | null;
  model: string | null;
  interface: string;
  type: string;
  request: string;
  parameters: object;
  private: boolean;
  outcome: string;
  reason: string | null;
  duration_ms: number;
}

interface Audit {
  records: Record[];
  asked: ByDay;
  logins: ByDay;
}

/** Who asked and commanded what, through which door, and what came of it. */
@customElement("encore-manage-audit")
export class ManageAudit extends Section<Audit> {
  @state() private _requestType = "";
  @state() private _outcome = "";

  protected override async fetch(): Promise<Audit> {
    const [{ records }, { asked, logins }] = await Promise.all([
      command<{ records: Record[] }>(this.hass, "get_audit_log", {
        limit: LIMIT,
        ...(this._requestType ? { type: this._requestType } : {}),
        ...(this._outcome ? { outcome: this._outcome } : {}),
      }),
      fetchOverview(this.hass, DAYS),
    ]);
    return { records, asked, logins };
  }

  protected override render(): TemplateResult {
    return html`${
      this._state.is === "answered"
        ? html`<div class="grid" style="margin-bottom: 16px">
            ${this.#overTime("asked", this._state.answer.asked)}
            ${this.#overTime("logins", this._state.answer.logins)}
          </div>`
        : nothing
    }
    ${this.#list()}`;
  }

  /** Draw how often there was what, a day upon the other. */
  #overTime(of: "asked" | "logins", days: ByDay): TemplateResult {
    const heading = this.say(`${of}_over_time`);
    if (!days.length)
      return html`<section class="surface">
        <h2>${heading}</h2>
        <p class="quiet">${this.say(`no_${of}`)}</p>
      </section>`;
    const names = [...new Set(days.flatMap((day) => Object.keys(day)))].filter(
      (name) => name !== "day",
    );
    const counted = names.map((name) => ({
      name: this.say(`${of}_${name}`),
      counts: days.map((day) => Number(day[name] ?? 0)),
    }));
    const dates = days.map((day) => day.day);
    return html`<encore-figure
      .hass=${this.hass}
      heading=${heading}
      file="encore-${of}"
      .columns=${[this.say("day"), ...counted.map((each) => each.name)]}
      .rows=${dates.map((date, index) => [
        date,
        ...counted.map((each) => each.counts[index] ?? 0),
      ])}
    >
      <encore-chart
        .hass=${this.hass}
        label=${heading}
        .draw=${stackedDays(this.hass, dates, counted)}
        .height=${200}
      ></encore-chart>
    </encore-figure>`;
  }

  #list(): TemplateResult {
    return html`<section class="surface">
      <div class="line">
        <h2>${this.say("section_audit")}</h2>
        ${this.#choice("_requestType", "deed", DEEDS)}
        ${this.#choice("_outcome", "outcome", OUTCOMES)}
        <button
          class="icon-button"
          aria-label=${this.say("as_csv")}
          title=${this.say("as_csv")}
          @click=${this.#save}
        >
          ${icon("download")}
        </button>
      </div>
      <p class="quiet">${this.say("audit_more")}</p>
      ${shown(this._state, ({ records }) => this.#records(records), {
        waiting: this.say("waiting"),
        lines: 10,
      })}
    </section>`;
  }

  #choice(
    field: "_requestType" | "_outcome",
    label: string,
    values: readonly string[],
  ): TemplateResult {
    return html`<label
      ><span class="unseen">${this.say(label)}</span>
      <select
        @change=${(event: Event) => {
          this[field] = (event.target as HTMLSelectElement).value;
          void this.look();
        }}
      >
        <option value="">${this.say(`every_${label}`)}</option>
        ${values.map(
          (value) =>
            html`<option value=${value}>
              ${this.say(`${label}_${value}`)}
            </option>`,
        )}
      </select></label
    >`;
  }

  #records(records: Record[]): TemplateResult {
    if (!records.length) return notice("person", this.say("no_records"));
    return html`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${this.say("section_audit")}
    >
      <table>
        <thead>
          <tr>
            ${["when", "who", "door", "what", "outcome", "took"].map(
              (column) => html`<th scope="col">${this.say(column)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${records.map(
            (record) =>
              html`<tr>
                <td><time>${momentOf(this.hass, record.at)}</time></td>
                <td dir="auto">${this.#who(record)}</td>
                <td>${this.say(`door_${record.interface}`)}</td>
                <td>
                  ${record.request}
                  ${
                    record.private || !Object.keys(record.parameters).length
                      ? nothing
                      : html`<span class="quiet small" dir="auto"
                          >${inPairs(record.parameters)}</span
                        >`
                  }
                </td>
                <td>
                  <span
                    class="mark ${record.outcome === "done" ? "good" : "bad"}"
                    >${this.say(`outcome_${record.outcome}`)}</span
                  >
                  ${
                    record.reason
                      ? html`<span class="quiet small">${record.reason}</span>`
                      : nothing
                  }
                </td>
                <td class="number">
                  ${this.say("ms", {
                    number: inDigits(this.hass, record.duration_ms),
                  })}
                </td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  #who({ name, caller, model }: Record): string {
    return [name ?? this.say(`caller_${caller}`), model]
      .filter(Boolean)
      .join(" · ");
  }

  #save = (): void => {
    if (this._state.is !== "answered") return;
    downloadCsv(
      "encore-audit",
      [
        "at",
        "caller",
        "name",
        "model",
        "interface",
        "type",
        "request",
        "outcome",
        "reason",
        "duration_ms",
      ],
      this._state.answer.records.map((each) => [
        each.at,
        each.caller,
        each.name,
        each.model,
        each.interface,
        each.type,
        each.request,
        each.outcome,
        each.reason,
        each.duration_ms,
      ]),
    );
  };
}

/** Return what was given with a question in short. */
const inPairs = (given: object): string =>
  Object.entries(given)
    .map(
      ([name, value]) =>
        `${name}: ${typeof value === "object" ? JSON.stringify(value) : String(value)}`,
    )
    .join(", ");

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-audit": ManageAudit;
  }
}
