import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { Followed, inWords, type Parameters } from "../requests.ts";
import { icon, type IconName } from "../elements/icons.ts";
import { notify } from "../elements/notify.ts";
import type { EntityState, Hass } from "../hass.ts";
import { isThere, playerOf, playersOf, roomOf } from "../players.ts";
import { CardFace, facesOf } from "./face.ts";
import { makersOf, type Play } from "./plays.ts";
import { coverAndWords, rows } from "./rows.ts";

/** What a player supports, by the bits of its features. */
const PAUSE = 1;
const NEXT = 32;
const RESUME = 16384;

interface PlayingNow {
  plays: Play[];
}

/** What plays in which room, and who listens. */
@customElement("encore-now-face")
export class NowFace extends CardFace {
  protected override kind = "now" as const;

  static override styles = [
    ...CardFace.styles,
    rows,
    css`
      ol {
        gap: 12px;
      }
      li {
        --encore-cover: 56px;
        min-height: 56px;
      }
      li.silent {
        --encore-cover: 40px;
        min-height: 40px;
      }
      .buttons {
        display: flex;
        margin-inline-end: -8px;
      }
    `,
  ];

  #now = new Followed<PlayingNow>(this, () => ({
    hass: this.hass,
    question: "get_played_at",
    parameters: this.#parameters(),
  }));

  #parameters(): Parameters {
    return { ...this.question(), moment: "now" };
  }

  protected override concerned(before: Hass): boolean {
    const { hass } = this;
    return (
      before.entities !== hass.entities ||
      before.devices !== hass.devices ||
      before.areas !== hass.areas ||
      playersOf(hass).some(
        ({ entity }) => before.states[entity.entity_id] !== entity,
      )
    );
  }

  protected override heading(): string {
    return this.say("now");
  }

  protected override body(): TemplateResult {
    return this.shown(this.#now.state, ({ plays }) => {
      const silent = this.config.show_empty ? this.#silent(plays) : [];
      if (!plays.length && !silent.length)
        return this.nothing(this.say("silence"));
      return html`<div class="body ${this.#now.stale ? "stale" : ""}">
        <ol>
          ${plays.map((play) => this.#row(play))}
          ${silent.map(
            (room) =>
              html`<li class="silent">
                <div class="words">
                  <div class="one-line" dir="auto">${room}</div>
                  <div class="quiet small">${this.say("silence")}</div>
                </div>
              </li>`,
          )}
        </ol>
      </div>`;
    });
  }

  /** Return the rooms of this card that have a player, and in which nothing sounds. */
  #silent(plays: Play[]): string[] {
    const loud = new Set(plays.flatMap((play) => play.rooms));
    const { room } = this.config;
    const wanted = room === undefined ? null : [room].flat();
    const rooms = playersOf(this.hass)
      .filter(isThere)
      .flatMap((player) => roomOf(player) ?? []);
    return [...new Set(rooms)].filter(
      (name) => !loud.has(name) && (!wanted || wanted.includes(name)),
    );
  }

  #row(play: Play): TemplateResult {
    const player = playerOf(playersOf(this.hass), play)?.entity;
    const where = play.rooms.join(", ") || play.device;
    const who = [where, play.listener].filter(Boolean).join(" · ");
    return html`<li>
      ${coverAndWords(this.hass, {
        uri: play.uri,
        src: this.#picture(player, play),
        name: play.title,
        more: makersOf(play),
        link: { href: this.address("now"), follow: this.follow },
        below: html`<div class="one-line small" dir="auto" title=${who}>
          ${who}
        </div>`,
      })}
      ${player ? this.#buttons(player) : nothing}
    </li>`;
  }

  #picture(player: EntityState | undefined, play: Play): string | null {
    const { attributes } = player ?? { attributes: {} };
    const picture = (attributes as Record<string, unknown>)["entity_picture"];
    const same =
      (attributes as Record<string, unknown>)["media_title"] === play.title;
    return same && typeof picture === "string"
      ? this.hass.hassUrl(picture)
      : null;
  }

  #buttons(player: EntityState): TemplateResult {
    const features = Number(player.attributes["supported_features"] ?? 0);
    const plays = player.state === "playing";
    const name = String(player.attributes["friendly_name"] ?? player.entity_id);
    return html`<div class="buttons">
      ${
        plays && features & PAUSE
          ? this.#button(player, "pause", "media_pause", name)
          : nothing
      }
      ${
        !plays && features & RESUME
          ? this.#button(player, "play", "media_play", name)
          : nothing
      }
      ${
        features & NEXT
          ? this.#button(player, "next", "media_next_track", name)
          : nothing
      }
    </div>`;
  }

  #button(
    player: EntityState,
    sign: IconName,
    action: string,
    name: string,
  ): TemplateResult {
    return html`<button
      class="icon-button ${action}"
      title=${this.say(action, { name })}
      aria-label=${this.say(action, { name })}
      @click=${() => void this.#control(player, action)}
    >
      ${icon(sign)}
    </button>`;
  }

  async #control(player: EntityState, action: string): Promise<void> {
    try {
      await this.hass.callService(
        "media_player",
        action,
        { entity_id: player.entity_id },
        undefined,
        false,
      );
    } catch (error) {
      notify(this, inWords(error));
    }
  }
}

export const faceOf = facesOf("encore-now-face");
