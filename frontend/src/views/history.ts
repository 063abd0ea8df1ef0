import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { act, ask, Followed, inWords, type Parameters } from "../requests.ts";
import { notice, waiting } from "../elements/states.ts";
import { notify } from "../elements/notify.ts";
import { parametersOf } from "../filters.ts";
import { dateOf, inDigits } from "../format.ts";
import { allOf, type Thing, type Total } from "./history/about.ts";
import { shifted } from "./history/calendar.ts";
import "./history/day.ts";
import "./history/details.ts";
import type { Forgotten, Many } from "./history/doing.ts";
import "./history/doing.ts";
import {
  byDay,
  extended,
  fromHere,
  keyOf,
  renewed,
  withThese,
  type Day,
  type Play,
  type Plays,
} from "./history/plays.ts";
import type { Found } from "./history/search.ts";
import "./history/search.ts";
import "./history/strip.ts";
import { looks } from "./history/look.ts";
import { View } from "./view.ts";

const PAGE = 100;

interface Answer extends Plays {
  total: Total | null;
  item: Thing | null;
}

interface Days {
  steps: (Total & { start: string })[];
}

/** Every play, by day: the newest first, as far back as one scrolls. */
@customElement("encore-history")
export class History extends View {
  protected override words = "history" as const;

  @state() private _list: Plays | null = null;
  @state() private _fetching = false;
  @state() private _stopped = "";
  @state() private _doing: { what: "forget" | "replay"; play: Play } | null =
    null;
  @state() private _forgetting: Many | null = null;
  /** What was forgotten here, and can be brought back. */
  @state() private _forgotten: ReadonlyMap<
    string,
    { play: Play; undo: number }
  > = new Map();

  @query(".end") private _end?: HTMLElement;

  static override styles = [...View.styles, looks];

  #asked: string | undefined;
  #answered: Answer | undefined;
  #scrolled: IntersectionObserver | undefined;

