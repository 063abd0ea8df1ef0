/** The dialogs of what is done with a play: forget it, and hear it again with what followed. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import {
  act,
  asRefusal,
  command,
  inWords,
  type Parameters,
} from "../../requests.ts";
import "../../elements/dialog.ts";
import { EncoreElement } from "../../elements/element.ts";
import { notice, waiting } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { notify } from "../../elements/notify.ts";
import { inDigits, inHours, timeOf } from "../../format.ts";
import { placesOf } from "../../players.ts";
import type { Play } from "./plays.ts";

export interface Forgotten {
  play_count: number;
  undo_id: number;
  undo_until: string;
}

interface Counted {
  play_count: number;
  minutes: number;
}

/** All plays that a rule is about, and what they are called together. */
export interface Many {
  title: string;
  rule: Parameters;
}

/** Says what goes when a play, or many, are forgotten, and forgets them. Sends `closed`, and `forgotten` with a Forgotten. */
@customElement("encore-forget-dialog")
export class ForgetDialog extends EncoreElement {
  @property({ attribute: false }) play: Play | undefined;
  @property({ attribute: false }) many: Many | undefined;

  @state() private _keepAway = true;
  /** What many are, once that is counted. */
  @state() private _counted: Counted | undefined;
  @state() private _busy = false;
  @state() private _refused = "";

  protected override words = "history" as const;

