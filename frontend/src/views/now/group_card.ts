import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "../../elements/cover.ts";
import { CalmElement } from "../../elements/calm.ts";
import { icon, type IconName } from "../../elements/icons.ts";
import type { Player } from "../../players.ts";
import { groupLook } from "./group_look.ts";
import type { Group } from "./groups.ts";
import "./position.ts";
import { slider } from "./slider.ts";

/** What a player can do, as bits of its `supported_features`. */
const PAUSE = 1;
const SEEK = 2;
const VOLUME = 4;
const PREVIOUS = 16;
const NEXT = 32;
const PLAY = 16384;

/** What a dragged room is known by, so that nothing else is taken for one. */
export const DRAGGED = "application/x-encore-room";

/** What is asked of a player: an action of `media_player`, and its data. */
export interface PlayerCommand {
  action: string;
  data: Record<string, unknown>;
}

/**
 * Rooms that play together, with what plays and its controls. Sends `player-command` with a PlayerCommand, `grouping` to choose its rooms, and
 * `joined` with the entity of a room that was dropped on it.
 */
@customElement("encore-now-group")
export class NowGroup extends CalmElement {
  @property({ attribute: false }) group!: Group;
  /** Whether there are other rooms to be grouped with. */
  @property({ type: Boolean }) groupable = false;
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private _over = false;

  protected override words = "now" as const;

  static override styles = [...CalmElement.styles, slider, groupLook];

  protected override render(): TemplateResult {
    const { lead, players } = this.group;
    const names = players.map((player) => player.name).join(", ");
    return html`<article
      class="surface ${this._over ? "over" : ""}"
      aria-label=${names}
      @dragover=${this.#over}
      @dragleave=${() => (this._over = false)}
      @drop=${this.#dropped}
    >
      ${this.#what(lead)}
      <encore-position
        .hass=${this.hass}
        .entity=${lead.entity}
        ?seekable=${this.#can(lead, SEEK)}
        @seek=${(event: CustomEvent<number>) =>
          this.#control("media_seek", lead, { seek_position: event.detail })}
      ></encore-position>
      ${this.#controls(lead)}
      <ul aria-label=${this.say("rooms")}>
        ${players.map((player) => this.#room(player))}
      </ul>
      ${
        lead.isRoom && this.groupable
          ? html`<div class="foot">
              <button
                class="button"
                @click=${() => this.dispatchEvent(new Event("grouping"))}
              >
                ${icon("room")}${this.say("choose_rooms")}
              </button>
            </div>`
          : nothing
      }
    </article>`;
  }

