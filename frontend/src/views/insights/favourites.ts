import { html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { inDigits, inPercent, isolated, shortDayOf } from "../../format.ts";
import type { Of, Ranked } from "../../elements/ranking.ts";
import "../../elements/ranking.ts";
import { parametersOf } from "../../filters.ts";
import { mayBeLongPast } from "../../windows.ts";
import type { Discoveries, Forgotten, Repeats } from "./answers.ts";
import { Section } from "./section.ts";

const SHOWN = 8;
type Sort = Exclude<Of, "rooms" | "shows">;

abstract class Sorted extends Section {
  @state() protected of: Sort = "tracks";

  protected sorts(): TemplateResult {
    const sorts: Sort[] = ["artists", "tracks", "albums"];
    return this.choice(
      this.say("sort"),
      sorts.map((of) => [of, this.say(`sort_${of}`)]),
      this.of,
      (of) => (this.of = of),
    );
  }

  protected ranking(entries: Ranked[]): TemplateResult {
    return html`<encore-ranking
      .hass=${this.hass}
      .entries=${entries}
      .of=${this.of}
      .by=${this.by}
      pickable
      @picked=${(event: CustomEvent<Ranked>) =>
        this.look(this.of, event.detail)}
    ></encore-ranking>`;
  }
}

/** What was heard for the first time. */
@customElement("encore-insights-discoveries")
export class DiscoveryList extends Sorted {
  protected override of: Sort = "artists";

  #discoveries = this.followed<Discoveries>("get_discoveries", () => ({
    ...this.asked,
    of: this.of,
    by: this.by,
    limit: SHOWN,
  }));

  protected override render(): TemplateResult {
    return this.figure(
      this.#discoveries,
      this.say("discoveries"),
      (answer) => ({
        columns: this.columnsOf(this.of),
        rows: this.rowsOf(answer.discoveries, this.of),
        inside: html`<div class="facts">
            <div>
              <b>${inDigits(this.hass, answer.new)}</b>${this.say(
                `new_${this.of}`,
                {
                  count: answer.new,
                  number: inDigits(this.hass, answer.different),
                },
              )}
            </div>
          </div>
          ${
            answer.discoveries.length
              ? this.ranking(answer.discoveries)
              : this.nothing(this.say("nothing_new"))
          }`,
      }),
      this.sorts(),
      `encore-new-${this.of}`,
    );
  }
}

const QUIET = ["90", "180", "365", "1095"] as const;

/** What was loved once and not heard for long. */
@customElement("encore-insights-forgotten")
export class ForgottenList extends Sorted {
  @state() private _quiet: (typeof QUIET)[number] = "180";

  #forgotten = this.followed<Forgotten>("get_forgotten_favorites", () => ({
    ...parametersOf(
      mayBeLongPast(this.filters)
        ? this.filters
        : { ...this.filters, window: "all_time" },
    ),
    of: this.of,
    by: this.by,
    days_without_plays: Number(this._quiet),
    limit: SHOWN,
  }));

  protected override render(): TemplateResult {
    return this.figure(
      this.#forgotten,
      this.say("forgotten"),
      (answer) => ({
        columns: [...this.columnsOf(this.of), this.say("last_heard")],
        rows: answer.forgotten_favorites.map((each, index) => [
          ...(this.rowsOf(answer.forgotten_favorites, this.of)[index] ?? []),
          each.last_played.slice(0, 10),
        ]),
        inside: html`<div class="facts">
            <div>
              <b>${inDigits(this.hass, answer.forgotten_count)}</b
              >${this.say(`forgotten_${this.of}`, { count: answer.forgotten_count })}
            </div>
            ${this.choice(
              this.say("quiet_for"),
              QUIET.map((days) => [days, this.say(`quiet_${days}`)]),
              this._quiet,
              (days) => (this._quiet = days),
            )}
          </div>
          ${
            answer.forgotten_favorites.length
              ? this.ranking(
                  answer.forgotten_favorites.map((each) => ({
                    ...each,
                    note: this.#lastHeard(each),
                  })),
                )
              : this.nothing(this.say("nothing_forgotten"))
          }`,
      }),
      this.sorts(),
      `encore-forgotten-${this.of}`,
    );
  }

  #lastHeard(each: Forgotten["forgotten_favorites"][number]): string {
    const day = shortDayOf(this.hass, each.last_played);
    return !each.artist || each.artist === each.name
      ? this.say("last_on", { day })
      : this.say("by_last_on", { artist: isolated(each.artist), day });
  }
}

/** How much of it was heard again and again. */
@customElement("encore-insights-repeats")
export class RepeatList extends Sorted {
  #repeats = this.followed<Repeats>("get_repeat_rate", () => ({
    ...this.asked,
    by: this.by,
    limit: SHOWN,
  }));

  protected override render(): TemplateResult {
    return this.figure(
      this.#repeats,
      this.say("repeats"),
      (answer) => ({
        columns: this.columnsOf("tracks"),
        rows: this.rowsOf(answer.most_repeated, "tracks"),
        inside: html`<div class="facts">
            <div>
              <b>${inPercent(this.hass, answer.repeat_rate ?? 0)}</b
              >${this.say("were_repeats")}
            </div>
            <div>
              <b>${inDigits(this.hass, answer.different)}</b
              >${this.say("different_things", { count: answer.different })}
            </div>
          </div>
          ${
            answer.most_repeated.length
              ? this.ranking(answer.most_repeated)
              : this.nothing(this.say("nothing_repeated"))
          }`,
      }),
      undefined,
      "encore-repeated",
    );
  }
}