  static override styles = [
    ...EncoreElement.styles,
    css`
      p {
        margin: 0 0 12px;
      }
      label {
        display: flex;
        gap: 12px;
        align-items: flex-start;
        min-height: 40px;
        cursor: pointer;
      }
      input {
        min-height: 0;
        width: 20px;
        height: 20px;
        margin: 2px 0 0;
        flex: none;
        accent-color: var(--primary-color, #03a9f4);
      }
      .error {
        color: var(--error-color, #db4437);
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.many) void this.#count(this.many);
  }

  async #count({ rule }: Many): Promise<void> {
    try {
      this._counted = await act<Counted>(this.hass, "delete_plays", {
        ...rule,
        preview: true,
      });
    } catch (error) {
      this._refused = inWords(error);
    }
  }

  get #what(): string {
    const { play, many, _counted: counted } = this;
    if (play)
      return this.say("forget_what", {
        title: play.title,
        listener: play.listener,
        time: timeOf(this.hass, play.started_at),
      });
    if (!many || !counted) return this._refused ? "" : this.say("waiting");
    return this.say("forget_many", {
      title: many.title,
      count: counted.play_count,
      number: inDigits(this.hass, counted.play_count),
      time: inHours(this.hass, counted.minutes),
    });
  }

  protected override render(): TemplateResult {
    return html`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(this.many ? "forget_these" : "forget_this")}
      @closed=${() => this.dispatchEvent(new Event("closed"))}
    >
      <p dir="auto" aria-live="polite">${this.#what}</p>
      <p class="quiet">${this.say("forget_more")}</p>
      <label
        ><input
          type="checkbox"
          .checked=${this._keepAway}
          @change=${(event: Event) =>
            (this._keepAway = (event.target as HTMLInputElement).checked)}
        /><span
          >${this.say("keep_away")}<br /><span class="quiet small"
            >${this.say("keep_away_more")}</span
          ></span
        ></label
      >
      ${this._refused ? html`<p class="error" role="alert">${this._refused}</p>` : nothing}
      <button
        slot="actions"
        class="button"
        @click=${() => this.dispatchEvent(new Event("closed"))}
      >
        ${this.say("cancel")}
      </button>
      <button
        slot="actions"
        class="button danger"
        ?disabled=${this._busy || (!!this.many && !this._counted?.play_count)}
        @click=${this.#forget}
      >
        ${this.say("forget_it")}
      </button>
    </encore-dialog>`;
  }

  #forget = async (): Promise<void> => {
    this._busy = true;
    try {
      const forgotten = await act<Forgotten>(this.hass, "delete_plays", {
        ...(this.many?.rule ?? { play_ids: [this.play?.id] }),
        block_reimport: this._keepAway,
        // Whoever is here has read how many they are.
        confirm: true,
      });
      this.dispatchEvent(new CustomEvent("forgotten", { detail: forgotten }));
    } catch (error) {
      this._refused = inWords(error);
      this._busy = false;
    }
  };
}

interface Again {
  play_count: number;
  plays: { title: string; seconds_played: number }[];
  not_found: { title: string; reason: string }[];
  target_room: { room: string; volume: number | null }[];
  problem: string | null;
  speech: string;
}

/** Says what plays when a stretch of the history is heard again, and plays it. Sends `closed`. */
@customElement("encore-replay-dialog")
export class ReplayDialog extends EncoreElement {
  /** What is heard again, oldest first. */
  @property({ attribute: false }) heard: Play[] = [];

  @state() private _onto = "";
  @state() private _withGroup = true;
  @state() private _busy = false;
  @state() private _again: Again | undefined;
  @state() private _refused = "";
  /** Whether nobody knows where it played, so that a place has to be chosen. */
  @state() private _nowhere = false;

  protected override words = "history" as const;

  static override styles = [
    ...EncoreElement.styles,
    states,
    css`
      p {
        margin: 0 0 12px;
      }
      label {
        display: flex;
        gap: 12px;
        align-items: center;
        min-height: 44px;
      }
      input {
        min-height: 0;
        width: 20px;
        height: 20px;
        accent-color: var(--primary-color, #03a9f4);
      }
      ol {
        margin: 12px 0;
        padding-inline-start: 28px;
        max-height: 240px;
        overflow: auto;
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#rehearse();
  }

  get #asked(): object {
    const [first] = this.heard;
    const last = this.heard.at(-1);
    return {
      start_time: first?.started_at,
      end_time: last?.ended_at,
      listener: first?.listener,
      with_group: this._withGroup && !this._onto,
      ...(this._onto ? { target_room: this._onto } : {}),
    };
  }

  async #rehearse(): Promise<void> {
    this._again = undefined;
    this._refused = "";
    const asked = this.#asked;
    const wanted = JSON.stringify(asked);
    try {
      const again = await command<Again>(this.hass, "replay", {
        ...asked,
        preview: true,
      });
      if (wanted === JSON.stringify(this.#asked)) this._again = again;
    } catch (error) {
      if (wanted !== JSON.stringify(this.#asked)) return;
      const { code, message } = asRefusal(error);
      if (code === "unknown_replay_room") this._nowhere = true;
      this._refused =
        code === "unknown_replay_room" ? this.say("replay_nowhere") : message;
    }
  }

  protected override render(): TemplateResult {
    const again = this._again;
    return html`<encore-dialog
      .hass=${this.hass}
      heading=${this.say("replay")}
      @closed=${() => this.dispatchEvent(new Event("closed"))}
    >
      <label
        >${this.say("onto")}
        <select
          @change=${(event: Event) => {
            this._onto = (event.target as HTMLSelectElement).value;
            void this.#rehearse();
          }}
        >
          <option value="">
            ${this.say(this._nowhere ? "choose_place" : "onto_then")}
          </option>
          ${placesOf(this.hass).map((name) => html`<option value=${name}>${name}</option>`)}
        </select>
      </label>
      <label
        ><input
          type="checkbox"
          .checked=${this._withGroup}
          ?disabled=${!!this._onto || this._nowhere}
          @change=${(event: Event) => {
            this._withGroup = (event.target as HTMLInputElement).checked;
            void this.#rehearse();
          }}
        />${this.say("with_group")}</label
      >
      <div aria-live="polite">
        ${
          this._refused
            ? notice("warning", this._refused)
            : again
              ? this.#rehearsed(again)
              : waiting(this.say("waiting"), 3)
        }
      </div>
      <button
        slot="actions"
        class="button"
        @click=${() => this.dispatchEvent(new Event("closed"))}
      >
        ${this.say("cancel")}
      </button>
      <button
        slot="actions"
        class="button main"
        ?disabled=${this._busy || !again?.play_count || !!again.problem}
        @click=${this.#play}
      >
        ${this.say("replay_it")}
      </button>
    </encore-dialog>`;
  }

  #rehearsed(again: Again): TemplateResult {
    const seconds = again.plays.reduce(
      (sum, play) => sum + play.seconds_played,
      0,
    );
    return html`<p>${again.speech}</p>
      ${
        again.play_count
          ? html`<p class="quiet number">
              ${this.say("replay_total", {
                count: again.play_count,
                number: inDigits(this.hass, again.play_count),
                time: inHours(this.hass, seconds / 60),
              })}
            </p>`
          : nothing
      }
      <ol>
        ${again.plays.map((play) => html`<li dir="auto">${play.title}</li>`)}
      </ol>
      ${
        again.not_found.length
          ? html`<h3>${this.say("not_found")}</h3>
              <ul>
                ${again.not_found.map(
                  (play) =>
                    html`<li dir="auto">
                      ${play.title}
                      <span class="quiet"
                        >${this.say(`missing_${play.reason}`)}</span
                      >
                    </li>`,
                )}
              </ul>`
          : nothing
      }`;
  }

  #play = async (): Promise<void> => {
    this._busy = true;
    try {
      const { speech } = await command<Again>(this.hass, "replay", {
        ...this.#asked,
      });
      notify(this, speech);
      this.dispatchEvent(new Event("closed"));
    } catch (error) {
      this._refused = inWords(error);
    }
    this._busy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-forget-dialog": ForgetDialog;
    "encore-replay-dialog": ReplayDialog;
  }
}
