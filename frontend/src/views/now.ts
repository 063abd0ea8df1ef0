import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { command, Followed, inWords, type Parameters } from "../requests.ts";
import { icon } from "../elements/icons.ts";
import { notice, waiting } from "../elements/states.ts";
import { notify } from "../elements/notify.ts";
import { parametersOf } from "../filters.ts";
import type { Hass } from "../hass.ts";
import { playersOf, type Player } from "../players.ts";
import type { Play } from "./history/plays.ts";
import "./now/again.ts";
import { DRAGGED, type PlayerCommand } from "./now/group_card.ts";
import "./now/group_card.ts";
import "./now/grouping.ts";
import { changes, groupsOf, type Group, type Sounding } from "./now/groups.ts";
import "./now/timeline.ts";
import { heading, looks } from "./now/look.ts";
import { View } from "./view.ts";

/** So many plays are looked through for what can be played again. */
const LOOKED_THROUGH = 100;

/** What plays in which room, and who listens; what was heard last; the day so far. */
@customElement("encore-now")
export class Now extends View {
  protected override words = "now" as const;

  @state() private _grouping: string | null = null;
  /** How many changes of groups are on their way to the speakers. */
  @state() private _regrouping = 0;
  @state() private _over = false;

  static override styles = [...View.styles, heading, looks];