  get #thing(): Parameters {
    const thing = this.query.get("thing");
    const type = this.query.get("type");
    return thing ? { item: thing, ...(type ? { type } : {}) } : {};
  }

  get #day(): string {
    return this.query.get("day") ?? "";
  }

  /** What the list is about; it begins with the end of a day where one was picked. */
  get #parameters(): Parameters {
    const usual = parametersOf(this.filters, "all_time");
    const parameters = { ...usual, ...this.#thing, limit: PAGE };
    const day = this.#day;
    if (!day) return parameters;
    const { time_range: _, ...rest } = parameters as Parameters & {
      time_range?: unknown;
    };
    return { ...rest, end_time: day };
  }

  #newest = new Followed<Answer>(this, () => ({
    hass: this.hass,
    question: "get_plays",
    parameters: this.#parameters,
  }));

  #totals = new Followed<Days>(this, () => {
    const parameters = this.#totalled;
    return (
      parameters && {
        hass: this.hass,
        question: "get_timeline",
        parameters: { ...parameters, step: "day", limit: 10_000 },
      }
    );
  });

  /** What the totals of days are about: of all of the past, the months that are loaded. */
  get #totalled(): Parameters | null {
    const oldest = this._list?.plays.at(-1);
    // Until another list has come, the one that is there is about something else.
    if (!oldest || this.#newest.stale || this.query.get("thing")) return null;
    const { window, start } = this.filters;
    const { time_range: usual, ...rest } = parametersOf(
      this.filters,
      "all_time",
    ) as Parameters & { time_range?: unknown };
    if (start || (window && window !== "all_time"))
      return { ...rest, ...(usual ? { time_range: usual } : {}) };
    return {
      ...rest,
      start_time: `${oldest.started_at.slice(0, 7)}-01`,
      ...(this.#day ? { end_time: this.#day } : {}),
    };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#scrolled = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting) void this.#fetchEarlier();
      },
      { rootMargin: "1600px 0px" },
    );
    if (this._end) this.#scrolled.observe(this._end);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#scrolled?.disconnect();
  }

  protected override shouldUpdate(): boolean {
    return !this.onlyStates();
  }

  protected override willUpdate(): void {
    const asked = JSON.stringify(this.#parameters);
    if (asked !== this.#asked) {
      this.#asked = asked;
      this.#answered = undefined;
      this._stopped = "";
    }
    const answer = this.#newest.answer;
    if (!answer || this.#newest.stale || answer === this.#answered) return;
    this._list = renewed(this.#answered ? this._list : null, answer);
    this.#answered = answer;
  }

  protected override updated(): void {
    this.#scrolled?.disconnect();
    if (this._end && !this._stopped) this.#scrolled?.observe(this._end);
  }

  async #fetchEarlier(): Promise<void> {
    const list = this._list;
    if (!list?.next || this._fetching || this.#newest.stale) return;
    const asked = this.#asked;
    this._fetching = true;
    try {
      const earlier = await ask<Answer>(this.hass, "get_plays", {
        ...this.#parameters,
        before: list.next,
      });
      if (asked === this.#asked && this._list)
        this._list = extended(this._list, earlier);
      this._stopped = "";
    } catch (error) {
      if (asked === this.#asked) this._stopped = inWords(error);
    }
    this._fetching = false;
  }

  protected override render(): TemplateResult {
    const state = this.#newest.state;
    return html`<div class="top surface">
        <encore-calendar-strip
          .hass=${this.hass}
          .filters=${this.filters}
          .chosen=${this.#day}
          .narrow=${this.narrow}
          @day-picked=${this.#pickDay}
        ></encore-calendar-strip>
        <encore-history-search
          .hass=${this.hass}
          .filters=${this.filters}
          @found-picked=${this.#pickFound}
        ></encore-history-search>
      </div>
      ${this.#about()}
      ${
        state.is === "refused"
          ? notice("warning", state.refusal.message)
          : this._list
            ? this.#days(this._list)
            : waiting(this.say("waiting"), 8)
      }
      ${this.#dialog()}`;
  }

  /** Return what the list is about, where it is not about all. */
  #about(): TemplateResult | typeof nothing {
    const answer = this.#newest.answer;
    const thing = (this.query.get("thing") && answer?.item) || null;
    const day = this.#day;
    if (!thing && !day) return nothing;
    return html`<encore-history-about
      .hass=${this.hass}
      .thing=${thing}
      .total=${answer?.total ?? null}
      .day=${day}
      ?administrator=${this.names.administrator}
      @forget-all=${() => {
        if (thing) this._forgetting = allOf(thing, this.filters);
      }}
      @all-plays=${() => this.#show({ thing: "", type: "" })}
      @newest=${() => this.#show({ day: "" })}
    ></encore-history-about>`;
  }

  #days(list: Plays): TemplateResult {
    const restorable = [...this._forgotten.values()].map((each) => each.play);
    const plays = withThese(list.plays, restorable);
    if (!plays.length)
      return this.names.recorded_from
        ? notice(
            "music",
            this.say("nothing_here"),
            this.say("nothing_here_more"),
          )
        : notice(
            "music",
            this.say("nothing_yet"),
            html`${this.say("nothing_yet_more")} ${this.importOffer()}`,
          );
    const days = byDay(plays);
    const totals = this.#totalsOf(days, list);
    const today = dateOf(this.hass, new Date());
    const relative: Record<string, string> = {
      [today]: this.say("today"),
      [shifted(today, -1)]: this.say("yesterday"),
    };
    const forgotten = new Set(this._forgotten.keys());
    return html`<div
        class=${this.#newest.stale ? "stale" : ""}
        @play-picked=${(event: CustomEvent<Play>) => {
          if (event.detail.id) this.#show({ play: event.detail.id });
          else this.go({ page: "now" });
        }}
        @play-restored=${(event: CustomEvent<Play>) =>
          void this.#restore(keyOf(event.detail))}
      >
        ${repeat(
          days,
          (day) => day.date,
          (day) =>
            html`<encore-history-day
              .hass=${this.hass}
              .day=${day}
              .total=${totals.get(day.date)}
              .relative=${relative[day.date] ?? ""}
              .forgotten=${forgotten}
              .narrow=${this.narrow}
            ></encore-history-day>`,
        )}
      </div>
      <div class="end">
        ${
          this._stopped
            ? html`<p role="alert">${this._stopped}</p>
                <button
                  class="button"
                  @click=${() => void this.#fetchEarlier()}
                >
                  ${this.say("retry")}
                </button>`
            : list.next
              ? html`<button
                  class="button"
                  ?disabled=${this._fetching}
                  @click=${() => void this.#fetchEarlier()}
                >
                  ${this.say("earlier")}
                </button>`
              : html`<p class="quiet">
                  ${this.say("the_beginning")}<br />
                  ${this.query.get("thing") || this.filters.start || !/^(all_time)?$/.test(this.filters.window) ? nothing : this.importOffer()}
                </p>`
        }
      </div>`;
  }

  /** Return the totals of whole days: as answered, or of one thing, from what is loaded. */
  #totalsOf(days: Day[], list: Plays): Map<string, Total> {
    if (!this.query.get("thing"))
      return new Map(
        this.#totals.answer?.steps.map((step) => [step.start, step]) ?? [],
      );
    const whole = list.next ? days.slice(0, -1) : days;
    return new Map(
      whole.map(({ date, plays }) => [
        date,
        {
          play_count: plays.length,
          minutes:
            plays.reduce((sum, play) => sum + play.seconds_played, 0) / 60,
        },
      ]),
    );
  }

  #dialog(): TemplateResult | typeof nothing {
    const many = this._forgetting;
    if (many)
      return html`<encore-forget-dialog
        .hass=${this.hass}
        .many=${many}
        @closed=${() => (this._forgetting = null)}
        @forgotten=${(event: CustomEvent<Forgotten>) =>
          this.#forgotMany(many, event.detail)}
      ></encore-forget-dialog>`;
    const doing = this._doing;
    if (doing?.what === "forget")
      return html`<encore-forget-dialog
        .hass=${this.hass}
        .play=${doing.play}
        @closed=${() => (this._doing = null)}
        @forgotten=${(event: CustomEvent<Forgotten>) =>
          this.#forgot(doing.play, event.detail)}
      ></encore-forget-dialog>`;
    if (doing)
      return html`<encore-replay-dialog
        .hass=${this.hass}
        .heard=${fromHere(this._list?.plays ?? [doing.play], doing.play)}
        @closed=${() => (this._doing = null)}
      ></encore-replay-dialog>`;
    const id = this.query.get("play");
    if (!id) return nothing;
    return html`<encore-play-details
      .hass=${this.hass}
      .of=${id}
      .play=${this._list?.plays.find((play) => play.id === id)}
      ?administrator=${this.names.administrator}
      @closed=${() => {
        if (!this._doing) this.#show({ play: "" });
      }}
      @forget=${(event: CustomEvent<Play>) => this.#begin("forget", event.detail)}
      @replay=${(event: CustomEvent<Play>) => this.#begin("replay", event.detail)}
    ></encore-play-details>`;
  }

  #begin(what: "forget" | "replay", play: Play): void {
    const listed = this._list?.plays.find((each) => each.id === play.id);
    this._doing = { what, play: listed ?? play };
    this.#show({ play: "" });
  }

  #forgot(play: Play, { undo_id: undo }: Forgotten): void {
    const key = keyOf(play);
    this._doing = null;
    this._forgotten = new Map(this._forgotten).set(key, { play, undo });
    notify(
      this,
      this.say("forgotten_one", { title: play.title }),
      { text: this.say("undo"), action: () => void this.#restore(key) },
      12_000,
    );
  }

  #forgotMany(
    { title }: Many,
    { play_count: plays, undo_id: id }: Forgotten,
  ): void {
    this._forgetting = null;
    const number = inDigits(this.hass, plays);
    notify(
      this,
      this.say("forgotten_many", { title, count: plays, number }),
      { text: this.say("undo"), action: () => void this.#undo(id, title) },
      12_000,
    );
  }

  async #restore(key: string): Promise<void> {
    const forgotten = this._forgotten.get(key);
    if (!forgotten || !(await this.#undo(forgotten.undo, forgotten.play.title)))
      return;
    const left = new Map(this._forgotten);
    left.delete(key);
    this._forgotten = left;
    if (this._list)
      this._list = {
        ...this._list,
        plays: withThese(this._list.plays, [forgotten.play]),
      };
  }

  /** Bring back what was forgotten, and return whether it is back. */
  async #undo(id: number, title: string): Promise<boolean> {
    try {
      await act(this.hass, "undo_deletion", { id });
      notify(this, this.say("restored", { title }));
      return true;
    } catch (error) {
      notify(this, inWords(error));
      return false;
    }
  }

  #pickDay = (event: CustomEvent<string>): void => {
    this.#show({ day: event.detail });
  };

  #pickFound = (event: CustomEvent<Found>): void => {
    const { type, name, artist, uri } = event.detail;
    const exact = type === "track" || type === "episode" ? uri : null;
    const full = type === "album" ? `${name} ${artist}` : name;
    this.#show({ thing: exact ?? full, type, day: "" });
  };

  /** Show something else on this page; what is empty goes. */
  #show(change: Record<string, string>): void {
    const more: Record<string, string> = {};
    for (const name of ["thing", "type", "day", "play"])
      more[name] = change[name] ?? this.query.get(name) ?? "";
    this.go({ more });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-history": History;
  }
}
