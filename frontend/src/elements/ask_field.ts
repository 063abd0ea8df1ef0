/** A field that answers what is asked in it, as people say it: in words, and as a card where there is one for the answer. */

import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { configOf, kindOf, type Asked } from "../asked.ts";
import type { Kind } from "../cards/kinds.ts";
import type { Face } from "../cards/shell.ts";
import type { Hass } from "../hass.ts";
import { command, inWords } from "../requests.ts";
import { EncoreElement } from "./element.ts";
import { icon } from "./icons.ts";

const FACES: Record<
  Exclude<Kind, "now">,
  () => Promise<{ faceOf: (hass: Hass) => Promise<Face> }>
> = {
  top: () => import("../cards/top.ts"),
  heatmap: () => import("../cards/heatmap.ts"),
  timeline: () => import("../cards/timeline.ts"),
  "on-this-day": () => import("../cards/on_this_day.ts"),
  recent: () => import("../cards/recent.ts"),
};

@customElement("encore-ask-field")
export class AskField extends EncoreElement {
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private _asking = false;
  @state() private _speech = "";
  @state() private _face: Face | undefined;

  @query("input") private _input!: HTMLInputElement;

  static override styles = [
    ...EncoreElement.styles,
    css`
      :host {
        display: block;
        margin-bottom: var(--encore-gap);
      }
      form {
        display: flex;
        align-items: center;
        gap: 4px;
        padding: 0 4px 0 16px;
        border-radius: 24px;
        max-width: 640px;
      }
      form:focus-within {
        border-color: var(--primary-color, #03a9f4);
        box-shadow: 0 0 0 1px var(--primary-color, #03a9f4);
      }
      input {
        flex: 1;
        min-width: 0;
        min-height: 46px;
        border: 0;
        outline: 0;
        background: none;
        color: inherit;
        font: inherit;
        /* Under 16 px, a phone zooms in. */
        font-size: max(16px, 1em);
      }
      /* The form shows it. */
      input:focus-visible {
        outline: 0;
      }
      input::placeholder {
        color: var(--secondary-text-color, #727272);
        opacity: 1;
      }
      section {
        margin-top: 8px;
        padding: 12px 8px 12px 16px;
      }
      .words {
        display: flex;
        align-items: start;
        gap: 8px;
      }
      .words p {
        flex: 1;
        min-width: 0;
        padding-block: 8px;
        overflow-wrap: anywhere;
        white-space: pre-line;
      }
      .card {
        margin: 4px 8px 0 0;
        height: 320px;
        max-width: 640px;
      }
      .card.list {
        height: auto;
      }
    `,
  ];

  #round = 0;

  protected override render(): TemplateResult {
    return html`<form
        class="surface"
        role="search"
        @submit=${(event: Event) => {
          event.preventDefault();
          void this.#ask(this._input.value.trim());
        }}
      >
        <input
          type="search"
          maxlength="10000"
          autocomplete="off"
          enterkeyhint="go"
          aria-label=${this.say("ask_anything")}
          placeholder=${this.say("ask_anything_example")}
        />
        <button
          class="icon-button"
          aria-label=${this.say("ask")}
          ?disabled=${this._asking}
        >
          ${icon("search")}
        </button>
      </form>
      ${
        this._speech
          ? html`<section class="surface" aria-busy=${this._asking}>
              <div class="words">
                <p dir="auto" role="status">${this._speech}</p>
                <button
                  class="icon-button"
                  aria-label=${this.say("close")}
                  @click=${this.#close}
                >
                  ${icon("close")}
                </button>
              </div>
              ${
                this._face
                  ? html`<div
                      class="card ${this._face.config.limit ? "list" : ""}"
                    >
                      ${this._face}
                    </div>`
                  : nothing
              }
            </section>`
          : nothing
      }`;
  }

  protected override updated(): void {
    if (this._face) this._face.hass = this.hass;
  }

  #close = (): void => {
    this.#round++;
    this._asking = false;
    this._speech = "";
    this._face = undefined;
    this._input.focus();
  };

  async #ask(text: string): Promise<void> {
    if (!text) return;
    const round = ++this.#round;
    this._asking = true;
    let speech: string;
    let face: Face | undefined;
    try {
      const asked = await command<Asked>(this.hass, "ask", { text });
      speech = asked.speech;
      face = await this.#cardFor(asked);
    } catch (error) {
      speech = inWords(error);
    }
    if (round !== this.#round) return;
    this._asking = false;
    this._speech = speech;
    this._face = face;
  }

  async #cardFor(asked: Asked): Promise<Face | undefined> {
    const kind = kindOf(asked);
    if (!kind) return undefined;
    const face = await (await FACES[kind]()).faceOf(this.hass);
    face.config = configOf(kind, asked);
    face.hass = this.hass;
    return face;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-ask-field": AskField;
  }
}