  #sounding = new Followed<{ plays: Sounding[] }>(this, () => ({
    hass: this.hass,
    question: "get_played_at",
    parameters: { ...this.#asked, moment: "now" },
  }));

  #last = new Followed<{ plays: Play[] }>(this, () => ({
    hass: this.hass,
    question: "get_plays",
    parameters: {
      ...this.#asked,
      time_range: "all_time",
      limit: LOOKED_THROUGH,
    },
  }));

  get #asked(): Parameters {
    return parametersOf({ ...this.filters, window: "", start: "", end: "" });
  }

  #seen: Hass | undefined;
  #states: unknown[] = [];

  /** States of the house change all the time; what is shown here, less often. */
  protected override shouldUpdate(): boolean {
    if (!this.onlyStates()) return true;
    const { hass } = this;
    const before = this.#seen;
    return (
      before?.entities !== hass.entities ||
      before.areas !== hass.areas ||
      before.devices !== hass.devices ||
      playersOf(hass).some(({ entity }, at) => entity !== this.#states[at])
    );
  }

  get #groups(): Group[] {
    const players = playersOf(this.hass);
    this.#seen = this.hass;
    this.#states = players.map((player) => player.entity);
    const { room } = this.filters;
    const groups = groupsOf(
      players,
      this.#sounding.answer?.plays ?? [],
      calledBy,
    );
    return room
      ? groups.filter((group) =>
          group.players.some((player) => calledBy(player).includes(room)),
        )
      : groups;
  }

  protected override render(): TemplateResult {
    const groups = this.#groups;
    if (!groups.length && !this.filters.room)
      return html`${this.#noPlayers()}${this.#recent()}`;
    // Asked about somebody, only what they listen to is known to sound.
    const loud = groups.filter(
      (group) =>
        isOn(group) && (!this.filters.listener || group.listeners.length > 0),
    );
    const quiet = groups.filter((group) => !isOn(group));
    const rooms = groups.flatMap((group) => group.players).filter(isRoom);
    // It may be led by another room by now.
    const chosen = groups.find((group) =>
      group.players.some(({ entity }) => entity.entity_id === this._grouping),
    );
    return html`${this.#loud(loud, rooms.length > 1)}
    ${this.#quiet(quiet, rooms.length > 1)} ${this.#recent()}
    ${
      chosen
        ? html`<encore-grouping-dialog
            .hass=${this.hass}
            .group=${chosen}
            .rooms=${playersOf(this.hass).filter(isRoom)}
            ?busy=${this._regrouping > 0}
            @closed=${() => (this._grouping = null)}
            @chosen=${(event: CustomEvent<ReadonlySet<string>>) =>
              this.#regroup(chosen, event.detail)}
          ></encore-grouping-dialog>`
        : nothing
    }`;
  }

  #noPlayers(): TemplateResult {
    return html`<section class="surface">
      ${notice(
        "music",
        this.say("no_players"),
        html`${this.say(this.names.administrator ? "no_players_more" : "no_players_ask")}
        ${
          this.names.administrator
            ? html`<br /><br /><a
                  class="button main"
                  href="/config/integrations/integration/encore"
                  >${this.say("add_players")}</a
                >`
            : nothing
        }`,
      )}
    </section>`;
  }

  #loud(groups: Group[], groupable: boolean): TemplateResult {
    if (!groups.length)
      return html`<section class="surface">
        ${notice("music", this.say("silence"), this.say("silence_more"))}
      </section>`;
    return html`<section class="groups" aria-label=${this.say("playing")}>
      ${repeat(
        groups,
        (group) => group.lead.entity.entity_id,
        (group) =>
          html`<encore-now-group
            .hass=${this.hass}
            .group=${group}
            ?groupable=${groupable}
            .narrow=${this.narrow}
            @player-command=${(event: CustomEvent<PlayerCommand>) => this.#control(event.detail)}
            @grouping=${() => (this._grouping = group.lead.entity.entity_id)}
            @joined=${(event: CustomEvent<string>) =>
              this.#join(group, event.detail)}
          ></encore-now-group>`,
      )}
    </section>`;
  }

  /** Return the rooms in which nothing plays; a room that is dropped here leaves its group. */
  #quiet(groups: Group[], groupable: boolean): TemplateResult | typeof nothing {
    if (!groups.length && !groupable) return nothing;
    return html`<section
      class="silent surface ${this._over ? "over" : ""}"
      @dragover=${(event: DragEvent) => {
        if (!event.dataTransfer?.types.includes(DRAGGED)) return;
        event.preventDefault();
        this._over = true;
      }}
      @dragleave=${() => (this._over = false)}
      @drop=${(event: DragEvent) => {
        this._over = false;
        const dragged = event.dataTransfer?.getData(DRAGGED);
        if (!dragged) return;
        event.preventDefault();
        void this.#control({ action: "unjoin", data: { entity_id: dragged } });
      }}
    >
      <div class="head">
        <h2>${this.say("quiet_rooms")}</h2>
        ${
          groupable
            ? html`<span class="quiet small">${this.say("drag_how")}</span>`
            : nothing
        }
      </div>
      <ul>
        ${groups.map((group) => this.#quietOne(group, groupable))}
      </ul>
    </section>`;
  }

  #quietOne(group: Group, groupable: boolean): TemplateResult {
    const { lead, players, state: is } = group;
    const names = players.map((player) => player.name).join(", ");
    const movable = lead.isRoom && groupable && is !== "away";
    return html`<li
      draggable=${movable ? "true" : "false"}
      @dragstart=${(event: DragEvent) =>
        event.dataTransfer?.setData(DRAGGED, lead.entity.entity_id)}
    >
      ${icon(lead.isRoom ? "room" : "person")}
      <span class="one-line" dir="auto" title=${names}
        >${names}
        ${is === "away" ? html`<span class="quiet small">· ${this.say("away")}</span>` : nothing}</span
      >
      ${
        lead.isRoom && is !== "away"
          ? html`<button
                class="icon-button"
                title=${this.say("again_here")}
                aria-label=${this.say("do_where", { what: this.say("again_here"), where: names })}
                @click=${() =>
                  this.#command("play_media", {
                    selection: "last_played",
                    played_in: lead.name,
                    room: lead.name,
                  })}
              >
                ${icon("again")}
              </button>
              ${
                groupable
                  ? html`<button
                      class="icon-button"
                      title=${this.say("choose_rooms")}
                      aria-label=${this.say("do_where", { what: this.say("choose_rooms"), where: names })}
                      @click=${() => (this._grouping = lead.entity.entity_id)}
                    >
                      ${icon("more")}
                    </button>`
                  : nothing
              }`
          : nothing
      }
    </li>`;
  }

  /** Return what was heard last, and the day. */
  #recent(): TemplateResult {
    const state = this.#last.state;
    if (state.is === "asking") return waiting(this.say("waiting"), 3);
    if (state.is === "refused") return notice("warning", state.refusal.message);
    const over = state.answer.plays.filter((play) => !play.in_progress);
    if (!state.answer.plays.length)
      return html`<section class="surface">
        ${
          this.names.recorded_from
            ? notice(
                "music",
                this.say("nothing_here"),
                this.say("nothing_here_more"),
              )
            : notice(
                "music",
                this.say("nothing_yet"),
                html`${this.say("nothing_yet_more")} ${this.importOffer()}`,
              )
        }
      </section>`;
    return html`${
        over.length
          ? html`<encore-now-again
              .hass=${this.hass}
              .plays=${over}
            ></encore-now-again>`
          : nothing
      }
      <section class="day surface">
        <h2>${this.say("today")}</h2>
        <encore-today
          .hass=${this.hass}
          .asked=${this.#asked}
          .narrow=${this.narrow}
          @play-picked=${(event: CustomEvent<Play>) => {
            const { id } = event.detail;
            this.go({ page: "history", ...(id ? { more: { play: id } } : {}) });
          }}
        ></encore-today>
      </section>`;
  }

  async #join(group: Group, dragged: string): Promise<void> {
    const members = group.players.map((player) => player.entity.entity_id);
    if (members.includes(dragged)) return;
    await this.#control({
      action: "join",
      data: {
        entity_id: group.lead.entity.entity_id,
        group_members: [...members, dragged],
      },
    });
  }

  /** Group as was chosen; the list of rooms stays until that is done, so that it never opens with what is over. */
  async #regroup(group: Group, chosen: ReadonlySet<string>): Promise<void> {
    const members = group.players.map((player) => player.entity.entity_id);
    const { join, leave } = changes(members, chosen);
    const steps: PlayerCommand[] = leave.map((entity_id) => ({
      action: "unjoin",
      data: { entity_id },
    }));
    if (join.length)
      steps.push({
        action: "join",
        data: {
          entity_id: group.lead.entity.entity_id,
          group_members: [...chosen],
        },
      });
    let all = true;
    this._regrouping++;
    for (const step of steps) all = (await this.#control(step)) && all;
    this._regrouping--;
    if (all) this._grouping = null;
  }

  /** Have a player do something, and return whether it did; groups are as they are to be once it has. */
  async #control({ action, data }: PlayerCommand): Promise<boolean> {
    const regroups = action === "join" || action === "unjoin";
    if (regroups) this._regrouping++;
    try {
      await this.hass.callService(
        "media_player",
        action,
        data,
        undefined,
        false,
      );
      return true;
    } catch (error) {
      notify(this, inWords(error));
      return false;
    } finally {
      if (regroups) this._regrouping--;
    }
  }

  async #command(name: string, parameters: Parameters): Promise<void> {
    try {
      const done = await command<{ speech: string }>(
        this.hass,
        name,
        parameters,
      );
      notify(this, done.speech);
    } catch (error) {
      notify(this, inWords(error));
    }
  }
}

const isRoom = (player: Player): boolean => player.isRoom;
const isOn = (group: Group): boolean =>
  group.state === "playing" || group.state === "paused";
const calledBy = ({ name, area }: Player): string[] =>
  area === null || area === name ? [name] : [name, area];

declare global {
  interface HTMLElementTagNameMap {
    "encore-now": Now;
  }
}
