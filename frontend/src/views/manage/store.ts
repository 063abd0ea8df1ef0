import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { act, command } from "../../requests.ts";
import "../../elements/dialog.ts";
import { shown } from "../../elements/states.ts";
import { inDigits, momentOf } from "../../format.ts";
import { fetchOverview, type Overview } from "./overview.ts";
import { Section } from "./section.ts";

interface Forgotten {
  id: number;
  requested_at: string;
  /** Null where it is of listeners whom nobody else may hear of. */
  play_count: number | null;
  minutes: number | null;
  undo_until: string | null;
  undone_at: string | null;
  reimport_allowed_at: string | null;
  removed_at: string | null;
}

interface Store {
  store: Overview["store"];
  forgotten: Forgotten[];
}

const MB = 1024 ** 2;

/** What the history holds, how long, and what can be done with all of it. */
@customElement("encore-manage-store")
export class ManageStore extends Section<Store> {
  @state() private _asks = false;

  protected override async fetch(): Promise<Store> {
    const [{ store }, { deletions: forgotten }] = await Promise.all([
      fetchOverview(this.hass),
      command<{ deletions: Forgotten[] }>(this.hass, "get_deletions"),
    ]);
    return { store, forgotten };
  }

  protected override render(): TemplateResult {
    return html`${shown(this._state, (store) => this.#store(store), {
      waiting: this.say("waiting"),
      lines: 8,
    })}
    ${
      this._asks
        ? html`<encore-dialog
            .hass=${this.hass}
            heading=${this.say("rebuild")}
            @closed=${() => (this._asks = false)}
          >
            <p>${this.say("rebuild_more")}</p>
            <button
              slot="actions"
              class="button main"
              @click=${() => {
                this._asks = false;
                void this.carryOut(
                  () => act(this.hass, "rebuild_history"),
                  this.say("rebuilt"),
                );
              }}
            >
              ${this.say("rebuild")}
            </button>
          </encore-dialog>`
        : nothing
    }`;
  }

  #store({ store, forgotten }: Store): TemplateResult {
    const number = (value: number): string => inDigits(this.hass, value);
    const kept = Object.entries(store.kept_days);
    const rows: [string, string][] = [
      ["store_kind", this.say(`store_${store.kind}`)],
      [
        "size",
        store.bytes === null
          ? "–"
          : this.say("mb", {
              number: inDigits(this.hass, store.bytes / MB, 1),
            }),
      ],
      ["plays_kept", number(store.plays)],
      ...Object.entries(store.observations).map(
        ([source, count]): [string, string] => [
          `seen_${source}`,
          number(count),
        ],
      ),
      [
        "kept",
        kept.length
          ? kept
              .map(([kind, days]) =>
                this.say("kept_for", {
                  kind: this.say(`kept_${kind}`),
                  days: number(days),
                  count: days,
                }),
              )
              .join(", ")
          : this.say("for_ever"),
      ],
      [
        "last_backup",
        store.last_backup ? momentOf(this.hass, store.last_backup) : "–",
      ],
    ];
    return html`<div class="grid">
      <section class="surface">
        <h2>${this.say("section_store")}</h2>
        <table>
          <tbody>
            ${rows.map(
              ([name, value]) =>
                html`<tr>
                  <th scope="row">${this.say(name)}</th>
                  <td>${value}</td>
                </tr>`,
            )}
          </tbody>
        </table>
        <div class="line" style="margin: 16px 0 0">
          <span></span>
          <a class="button" href="/config/backup">${this.say("backups")}</a>
          <a class="button" href="/config/integrations/integration/encore"
            >${this.say("retention")}</a
          >
          <button class="button" @click=${() => (this._asks = true)}>
            ${this.say("rebuild")}
          </button>
        </div>
      </section>
      <section class="surface">
        <h2>${this.say("forgotten")}</h2>
        ${
          forgotten.length
            ? html`<table>
                <tbody>
                  ${forgotten.map((each) => this.#forgotten(each))}
                </tbody>
              </table>`
            : html`<p class="quiet">${this.say("nothing_forgotten")}</p>`
        }
      </section>
    </div>`;
  }

  #forgotten(each: Forgotten): TemplateResult {
    const status = each.undone_at
      ? "undone"
      : each.reimport_allowed_at
        ? "lifted"
        : each.removed_at
          ? "removed"
          : "waits";
    return html`<tr>
      <th scope="row">
        <time>${momentOf(this.hass, each.requested_at)}</time>
      </th>
      <td>
        ${
          each.play_count === null
            ? this.say("not_told")
            : this.say("count_plays", {
                number: inDigits(this.hass, each.play_count),
                count: each.play_count,
              })
        }
        <span class="quiet">${this.say(`forgotten_${status}`)}</span>
      </td>
      <td>
        ${
          status === "waits"
            ? html`<button
                class="button"
                @click=${() =>
                  this.carryOut(
                    () => act(this.hass, "undo_deletion", { id: each.id }),
                    this.say("undone"),
                  )}
              >
                ${this.say("undo")}
              </button>`
            : status === "removed"
              ? html`<button
                  class="button"
                  @click=${() =>
                    this.carryOut(
                      () =>
                        command(this.hass, "allow_reimport", { id: each.id }),
                      this.say("reimport_allowed"),
                    )}
                >
                  ${this.say("allow_reimport")}
                </button>`
              : nothing
        }
      </td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-store": ManageStore;
  }
}
