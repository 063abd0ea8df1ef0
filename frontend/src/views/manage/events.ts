import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { downloadCsv } from "../../csv.ts";
import "../../elements/dialog.ts";
import { icon } from "../../elements/icons.ts";
import { shown, notice } from "../../elements/states.ts";
import { inDigits, momentOf } from "../../format.ts";
import { Section } from "./section.ts";

const KINDS = [
  "entry",
  "login",
  "link",
  "notice",
  "spotify",
  "speaker",
  "store",
  "job",
  "forgetting",
] as const;
const LIMIT = 500;
const TYPED_MS = 250;

interface Happening {
  at: string;
  kind: (typeof KINDS)[number];
  what: string;
  about: string | null;
  detail: string | null;
}

interface Events {
  count: number;
  events: Happening[];
}

/** What happened to Encore itself in the last 30 days. */
@customElement("encore-manage-events")
export class ManageEvents extends Section<Events> {
  @state() private _kind = "";
  @state() private _text = "";
  @state() private _asks = false;

  protected override fetch(): Promise<Events> {
    return this.hass.connection.sendMessagePromise({
      type: "encore/events",
      limit: LIMIT,
      language: this.hass.language,
      ...(this._kind ? { kind: [this._kind] } : {}),
      ...(this._text ? { text: this._text } : {}),
    });
  }

  #typed: ReturnType<typeof setTimeout> | undefined;

  protected override render(): TemplateResult {
    return html`<section class="surface">
        <div class="line">
          <h2>${this.say("section_events")}</h2>
          <label
            ><span class="unseen">${this.say("kind")}</span>
            <select
              @change=${(event: Event) => {
                this._kind = (event.target as HTMLSelectElement).value;
                void this.look();
              }}
            >
              <option value="">${this.say("every_event")}</option>
              ${KINDS.map(
                (kind) =>
                  html`<option value=${kind}>
                    ${this.say(`event_${kind}`)}
                  </option>`,
              )}
            </select></label
          >
          <label
            ><span class="unseen">${this.say("search")}</span
            ><input
              type="search"
              placeholder=${this.say("search")}
              @input=${(event: Event) => {
                this._text = (event.target as HTMLInputElement).value;
                clearTimeout(this.#typed);
                this.#typed = setTimeout(() => void this.look(), TYPED_MS);
              }}
          /></label>
          <button
            class="icon-button"
            aria-label=${this.say("as_csv")}
            title=${this.say("as_csv")}
            @click=${this.#save}
          >
            ${icon("download")}
          </button>
          <button class="button" @click=${() => (this._asks = true)}>
            ${this.say("purge")}
          </button>
        </div>
        ${shown(this._state, (events) => this.#events(events), {
          waiting: this.say("waiting"),
          lines: 10,
        })}
      </section>
      ${
        this._asks
          ? html`<encore-dialog
              .hass=${this.hass}
              heading=${this.say("purge")}
              @closed=${() => (this._asks = false)}
            >
              <p>${this.say("purge_more")}</p>
              <button
                slot="actions"
                class="button danger"
                @click=${() => {
                  this._asks = false;
                  void this.carryOut(
                    () =>
                      this.hass.connection.sendMessagePromise({
                        type: "encore/purge_events",
                      }),
                    this.say("purged"),
                  );
                }}
              >
                ${this.say("purge")}
              </button>
            </encore-dialog>`
          : nothing
      }`;
  }

  #events({ count, events }: Events): TemplateResult {
    if (!events.length) return notice("music", this.say("nothing_happened"));
    return html`<p class="quiet">
        ${this.say("events_found", {
          number: inDigits(this.hass, count),
          count,
        })}
      </p>
      <div
        class="scroll"
        tabindex="0"
        role="region"
        aria-label=${this.say("section_events")}
      >
        <table>
          <thead>
            <tr>
              ${["when", "event", "about", "detail"].map(
                (column) => html`<th scope="col">${this.say(column)}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${events.map(
              (each) =>
                html`<tr>
                  <td><time>${momentOf(this.hass, each.at)}</time></td>
                  <td>${this.say(`happened_${each.kind}_${each.what}`)}</td>
                  <td dir="auto">${each.about ?? "–"}</td>
                  <td class="quiet">${each.detail ?? ""}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  #save = (): void => {
    if (this._state.is !== "answered") return;
    downloadCsv(
      "encore-events",
      ["at", "kind", "what", "about", "detail"],
      this._state.answer.events.map((each) => [
        each.at,
        each.kind,
        each.what,
        each.about,
        each.detail,
      ]),
    );
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-events": ManageEvents;
  }
}
