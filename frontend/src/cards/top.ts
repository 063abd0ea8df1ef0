import { sizeOf } from "../drawings/answers.ts";
import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed } from "../requests.ts";
import { inAmount } from "../drawings/amount.ts";
import type { Top, TopThing } from "../drawings/top.ts";
import { CardFace, facesOf, type Playable } from "./face.ts";
import { coverAndWords, rows } from "./rows.ts";

const TYPES = { artists: "artist", albums: "album", shows: "show" } as const;

/** Return what plays something of a top list; null for what is no music of its own. */
const playable = (of: Top["of"], thing: TopThing): Playable | null => {
  if (thing.uri?.startsWith("spotify:")) return { item: thing.uri };
  if (of !== "artists" && of !== "albums" && of !== "shows") return null;
  const by = of === "albums" && thing.artist ? ` ${thing.artist}` : "";
  return { item: `${thing.name}${by}`, type: TYPES[of] };
};

/** What was heard most. */
@customElement("encore-top-face")
export class TopFace extends CardFace {
  protected override kind = "top" as const;

  static override styles = [
    ...CardFace.styles,
    rows,
    css`
      .place {
        flex: none;
        min-width: 1.4em;
        text-align: end;
      }
      li {
        padding-block: 3px;
      }
      .bar {
        height: 4px;
        border-radius: 2px;
        margin-top: 3px;
        background: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 16%,
          transparent
        );
      }
      .bar div {
        height: 100%;
        border-radius: inherit;
        background: var(--primary-color, #03a9f4);
      }
    `,
  ];

  #top = new Followed<Top>(this, () => ({
    hass: this.hass,
    question: "get_top",
    parameters: this.question("of", "by", "limit"),
  }));

  protected override heading(): string {
    return this.say(`top_${this.config.of}`);
  }

  protected override body(): TemplateResult {
    return this.shown(
      this.#top.state,
      (top) => this.#list(top),
      Math.min(this.config.limit ?? 5, 10),
    );
  }

  #list({ top, of, by }: Top): TemplateResult {
    if (!top.length) return this.nothing(this.say("nothing_in_window"));
    const most = Math.max(1, ...top.map((each) => sizeOf(each, by)));
    return html`<div class="body ${this.#top.stale ? "stale" : ""}">
      <ol>
        ${top.map((each) => this.#row(each, of, by, most))}
      </ol>
    </div>`;
  }

  /** Return where the panel shows every play of something. */
  #more(of: Top["of"], { name, uri }: TopThing): string {
    if (of === "sources") return "";
    if (of === "rooms") return this.address("history", { room: name });
    const type = of === "tracks" ? "track" : TYPES[of];
    return this.address("history", { thing: uri ?? name, type });
  }

  #row(
    thing: TopThing,
    of: Top["of"],
    by: Top["by"],
    most: number,
  ): TemplateResult {
    const { name, artist, uri } = thing;
    const play = playable(of, thing);
    return html`<li>
      <span class="place quiet number">${thing.rank}</span>
      ${coverAndWords(this.hass, {
        uri,
        artist: of === "artists" ? name : of === "albums" ? artist : null,
        album: of === "albums" ? name : null,
        show: of === "shows" ? name : null,
        sign: of === "rooms" ? "room" : undefined,
        name,
        more: artist !== name ? (artist ?? undefined) : undefined,
        amount: inAmount(this.hass, sizeOf(thing, by), by),
        round: of === "artists",
        link: {
          href: this.#more(of, thing),
          follow: this.follow,
        },
        below: html`<div class="bar" aria-hidden="true">
          <div style="width: ${(100 * sizeOf(thing, by)) / most}%"></div>
        </div>`,
      })}
      ${play ? this.playButton(name, play) : null}
    </li>`;
  }
}

export const faceOf = facesOf("encore-top-face");
