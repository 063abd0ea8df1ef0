import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { Followed, type Parameters } from "../../requests.ts";
import { inAmount } from "../../drawings/amount.ts";
import type { By, Total } from "../../drawings/answers.ts";
import "../../elements/cover.ts";
import "../../elements/dialog.ts";
import { EncoreElement } from "../../elements/element.ts";
import { icon } from "../../elements/icons.ts";
import { shown } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { parametersOf, type Filters } from "../../filters.ts";
import { inDigits, inHours, momentOf } from "../../format.ts";
import type { Chosen } from "./section.ts";

interface Count {
  total: Total;
  rank: number | null;
  rank_of: number;
}

interface PlayedAt {
  started_at: string;
  listener: string | null;
  rooms: string[];
}

interface WhenPlayed {
  total: Total;
  first: PlayedAt | null;
  last: PlayedAt | null;
}

const TYPES = {
  artists: "artist",
  tracks: "track",
  albums: "album",
  shows: "show",
} as const;

/** What the history knows of something that was chosen from a list. Sends `closed`. */
@customElement("encore-insights-thing")
export class LookedUp extends EncoreElement {
  @property({ attribute: false }) chosen!: Chosen;
  @property({ attribute: false }) filters!: Filters;
  @property() usual = "";
  @property() by: By = "plays";

  protected override words = "insights" as const;

  static override styles = [
    ...EncoreElement.styles,
    states,
    css`
      .head {
        display: flex;
        gap: 16px;
        align-items: center;
        padding-bottom: 12px;
        --encore-cover: 96px;
        --encore-cover-radius: 10px;
      }
      .head > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 8px 20px;
        margin: 0;
      }
      dd {
        margin: 0;
        text-align: end;
        overflow-wrap: anywhere;
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  #count = new Followed<Count>(this, () => ({
    hass: this.hass,
    question: "get_play_count",
    parameters: {
      ...parametersOf(this.filters, this.usual),
      ...this.#thing,
      by: this.by,
    },
  }));

  #played = new Followed<WhenPlayed>(this, () => {
    const { listener, room } = this.filters;
    return {
      hass: this.hass,
      question: "get_first_and_last_play",
      parameters: {
        ...(listener ? { listener } : {}),
        ...(room ? { room } : {}),
        ...this.#thing,
      },
    };
  });

  get #thing(): { item: string; type?: string } & Parameters {
    const { of, entry } = this.chosen;
    if (entry.uri) return { item: entry.uri };
    const thing =
      of === "albums" && entry.artist
        ? `${entry.name} ${entry.artist}`
        : entry.name;
    return { item: thing, type: TYPES[of] };
  }

  protected override render(): TemplateResult {
    const { of, entry } = this.chosen;
    const address = entry.uri && addressOf(entry.uri);
    return html`<encore-dialog
      .hass=${this.hass}
      heading=${this.say(`one_of_${of}`)}
      @closed=${() => this.dispatchEvent(new Event("closed"))}
    >
      <div class="head">
        <encore-cover
          .hass=${this.hass}
          .uri=${entry.uri}
          .artist=${of === "artists" || of === "albums" ? entry.artist : null}
          .album=${of === "albums" ? entry.name : null}
          .show=${of === "shows" ? entry.name : null}
          .name=${entry.name}
          ?round=${of === "artists"}
        ></encore-cover>
        <div>
          <h2 dir="auto">${entry.name}</h2>
          ${
            entry.artist && entry.artist !== entry.name
              ? html`<p class="quiet" dir="auto">${entry.artist}</p>`
              : nothing
          }
        </div>
      </div>
      <dl>
        ${shown(this.#count.state, (count) => this.#counted(count), {
          waiting: this.say("waiting"),
          lines: 2,
        })}
        ${shown(this.#played.state, (played) => this.#when(played), {
          waiting: this.say("waiting"),
          lines: 2,
        })}
      </dl>
      ${
        address
          ? html`<a
              slot="actions"
              class="button"
              href=${address}
              target="_blank"
              rel="noreferrer"
              >${icon("open")}${this.say("open_in_spotify")}</a
            >`
          : nothing
      }
      <button slot="actions" class="button main" @click=${this.#show}>
        ${this.say("show_in_history")}
      </button>
    </encore-dialog>`;
  }

  #counted({ total, rank: place, rank_of: places }: Count): TemplateResult {
    return html`<dt class="quiet">${this.say("in_this_window")}</dt>
      <dd class="number">
        ${inAmount(this.hass, total.play_count, "plays")},
        ${inHours(this.hass, total.minutes)}
      </dd>
      ${
        place
          ? html`<dt class="quiet">${this.say("place")}</dt>
              <dd class="number">
                ${this.say("place_of", {
                  place: inDigits(this.hass, place),
                  places: inDigits(this.hass, places),
                })}
              </dd>`
          : nothing
      }`;
  }

  #when({ total, first, last }: WhenPlayed): TemplateResult {
    return html`<dt class="quiet">${this.say("altogether")}</dt>
      <dd class="number">
        ${inAmount(this.hass, total.play_count, "plays")},
        ${inHours(this.hass, total.minutes)}
      </dd>
      ${this.#moment("first_heard", first)} ${this.#moment("last_heard", last)}`;
  }

  #moment(
    name: string,
    played: PlayedAt | null,
  ): TemplateResult | typeof nothing {
    if (!played) return nothing;
    const where = [played.listener ?? "", ...played.rooms].filter(Boolean);
    return html`<dt class="quiet">${this.say(name)}</dt>
      <dd>
        ${momentOf(this.hass, played.started_at)}
        ${where.length ? html`<div class="quiet small">${where.join(" · ")}</div>` : nothing}
      </dd>`;
  }

  #show = (): void => {
    const { item: thing, type = "" } = this.#thing;
    this.dispatchEvent(new Event("closed"));
    this.dispatchEvent(
      new CustomEvent("encore-go", {
        detail: {
          page: "history",
          filters: {
            window: this.filters.window || (this.#isSpan ? "" : this.usual),
          },
          more: { thing, type },
        },
        bubbles: true,
        composed: true,
      }),
    );
  };

  get #isSpan(): boolean {
    return !!(this.filters.start || this.filters.end);
  }
}

/** Return where Spotify shows something, for a browser. */
const addressOf = (uri: string): string | null => {
  const [, kind, id] = /^spotify:(track|episode):(\w+)$/.exec(uri) ?? [];
  return kind && id ? `https://open.spotify.com/${kind}/${id}` : null;
};
