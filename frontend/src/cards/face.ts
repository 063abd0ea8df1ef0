/** What all cards look like: Home Assistant's card, with a heading that leads to the panel. */

import {
  css,
  html,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { property } from "lit/decorators.js";

import { command, inWords, type Parameters, type State } from "../requests.ts";
import { EncoreElement } from "../elements/element.ts";
import { icon, type IconName } from "../elements/icons.ts";
import { waiting } from "../elements/states.ts";
import { states } from "../elements/styles.ts";
import { notify } from "../elements/notify.ts";
import type { Hass } from "../hass.ts";
import { loadTexts } from "../texts.ts";
import { addressOf, questionOf, windowOf } from "./config.ts";
import { KINDS, type CardConfig, type Kind } from "./kinds.ts";

/** The command to play something: what, and what it is where it has no address. */
export interface Playable {
  item: string;
  type?: "artist" | "album" | "show";
}

export abstract class CardFace extends EncoreElement {
  protected override words = "cards" as const;

  @property({ attribute: false }) config!: CardConfig;

  protected abstract readonly kind: Kind;

  static override styles = [
    ...EncoreElement.styles,
    states,
    css`
      :host {
        display: block;
        height: 100%;
      }
      ha-card {
        display: flex;
        flex-direction: column;
        height: 100%;
        overflow: hidden;
        container-type: inline-size;
      }
      header {
        display: flex;
        align-items: baseline;
        gap: 8px;
        padding: 12px 16px 8px;
        color: inherit;
        text-decoration: none;
      }
      header h2 {
        min-width: 0;
        flex: 0 1 auto;
      }
      header h2 a {
        color: inherit;
        text-decoration: none;
      }
      header h2 a:hover {
        text-decoration: underline;
      }
      header .quiet {
        flex: 1 1 30%;
        min-width: 0;
        text-align: end;
      }
      .body {
        flex: 1;
        min-height: 0;
        overflow: auto;
        padding: 0 16px 16px;
      }
      .empty {
        display: grid;
        align-content: center;
      }
      .caption {
        flex: none;
        margin: 0 16px 8px;
        display: -webkit-box;
        -webkit-box-orient: vertical;
        -webkit-line-clamp: 2;
        overflow: hidden;
      }
      @container (max-width: 240px) {
        .caption,
        header .quiet {
          display: none;
        }
      }
      .notice {
        padding: 16px 8px;
      }
      .notice svg {
        width: 28px;
        height: 28px;
      }
      .waiting {
        padding: 4px 0;
      }
      .stale {
        opacity: 0.6;
      }
    `,
  ];

  /** A state of the house is no reason to show a card anew; a language, a theme or a time zone is. */
  protected override shouldUpdate(changed: PropertyValues): boolean {
    const before = changed.get("hass") as Hass | undefined;
    if (!this.hass || !this.config) return false;
    if (!before || !this.onlyStates()) return true;
    return before.panels !== this.hass.panels || this.concerned(before);
  }

  /** Return whether what has changed in the house since is shown here. */
  protected concerned(_before: Hass): boolean {
    return false;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get("hass") as Hass | undefined;
    if (before && before.language !== this.hass.language)
      void loadTexts(this.hass.language, "cards", "shared").then(() =>
        this.requestUpdate(),
      );
  }

  /** What this card asks about. */
  protected question(...options: (keyof CardConfig)[]): Parameters {
    return questionOf(this.config, ...options);
  }

  /** The heading where none was chosen. */
  protected abstract heading(): string;
  protected abstract body(): TemplateResult;

  /** A sentence below the heading, which says what a picture shows. */
  protected caption(): string {
    return "";
  }

  protected override render(): TemplateResult {
    const { title } = this.config;
    const about = windowOf(this.hass, this.config);
    const heading = title ?? this.heading();
    const page = this.address(KINDS[this.kind].page);
    const caption = this.caption();
    return html`<ha-card>
      ${
        heading
          ? html`<header>
              <h2 class="one-line" dir="auto">
                ${
                  page
                    ? html`<a href=${page} @click=${this.follow}>${heading}</a>`
                    : heading
                }
              </h2>
              ${
                about && title === undefined
                  ? html`<span class="quiet small one-line">${about}</span>`
                  : nothing
              }
            </header>`
          : html`<header></header>`
      }
      ${caption ? html`<p class="caption quiet small">${caption}</p>` : nothing}
      ${this.body()}
    </ha-card>`;
  }

  /** Return where the panel shows more of this, with more in its address; nothing for who has no panel. */
  protected address(
    page: "now" | "history" | "insights",
    more: Record<string, string> = {},
  ): string {
    return this.hass.panels?.["encore"]
      ? addressOf(this.config, page, more)
      : "";
  }

  /** Follow a link within Home Assistant, without loading it anew. */
  protected follow = (event: MouseEvent): void => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    const link = event.currentTarget as HTMLAnchorElement;
    history.pushState(null, "", link.getAttribute("href"));
    window.dispatchEvent(
      new CustomEvent("location-changed", { detail: { replace: false } }),
    );
  };

  /** Show an answer; what stands in its place is calm, for there may be many cards. */
  protected shown<T>(
    state: State<T>,
    show: (answer: T) => TemplateResult,
    lines = 3,
  ): TemplateResult {
    switch (state.is) {
      case "asking":
        return html`<div class="body">
          ${waiting(this.say("waiting"), lines)}
        </div>`;
      case "refused":
        return this.nothing(
          state.refusal.code === "unknown_command"
            ? this.say("not_there")
            : state.refusal.message,
          "warning",
        );
      case "answered":
        return show(state.answer);
    }
  }

  /** Return a line in place of what there is not. */
  protected nothing(line: string, sign: IconName = "music"): TemplateResult {
    return html`<div class="body empty">
      <div class="notice">
        ${icon(sign)}
        <p class="quiet">${line}</p>
      </div>
    </div>`;
  }

  /** Return the button that plays something. */
  protected playButton(name: string, playable: Playable): TemplateResult {
    const label = this.say("play", { name });
    return html`<button
      class="icon-button play"
      title=${label}
      aria-label=${label}
      @click=${() => void this.#play(playable)}
    >
      ${icon("play")}
    </button>`;
  }

  async #play(playable: Playable): Promise<void> {
    try {
      const { speech } = await command<{ speech: string }>(
        this.hass,
        "play_media",
        {
          ...playable,
        },
      );
      notify(this, speech);
    } catch (error) {
      notify(this, inWords(error));
    }
  }
}

/** Return what makes a face when its texts are there. */
export const facesOf =
  (tag: string) =>
  async (hass: Hass): Promise<CardFace> => {
    await loadTexts(hass.language, "cards", "shared");
    return document.createElement(tag) as CardFace;
  };
