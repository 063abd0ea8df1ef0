import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { CalmElement } from "./calm.ts";
import type { Hass } from "../hass.ts";
import { icon } from "./icons.ts";
import { Pictures } from "./pictures.ts";

const pictures = new Pictures();

/** Return the address of a picture by the path of Home Assistant's; null where there is none. */
const fetched = (hass: Hass, path: string): Promise<string | null> =>
  pictures.of(path, { fetch: (each) => hass.fetchWithAuth(each) });

/** The art of something that was heard: by its Spotify URI, or a path of Home Assistant's. Without any, a colour of its own. */
@customElement("encore-cover")
export class Cover extends CalmElement {
  /** A Spotify URI, whose picture Home Assistant fetches. */
  @property() uri: string | null = null;
  /** An artist by name, of whom Home Assistant may have a picture. */
  @property() artist: string | null = null;
  /** An album by name, beside its artist's. */
  @property() album: string | null = null;
  /** A podcast by name. */
  @property() show: string | null = null;
  /** An address that needs no login, such as the picture of an entity. */
  @property() src: string | null = null;
  /** What the colour follows where there is no picture. */
  @property() name = "";
  @property({ type: Boolean, reflect: true }) round = false;

  @state() private _picture: string | null = null;

  static override styles = [
    ...CalmElement.styles,
    css`
      :host {
        display: block;
        flex: none;
        width: var(--encore-cover, 44px);
        height: var(--encore-cover, 44px);
        border-radius: var(--encore-cover-radius, 6px);
        overflow: hidden;
      }
      :host([round]) {
        border-radius: 50%;
      }
      img,
      .none {
        display: grid;
        place-items: center;
        width: 100%;
        height: 100%;
        object-fit: cover;
      }
      .none {
        color: #fff;
        font-size: calc(var(--encore-cover, 44px) * 0.42);
      }
      .none svg {
        width: 45%;
        height: 45%;
        fill: #fff;
        opacity: 0.85;
      }
    `,
  ];

  #seen: IntersectionObserver | undefined;
  #isSeen = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#seen = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) {
        this.#isSeen = true;
        this.#seen?.disconnect();
        void this.#fetch();
      }
    });
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    const asked = ["uri", "artist", "album", "show", "src"];
    if (asked.some((name) => changed.has(name))) {
      this._picture = this.src;
      if (this.#isSeen) void this.#fetch();
    }
  }

  get #path(): string | null {
    const { uri, artist, album, show } = this;
    const asked: Record<string, string> | null = uri?.startsWith("spotify:")
      ? { uri }
      : album
        ? { album, artist: artist ?? "" }
        : show
          ? { show }
          : artist
            ? { artist }
            : null;
    return asked ? `/api/encore/picture?${new URLSearchParams(asked)}` : null;
  }

  async #fetch(): Promise<void> {
    const path = this.#path;
    if (this.src || !path) return;
    const picture = await fetched(this.hass, path);
    if (path === this.#path) this._picture = picture;
  }

  /** A face that is not known has a letter. */
  get #initial(): string {
    const first = new Intl.Segmenter()
      .segment(this.name.trim())
      [Symbol.iterator]()
      .next();
    return first.done ? "" : first.value.segment.toLocaleUpperCase();
  }

  protected override render(): TemplateResult {
    if (this._picture)
      return html`<img
        src=${this._picture}
        alt=""
        loading="lazy"
        @error=${() => (this._picture = null)}
      />`;
    return html`<div
      class="none"
      style="background: hsl(${hue(this.name || this.uri || "")} 38% 46%)"
    >
      ${this.round ? this.#initial : icon("music")}
    </div>`;
  }
}

/** Fetch the picture of something by its URI, or of an artist by name; null where there is none. */
export const pictureOf = (
  hass: Hass,
  of: { uri: string } | { artist: string },
): Promise<string | null> =>
  fetched(
    hass,
    `/api/encore/picture?${new URLSearchParams(of as Record<string, string>)}`,
  );

/** Return a hue (degrees) that is always the same for a name. */
export const hue = (name: string): number => {
  let sum = 0;
  for (const character of name)
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 360;
  return sum;
};

declare global {
  interface HTMLElementTagNameMap {
    "encore-cover": Cover;
  }
}
