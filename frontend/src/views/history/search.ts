import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { ask, inWords } from "../../requests.ts";
import "../../elements/cover.ts";
import { EncoreElement } from "../../elements/element.ts";
import { icon } from "../../elements/icons.ts";
import { notice } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { NO_FILTERS, parametersOf, type Filters } from "../../filters.ts";
import { inDigits, shortDayOf } from "../../format.ts";

export interface Found {
  type: string;
  name: string;
  artist: string;
  uri: string | null;
  play_count: number;
  minutes: number;
  last_played: string;
}

interface Answer {
  count: number;
  counts: Record<string, number>;
  found: Found[];
}

const SOON_MS = 180;
const TYPES = ["track", "artist", "album", "show", "episode"];

/** Looks through what was heard while somebody types. Sends `found-picked` with a Found, and `searching` when it begins or ends. */
@customElement("encore-history-search")
export class HistorySearch extends EncoreElement {
  @property({ attribute: false }) filters: Filters = NO_FILTERS;

  @state() private _text = "";
  @state() private _answer: Answer | undefined;
  @state() private _refused = "";

  protected override words = "history" as const;

  static override styles = [
    ...EncoreElement.styles,
    states,
    css`
      :host {
        display: block;
      }
      .field {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 4px 8px 4px 16px;
      }
      .field > svg {
        fill: var(--secondary-text-color, #727272);
        flex: none;
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 44px;
        border: 0;
        background: none;
        padding: 0 4px;
        font-size: var(--ha-font-size-l, 16px);
      }
      input::-webkit-search-cancel-button {
        display: none;
      }
      .found {
        border-top: 1px solid var(--encore-line);
        padding: 4px 0 8px;
      }
      .found h2 {
        font-size: var(--ha-font-size-m, 14px);
        padding: 12px 16px 4px;
        color: var(--secondary-text-color, #727272);
      }
      ul {
        list-style: none;
        margin: 0;
        padding: 0 8px;
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(320px, 100%), 1fr));
      }
      li button {
        display: flex;
        align-items: center;
        gap: 12px;
        width: 100%;
        min-height: 60px;
        padding: 6px 8px;
        border-radius: 8px;
        text-align: start;
      }
      li button:hover {
        background: color-mix(in srgb, currentColor 6%, transparent);
      }
      li span {
        display: block;
      }
      .names {
        flex: 1;
        min-width: 0;
      }
      .often {
        text-align: end;
        white-space: nowrap;
      }
    `,
  ];

  #round = 0;
  #soon: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#soon);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("filters") && this._text) this.#look();
  }

  protected override render(): TemplateResult {
    return html`<div class="field" role="search">
        ${icon("search")}
        <input
          type="search"
          autocomplete="off"
          spellcheck="false"
          placeholder=${this.say("search")}
          aria-label=${this.say("search")}
          .value=${this._text}
          @input=${(event: Event) => {
            this.#type((event.target as HTMLInputElement).value);
          }}
          @keydown=${(event: KeyboardEvent) => {
            if (event.key === "Escape") this.clear();
          }}
        />
        ${
          this._text
            ? html`<button
                class="icon-button"
                aria-label=${this.say("search_end")}
                @click=${() => this.clear()}
              >
                ${icon("close")}
              </button>`
            : nothing
        }
      </div>
      <div role="status" class="unseen">
        ${
          this._answer && this._text
            ? this.say("search_count", {
                count: this._answer.count,
                number: inDigits(this.hass, this._answer.count),
              })
            : nothing
        }
      </div>
      ${this._text.trim() ? this.#found() : nothing}`;
  }

  #found(): TemplateResult | typeof nothing {
    if (this._refused) return notice("warning", this._refused);
    const answer = this._answer;
    if (!answer) return nothing;
    if (!answer.count)
      return notice(
        "search",
        this.say("search_nothing"),
        this.say("search_nothing_more"),
      );
    return html`<div class="found">
      ${TYPES.map((type) => {
        const found = answer.found.filter((each) => each.type === type);
        if (!found.length) return nothing;
        const count = answer.counts[type] ?? found.length;
        return html`<h2>
            ${this.say(`type_${type}`)}
            <span class="small number">${inDigits(this.hass, count)}</span>
          </h2>
          <ul>
            ${found.map((each) => html`<li>${this.#one(each)}</li>`)}
          </ul>`;
      })}
    </div>`;
  }

  #one(found: Found): TemplateResult {
    return html`<button
      @click=${() => {
        this.dispatchEvent(new CustomEvent("found-picked", { detail: found }));
        this.clear();
      }}
    >
      <encore-cover
        .hass=${this.hass}
        .uri=${found.uri}
        .name=${found.artist || found.name}
        ?round=${found.type === "artist"}
      ></encore-cover>
      <span class="names"
        ><span class="one-line" dir="auto">${found.name}</span>${
          found.artist && found.artist !== found.name
            ? html`<span class="quiet one-line" dir="auto"
                >${found.artist}</span
              >`
            : nothing
        }</span
      >
      <span class="often small quiet number"
        ><span
          >${this.say("count_plays", {
            count: found.play_count,
            number: inDigits(this.hass, found.play_count),
          })}</span
        ><span>${shortDayOf(this.hass, found.last_played)}</span></span
      >
    </button>`;
  }

  #type(text: string): void {
    this._text = text;
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => this.#look(), SOON_MS);
  }

  #look(): void {
    const text = this._text.trim();
    const round = ++this.#round;
    if (!text) {
      this._answer = undefined;
      this._refused = "";
      return;
    }
    void ask<Answer>(this.hass, "search", {
      ...parametersOf(this.filters),
      text,
      limit: 30,
      where: "history",
    }).then(
      (answer) => {
        if (round !== this.#round) return;
        this._answer = answer;
        this._refused = "";
      },
      (error: unknown) => {
        if (round === this.#round) this._refused = inWords(error);
      },
    );
  }

  /** Look for nothing any more. */
  clear(): void {
    this.#round++;
    clearTimeout(this.#soon);
    this._text = "";
    this._answer = undefined;
    this._refused = "";
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-history-search": HistorySearch;
  }
}
