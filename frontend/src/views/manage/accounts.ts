import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { command } from "../../requests.ts";
import "../../elements/cover.ts";
import { shown, notice } from "../../elements/states.ts";
import { momentOf, shortDayOf } from "../../format.ts";
import { fetchOverview, type Account, type Overview } from "./overview.ts";
import { Section } from "./section.ts";

const SETTINGS = "/config/integrations/integration/encore";

/** The accounts of the house: how their logins are, what they allow, whether they are recorded, and who may hear of them. */
@customElement("encore-manage-accounts")
export class ManageAccounts extends Section<Overview> {
  protected override every = 60_000;

  protected override fetch(): Promise<Overview> {
    return fetchOverview(this.hass);
  }

  protected override render(): TemplateResult {
    return shown(this._state, ({ accounts }) => this.#accounts(accounts), {
      waiting: this.say("waiting"),
      lines: 8,
    });
  }

  #accounts(accounts: Account[]): TemplateResult {
    if (!accounts.length) return notice("person", this.say("no_accounts"));
    return html`<div class="grid">
      ${accounts.map((account) => this.#account(account))}
    </div>`;
  }

  #account(account: Account): TemplateResult {
    const { token, recording } = account;
    const rows: [string, TemplateResult | string][] = [
      ["state", this.#state(account)],
      [
        "login_ends",
        token?.login_ends ? shortDayOf(this.hass, token.login_ends) : "–",
      ],
      [
        "token_until",
        token?.expires_at ? momentOf(this.hass, token.expires_at) : "–",
      ],
      ["access", this.say(`access_${account.access}`)],
      ["permissions", this.#permissions(account)],
      ["shared_with", this.say(`privacy_${account.privacy}`)],
      [
        "recording",
        recording === null
          ? "–"
          : this.say(recording ? "is_recording" : "is_paused"),
      ],
    ];
    return html`<section class="surface">
      <div class="line">
        <encore-cover
          round
          .hass=${this.hass}
          .name=${account.listener}
        ></encore-cover>
        <h2 dir="auto">${account.listener}</h2>
        ${
          recording === null
            ? nothing
            : html`<button
                class="button"
                @click=${() =>
                  this.carryOut(() =>
                    command(
                      this.hass,
                      recording ? "pause_recording" : "resume_recording",
                      {
                        listener: account.listener,
                      },
                    ),
                  )}
              >
                ${this.say(recording ? "pause" : "resume")}
              </button>`
        }
        <a class="button" href=${SETTINGS}>${this.say("settings")}</a>
      </div>
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
    </section>`;
  }

  #state(account: Account): TemplateResult {
    const health = account.token?.health ?? "login_needed";
    const works = account.state === "loaded" && health !== "login_needed";
    const why = account.reason ?? "";
    return html`<span class="mark ${works ? "good" : "bad"}"
        >${this.say(works ? "works" : health === "login_needed" ? "login_needed" : "does_not_work")}</span
      >
      ${why ? html`<span class="quiet">${why}</span>` : nothing}`;
  }

  #permissions({ permissions, missing_scopes }: Account): string {
    const granted = (permissions ?? [])
      .map((name) => this.say(`permission_${name}`))
      .join(", ");
    return missing_scopes?.length
      ? this.say("missing", { granted, missing: missing_scopes.join(", ") })
      : granted || "–";
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-accounts": ManageAccounts;
  }
}