  #what({ entity, name }: Player): TemplateResult {
    const { attributes } = entity;
    const of = (key: string): string => String(attributes[key] ?? "");
    const picture = of("entity_picture");
    const title = of("media_title") || of("media_channel") || of("source");
    const { lead, state: is } = this.group;
    const known = this.group.listeners;
    const listeners = known.length || lead.isRoom ? known : [name];
    const art = (kind: string): TemplateResult =>
      html`<encore-cover
        class=${kind}
        .hass=${this.hass}
        .src=${picture ? this.hass.hassUrl(picture) : null}
        .uri=${of("media_content_id") || null}
        .name=${of("media_album_name") || title || name}
      ></encore-cover>`;
    return html`<div class="what">
      ${art("glow")} ${art("art")}
      <div>
        <p class="title" dir="auto">${title || this.say("something")}</p>
        <p class="one-line" dir="auto">${of("media_artist")}</p>
        <p class="quiet one-line" dir="auto">${of("media_album_name")}</p>
        <div class="marks">
          ${
            listeners.length
              ? html`<span class="who small"
                  >${icon("person")}<span class="one-line" dir="auto"
                    >${listeners.join(", ")}</span
                  ></span
                >`
              : nothing
          }${
            is === "paused"
              ? html`<span class="who still small">${this.say("paused")}</span>`
              : nothing
          }
        </div>
      </div>
    </div>`;
  }

  #controls(lead: Player): TemplateResult {
    const plays = this.group.state === "playing";
    return html`<div class="controls">
      ${this.#button(lead, PREVIOUS, "previous", "media_previous_track")}
      ${
        plays
          ? this.#button(lead, PAUSE, "pause", "media_pause", true)
          : this.#button(lead, PLAY, "play", "media_play", true)
      }
      ${this.#button(lead, NEXT, "next", "media_next_track")}
    </div>`;
  }

  #button(
    player: Player,
    feature: number,
    sign: IconName,
    action: string,
    main = false,
  ): TemplateResult {
    const label = this.say(`do_${sign}`);
    return html`<button
      class="icon-button ${main ? "main" : ""}"
      title=${label}
      aria-label=${this.say("do_where", { what: label, where: player.name })}
      ?disabled=${!this.#can(player, feature)}
      @click=${() => this.#control(action, player)}
    >
      ${icon(sign)}
    </button>`;
  }

  #room(player: Player): TemplateResult {
    const { entity, name } = player;
    const level = entity.attributes["volume_level"];
    const percent = typeof level === "number" ? Math.round(level * 100) : null;
    const source = entity.attributes["source"];
    return html`<li
      draggable=${player.isRoom && this.groupable ? "true" : "false"}
      @dragstart=${(event: DragEvent) =>
        event.dataTransfer?.setData(DRAGGED, entity.entity_id)}
    >
      <span class="name"
        >${icon(player.isRoom ? "room" : "person")}<span
          class="one-line"
          dir="auto"
          title=${name}
          >${player.isRoom || typeof source !== "string" ? name : source}</span
        ></span
      >
      ${
        percent === null || !this.#can(player, VOLUME)
          ? nothing
          : html`${icon("volume")}<input
                type="range"
                min="0"
                max="100"
                .value=${String(percent)}
                style="--at: ${percent}%"
                @input=${(event: Event) => {
                  const held = event.target as HTMLInputElement;
                  held.style.setProperty("--at", `${held.value}%`);
                }}
                aria-label=${this.say("volume_of", { name })}
                @change=${(event: Event) =>
                  this.#control("volume_set", player, {
                    volume_level:
                      (event.target as HTMLInputElement).valueAsNumber / 100,
                  })}
                @dragstart=${(event: Event) => {
                  event.preventDefault();
                  event.stopPropagation();
                }}
                @pointerdown=${this.#hold}
                @pointerup=${this.#release}
                @pointercancel=${this.#release}
              /><span class="percent small quiet number">${percent} %</span>`
      }
    </li>`;
  }

  /** A slider inside something that can be dragged must be let go of by the drag while it is held. */
  #hold = (event: Event): void => {
    (event.target as HTMLElement).closest("li")?.removeAttribute("draggable");
  };
  #release = (event: Event): void => {
    if (this.groupable)
      (event.target as HTMLElement)
        .closest("li")
        ?.setAttribute("draggable", "true");
  };

  #can({ entity }: Player, feature: number): boolean {
    return (
      (Number(entity.attributes["supported_features"] ?? 0) & feature) !== 0
    );
  }

  #control(action: string, player: Player, data = {}): void {
    this.dispatchEvent(
      new CustomEvent<PlayerCommand>("player-command", {
        detail: {
          action,
          data: { entity_id: player.entity.entity_id, ...data },
        },
      }),
    );
  }

  #over = (event: DragEvent): void => {
    if (!this.group.lead.isRoom) return;
    if (!event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault();
    this._over = true;
  };

  #dropped = (event: DragEvent): void => {
    this._over = false;
    const dragged = event.dataTransfer?.getData(DRAGGED);
    if (!dragged) return;
    event.preventDefault();
    event.stopPropagation();
    this.dispatchEvent(new CustomEvent("joined", { detail: dragged }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-now-group": NowGroup;
  }
}
