import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed } from "../requests.ts";
import { momentOf, shortMomentOf } from "../format.ts";
import { CardFace, facesOf } from "./face.ts";
import { hasLink, makersOf, type Play } from "./plays.ts";
import { coverAndWords, rows } from "./rows.ts";

interface Plays {
  plays: Play[];
}

/** What was heard last. */
@customElement("encore-recent-face")
export class RecentFace extends CardFace {
  protected override kind = "recent" as const;

  static override styles = [...CardFace.styles, rows];

  #plays = new Followed<Plays>(this, () => ({
    hass: this.hass,
    question: "get_plays",
    parameters: this.question("limit"),
  }));

  protected override heading(): string {
    return this.say("recent");
  }

  protected override body(): TemplateResult {
    return this.shown(
      this.#plays.state,
      ({ plays }) =>
        plays.length
          ? html`<div class="body ${this.#plays.stale ? "stale" : ""}">
              <ol>
                ${plays.map((play) => this.#row(play))}
              </ol>
            </div>`
          : this.nothing(this.say("nothing_in_window")),
      Math.min(this.config.limit ?? 5, 10),
    );
  }

  #row(play: Play): TemplateResult {
    const where = [play.listener, play.rooms.join(", ") || play.device]
      .filter(Boolean)
      .join(" · ");
    return html`<li>
      ${coverAndWords(this.hass, {
        uri: play.uri,
        name: play.title,
        more: makersOf(play),
        link: {
          href: this.address("history", { play: play.id ?? "" }),
          follow: this.follow,
        },
      })}
      <div class="end small">
        <div class="number" title=${momentOf(this.hass, play.started_at)}>
          ${
            play.playing
              ? this.say("now_playing")
              : shortMomentOf(this.hass, play.started_at)
          }
        </div>
        <div class="quiet one-line" dir="auto" title=${where}>${where}</div>
      </div>
      ${
        hasLink(play.uri)
          ? this.playButton(play.title, { item: play.uri })
          : null
      }
    </li>`;
  }
}

export const faceOf = facesOf("encore-recent-face");
