import {
  css,
  html,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { command, inWords } from "../../requests.ts";
import "../../elements/cover.ts";
import "../../elements/dialog.ts";
import { EncoreElement } from "../../elements/element.ts";
import { icon } from "../../elements/icons.ts";
import { notice, waiting } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { notify } from "../../elements/notify.ts";
import { asPosition, dayOf, inDigits, timeOf } from "../../format.ts";
import { playersOf } from "../../players.ts";
import { observed, type Observation } from "./observed.ts";
import { addressOf, type Play } from "./plays.ts";

interface Details extends Omit<Play, "rooms"> {
  rooms: { room: string; from: string; to: string }[];
  volumes: { room: string; at: string; percent: number }[];
  ms_played: number;
  duration_ms: number | null;
  observations: Observation[];
}

/** All that is known of one play. Sends `closed`, and `forget` and `replay` for what is asked of it. */
@customElement("encore-play-details")
export class PlayDetails extends EncoreElement {
  /** The play as a list has it, if it comes from one. */
  @property({ attribute: false }) play: Play | undefined;
  /** The id by which it is looked up. */
  @property() of = "";
  @property({ type: Boolean }) administrator = false;

  @state() private _details: Details | undefined;
  @state() private _refused = "";
  @state() private _onto = "";

  protected override words = "history" as const;

  static override styles = [
    ...EncoreElement.styles,
    states,
    css`
      .head {
        display: flex;
        gap: 16px;
        align-items: center;
        --encore-cover: 96px;
        --encore-cover-radius: 10px;
      }
      .head > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .name {
        font-size: var(--ha-font-size-xl, 20px);
        font-weight: var(--ha-font-weight-medium, 500);
        line-height: 1.25;
      }
      .do {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        padding: 16px 0 4px;
      }
      .do .button,
      .do select {
        min-height: 40px;
      }
      .do label {
        display: contents;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(84px, max-content) minmax(0, 1fr);
        gap: 6px 16px;
        margin: 12px 0;
      }
      dt {
        color: var(--secondary-text-color, #727272);
      }
      dd {
        margin: 0;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      h3 {
        margin: 16px 0 4px;
      }
      .spans {
        display: grid;
        grid-template-columns:
          minmax(0, max-content) minmax(60px, 1fr)
          max-content;
        gap: 6px 12px;
        align-items: center;
      }
      .track {
        position: relative;
        height: 10px;
        border-radius: 5px;
        background: color-mix(in srgb, currentColor 10%, transparent);
      }
      .track i {
        position: absolute;
        inset-block: 0;
        border-radius: 5px;
        background: var(--primary-color, #03a9f4);
        min-width: 4px;
      }
      .observations {
        list-style: none;
        margin: 0;
        padding: 0;
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues): void {
    // Going back and forth may lead from one play to another.
    if (changed.has("of")) void this.#look(this.of);
  }

  async #look(of: string): Promise<void> {
    this._details = undefined;
    this._refused = "";
    if (!of) return;
    try {
      const details = await this.hass.connection.sendMessagePromise<Details>({
        type: "encore/play",
        play: of,
        language: this.hass.language,
      });
      if (of === this.of) this._details = details;
    } catch (error) {
      if (of === this.of) this._refused = inWords(error);
    }
  }

  protected override render(): TemplateResult {
    const play = this._details ?? this.play;
    return html`<encore-dialog
      .hass=${this.hass}
      heading=${this.say("details")}
      @closed=${() => this.dispatchEvent(new Event("closed"))}
    >
      ${play ? this.#head(play) : nothing}
      ${
        this._details
          ? this.#all(this._details)
          : this._refused
            ? notice("warning", this._refused)
            : this.of
              ? waiting(this.say("waiting"))
              : html`<p class="quiet">${this.say("still_on")}</p>`
      }
    </encore-dialog>`;
  }

  #head(play: Play | Details): TemplateResult {
    const address = addressOf(play.uri);
    return html`<div class="head">
        <encore-cover
          .hass=${this.hass}
          .uri=${play.uri}
          .name=${play.album || play.artists[0] || play.title}
        ></encore-cover>
        <div>
          <p class="name" dir="auto">${play.title}</p>
          <p dir="auto">${play.artists.join(", ") || play.station}</p>
          <p class="quiet" dir="auto">${play.album}</p>
        </div>
      </div>
      <div class="do">
        ${
          address
            ? html`<button class="button main" @click=${this.#again}>
                  ${icon("play")}${this.say("play_again")}
                </button>
                ${this.#where()}`
            : nothing
        }
        ${
          play.in_progress
            ? nothing
            : html`<button class="button" @click=${() => this.#ask("replay")}>
                ${icon("again")}${this.say("replay")}
              </button>`
        }
        ${
          address
            ? html`<a
                class="button"
                href=${address}
                target="_blank"
                rel="noreferrer"
                >${icon("open")}${this.say("open_in_spotify")}</a
              >`
            : nothing
        }
        ${
          this.administrator && play.id
            ? html`<button
                class="button danger"
                @click=${() => this.#ask("forget")}
              >
                ${icon("trash")}${this.say("forget")}
              </button>`
            : nothing
        }
      </div>`;
  }

  #where(): TemplateResult | typeof nothing {
    const rooms = playersOf(this.hass).filter((player) => player.isRoom);
    if (!rooms.length) return nothing;
    return html`<label
      ><span class="unseen">${this.say("onto")}</span
      ><select
        @change=${(event: Event) =>
          (this._onto = (event.target as HTMLSelectElement).value)}
      >
        <option value="">${this.say("onto_usual")}</option>
        ${rooms.map(({ name }) => html`<option value=${name}>${name}</option>`)}
      </select></label
    >`;
  }

  #all(play: Details): TemplateResult {
    const { hass } = this;
    const device = play.device;
    const context = addressOf(play.context_uri);
    const kind = play.context_uri?.split(":")[1] ?? "";
    return html`<dl>
        <dt>${this.say("when")}</dt>
        <dd>
          ${this.say("from_until", {
            day: dayOf(hass, play.started_at),
            from: timeOf(hass, play.started_at),
            until: timeOf(hass, play.ended_at),
          })}
        </dd>
        <dt>${this.say("heard")}</dt>
        <dd>
          ${
            play.duration_ms
              ? this.say("heard_of", {
                  heard: asPosition(play.ms_played / 1000),
                  length: asPosition(play.duration_ms / 1000),
                })
              : asPosition(play.ms_played / 1000)
          }${play.skipped ? html` · ${this.say("skipped")}` : nothing}
        </dd>
        <dt>${this.say("listener")}</dt>
        <dd dir="auto">${play.listener}</dd>
        ${
          device
            ? html`<dt>${this.say("device")}</dt>
                <dd dir="auto">${device}</dd>`
            : nothing
        }
        ${
          play.context_uri
            ? html`<dt>${this.say("context")}</dt>
                <dd>
                  ${
                    context
                      ? html`<a href=${context} target="_blank" rel="noreferrer"
                          >${this.say(`context_${kind}`)}</a
                        >`
                      : play.context_uri
                  }
                </dd>`
            : nothing
        }
      </dl>
      ${play.rooms.length ? this.#rooms(play) : nothing}
      <h3>
        ${this.say("rests_on", {
          count: play.observations.length,
          number: inDigits(hass, play.observations.length),
        })}
      </h3>
      <ul class="observations">
        ${play.observations.map((each) =>
          observed(hass, each, play, (key, values) => this.say(key, values)),
        )}
      </ul>`;
  }

  #rooms(play: Details): TemplateResult {
    const start = Date.parse(play.started_at);
    const length = Math.max(1, Date.parse(play.ended_at) - start);
    const share = (moment: string): number =>
      Math.max(0, Math.min(100, ((Date.parse(moment) - start) / length) * 100));
    return html`<h3>${this.say("rooms")}</h3>
      <div class="spans">
        ${play.rooms.map(({ room, from, to }) => {
          const loud = play.volumes.filter((each) => each.room === room);
          return html`<span dir="auto">${room}</span
            ><span class="track" aria-hidden="true"
              ><i
                style="inset-inline-start: ${share(from)}%; width: ${share(to) - share(from)}%"
              ></i></span
            ><span class="quiet number small"
              >${this.say("between", {
                from: timeOf(this.hass, from),
                until: timeOf(this.hass, to),
              })}${
                loud.length
                  ? html` ·
                    ${loud
                      .map((each) => `${each.percent} %`)
                      .filter((each, at, all) => each !== all[at - 1])
                      .join(" → ")}`
                  : nothing
              }</span
            >`;
        })}
      </div>`;
  }

  #ask(what: "forget" | "replay"): void {
    this.dispatchEvent(
      new CustomEvent(what, { detail: this._details ?? this.play }),
    );
  }

  #again = async (): Promise<void> => {
    const play = this._details ?? this.play;
    if (!play) return;
    try {
      const result = await command<{ speech: string }>(
        this.hass,
        "play_media",
        {
          item: play.uri,
          ...(this._onto ? { room: this._onto } : {}),
        },
      );
      notify(this, result.speech);
    } catch (error) {
      notify(this, inWords(error));
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-play-details": PlayDetails;
  }
}
