import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { command, inWords } from "../../requests.ts";
import { CalmElement } from "../../elements/calm.ts";
import "../../elements/cover.ts";
import { icon } from "../../elements/icons.ts";
import { notify } from "../../elements/notify.ts";
import { momentOf } from "../../format.ts";
import { playersOf } from "../../players.ts";
import { addressOf, type Play } from "../history/plays.ts";
import { heading } from "./look.ts";
import { varied } from "./today.ts";

const SHOWN = 12;

/** What was heard last, to be played again, where it is wanted. */
@customElement("encore-now-again")
export class NowAgain extends CalmElement {
  /** The newest first. */
  @property({ attribute: false }) plays: Play[] = [];

  @state() private _onto = "";

  protected override words = "now" as const;

  static override styles = [
    ...CalmElement.styles,
    heading,
    css`
      :host {
        display: block;
        margin-bottom: 28px;
      }
      .last {
        list-style: none;
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(132px, 148px);
        gap: 16px;
        overflow-x: auto;
        scrollbar-width: none;
        padding: 4px 4px 8px;
        margin: 0 -4px;
        scroll-snap-type: x proximity;
        scroll-padding-inline: 4px;
      }
      .last button {
        display: block;
        width: 100%;
        padding: 0;
        text-align: start;
        position: relative;
        scroll-snap-align: start;
        border-radius: 10px;
        --encore-cover: 100%;
        --encore-cover-radius: 10px;
      }
      .last encore-cover {
        aspect-ratio: 1;
        height: auto;
        margin-bottom: 8px;
        box-shadow: 0 2px 10px rgb(0 0 0 / 16%);
      }
      .last span {
        display: block;
      }
      .last .art {
        position: relative;
      }
      .last .sign {
        position: absolute;
        bottom: 8px;
        inset-inline-end: 8px;
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        border-radius: 50%;
        background: var(--primary-color, #03a9f4);
        color: var(--text-primary-color, #fff);
        opacity: 0;
        transition: opacity 0.15s;
      }
      .last .sign svg {
        fill: currentColor;
      }
      .last button:is(:hover, :focus-visible) .sign {
        opacity: 1;
      }
      @media (hover: none) {
        .last .sign {
          opacity: 0.9;
        }
      }
    `,
  ];

  protected override render(): TemplateResult | typeof nothing {
    const again = varied(
      this.plays.filter((play) => addressOf(play.uri)),
      SHOWN,
    );
    if (!again.length) return nothing;
    const rooms = playersOf(this.hass).filter((player) => player.isRoom);
    return html`<section>
      <div class="head">
        <h2>${this.say("play_again")}</h2>
        ${
          rooms.length
            ? html`<label
                ><span class="unseen">${this.say("onto")}</span
                ><select
                  @change=${(event: Event) =>
                    (this._onto = (event.target as HTMLSelectElement).value)}
                >
                  <option value="">${this.say("onto_usual")}</option>
                  ${rooms.map(
                    ({ name }) => html`<option value=${name}>${name}</option>`,
                  )}
                </select></label
              >`
            : nothing
        }
      </div>
      <ul class="last">
        ${again.map(
          (play) =>
            html`<li>
              <button
                title=${this.say("heard_when", {
                  title: play.title,
                  moment: momentOf(this.hass, play.started_at),
                })}
                @click=${() => this.#play(play)}
              >
                <span class="art"
                  ><encore-cover
                    .hass=${this.hass}
                    .uri=${play.uri}
                    .name=${play.album || play.artists[0] || play.title}
                  ></encore-cover
                  ><span class="sign">${icon("play")}</span></span
                >
                <span class="one-line" dir="auto">${play.title}</span>
                <span class="quiet small one-line" dir="auto"
                  >${play.artists.join(", ")}</span
                >
              </button>
            </li>`,
        )}
      </ul>
    </section>`;
  }

  async #play(play: Play): Promise<void> {
    try {
      const { speech } = await command<{ speech: string }>(
        this.hass,
        "play_media",
        {
          item: play.uri,
          ...(this._onto ? { room: this._onto } : {}),
        },
      );
      notify(this, speech);
    } catch (error) {
      notify(this, inWords(error));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-now-again": NowAgain;
  }
}
