import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { Followed, type Parameters, type State } from "../../requests.ts";
import { timelineDrawing, type Timeline } from "../../drawings/timeline.ts";
import { CalmElement } from "../../elements/calm.ts";
import "../../elements/chart.ts";
import "../../elements/cover.ts";
import "../../elements/figure.ts";
import { icon } from "../../elements/icons.ts";
import type { Of } from "../../elements/ranking.ts";
import "../../elements/ranking.ts";
import { shown, notice } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { parametersOf, type Filters } from "../../filters.ts";
import { inDigits, inHours, monthName, stepName } from "../../format.ts";
import type { Names } from "../../names.ts";
import { daysOf, stepFor } from "../../windows.ts";
import type { Review, WindowAnswers, YearAnswer } from "./answers.ts";
import "./picture.ts";
import { looks } from "./looks.ts";
import { reviewOfWindow, reviewOfYear } from "./review.ts";
import { comparison, factsOf, timeOfAll, titleOf, type Say } from "./words.ts";

const FIVE = 5;
const TOPS: Of[] = ["artists", "tracks", "albums", "shows", "rooms"];

/** The review of a year, or of another window. */
@customElement("encore-year-review")
export class YearReview extends CalmElement {
  @property({ attribute: false }) names!: Names;
  /** Whose, where and of what kind; and the window, where it is no year. */
  @property({ attribute: false }) filters!: Filters;
  /** 0 for a window that is no year. */
  @property({ type: Number }) year = 0;
  @property({ type: Boolean, reflect: true }) narrow = false;

  @state() private _picture = false;

  protected override words = "year" as const;

  static override styles = [...CalmElement.styles, states, looks];

  #year = new Followed<YearAnswer>(this, () =>
    this.year
      ? {
          hass: this.hass,
          question: "get_year_in_review",
          parameters: {
            ...parametersOf(this.filters),
            year: this.year,
            limit: FIVE,
          },
        }
      : null,
  );

  #taste = this.#ofWindow<WindowAnswers["taste"]>("get_taste", { limit: FIVE });
  #time = this.#ofWindow<WindowAnswers["time"]>("get_listening_time");
  #streaks = this.#ofWindow<WindowAnswers["streaks"]>("get_streaks", {
    limit: 1,
  });
  #sessions = this.#ofWindow<WindowAnswers["sessions"]>("get_sessions", {
    limit: 1,
  });
  #discoveries = this.#ofWindow<WindowAnswers["discoveries"]>(
    "get_discoveries",
    {
      of: "artists",
      limit: 1,
    },
  );
  #timeline = new Followed<Timeline>(this, () =>
    this.year
      ? null
      : {
          hass: this.hass,
          question: "get_timeline",
          parameters: {
            ...parametersOf(this.filters),
            step: stepFor(
              daysOf(this.filters, "", this.names.recorded_from, new Date()),
            ),
            limit: 1_000,
          },
        },
  );

  #ofWindow<T>(question: string, more: Parameters = {}): Followed<T> {
    return new Followed<T>(this, () =>
      this.year
        ? null
        : {
            hass: this.hass,
            question,
            parameters: { ...parametersOf(this.filters), ...more },
          },
    );
  }

  #say: Say = (key, values) => this.say(key, values);

  get #asked(): Followed<unknown>[] {
    return this.year
      ? [this.#year]
      : [
          this.#taste,
          this.#time,
          this.#timeline,
          this.#streaks,
          this.#sessions,
          this.#discoveries,
        ];
  }

  get #state(): State<Review> {
    const refused = this.#asked.find((each) => each.state.is === "refused");
    if (refused?.state.is === "refused") return refused.state;
    const year = this.#year.answer;
    if (this.year)
      return year
        ? { is: "answered", answer: reviewOfYear(year) }
        : { is: "asking" };
    const [taste, time, timeline, streaks, sessions, discoveries] = [
      this.#taste.answer,
      this.#time.answer,
      this.#timeline.answer,
      this.#streaks.answer,
      this.#sessions.answer,
      this.#discoveries.answer,
    ];
    if (!taste || !time || !timeline || !streaks || !sessions || !discoveries)
      return { is: "asking" };
    const answers = { taste, time, timeline, streaks, sessions, discoveries };
    return { is: "answered", answer: reviewOfWindow(answers) };
  }

  protected override render(): TemplateResult {
    const stale = this.#asked.some((each) => each.stale);
    return html`<div class=${stale ? "stale" : ""} aria-busy=${stale}>
      ${shown(this.#state, (review) => this.#review(review), {
        waiting: this.say("waiting"),
        lines: 10,
      })}
    </div>`;
  }

  #review(review: Review): TemplateResult {
    if (!review.total.play_count)
      return notice("music", this.say("nothing_here"), review.speech);
    return html`${this.#hero(review)} ${this.#steps(review)}
      <div class="tops n${TOPS.filter((of) => review.top[of]?.length).length}">
        ${TOPS.map((of) => this.#top(review, of))}
      </div>
      <h2 class="heading">${this.say("worth_telling")}</h2>
      <ul class="facts">
        ${factsOf(this.hass, this.#say, review).map(
          (fact) =>
            html`<li class="surface">
              ${
                fact.of
                  ? html`<encore-cover
                      .hass=${this.hass}
                      .uri=${fact.of.uri}
                      .artist=${fact.of.artist}
                      .name=${fact.of.name}
                      ?round=${!!fact.of.artist}
                    ></encore-cover>`
                  : nothing
              }
              <div>
                <div class="quiet small">${fact.label}</div>
                <div class="value" dir="auto">${fact.value}</div>
                ${
                  fact.more
                    ? html`<div class="quiet small" dir="auto">
                        ${fact.more}
                      </div>`
                    : nothing
                }
              </div>
            </li>`,
        )}
      </ul>
      ${
        this._picture
          ? html`<encore-year-picture
              .hass=${this.hass}
              .review=${review}
              .owner=${this.#owner()}
              @closed=${() => (this._picture = false)}
            ></encore-year-picture>`
          : nothing
      }`;
  }

  /** Whose review it is, where and of what kind. */
  #owner(): string {
    const { listener, room, kind } = this.filters;
    const only = [room, kind && this.say(`kind_${kind}`)].filter(Boolean);
    return [
      listener
        ? this.say("music_of", { listener })
        : this.say("music_of_house"),
      ...only,
    ].join(" · ");
  }

  #hero(review: Review): TemplateResult {
    const { hass } = this;
    const { different } = review;
    const covers = ofSeveral(review.top.tracks ?? review.top.shows ?? []);
    const numbers: [string, string][] = [
      [timeOfAll(hass, this.#say, review), this.say("of_listening")],
      [
        inDigits(hass, review.total.play_count),
        this.say("plays", { count: review.total.play_count }),
      ],
      [
        inDigits(hass, different.artists ?? 0),
        this.say("of_artists", { count: different.artists ?? 0 }),
      ],
      [
        inDigits(hass, different.tracks ?? 0),
        this.say("of_tracks", { count: different.tracks ?? 0 }),
      ],
    ];
    const title = titleOf(hass, this.#say, review);
    return html`<section class="hero" aria-label=${title}>
      <div class="about">
        <p>${this.#owner()}</p>
        <h2 class=${title.length > 8 ? "long" : ""} dir="auto">${title}</h2>
        <p class="change">${comparison(hass, this.#say, review)}</p>
        <dl>
          ${numbers.map(
            ([value, name]) =>
              html`<div>
                <dt>${name}</dt>
                <dd class="number">${value}</dd>
              </div>`,
          )}
        </dl>
        <button class="button" @click=${() => (this._picture = true)}>
          ${icon("download")}${this.say("as_one_picture")}
        </button>
      </div>
      <div class="covers" aria-hidden="true">
        ${covers.map(
          (each) =>
            html`<encore-cover
              .hass=${hass}
              .uri=${each.uri}
              .name=${each.name}
            ></encore-cover>`,
        )}
      </div>
    </section>`;
  }

  #steps(review: Review): TemplateResult {
    const { hass } = this;
    const { steps, step } = review;
    const answer = { ...review, steps, by: "plays" } as unknown as Timeline;
    const months = step === "month" && review.year !== null;
    const hasTracks = steps.some((each) => each.track);
    return html`<encore-figure
      .hass=${hass}
      heading=${this.say(months ? "months" : "how_it_went")}
      .columns=${[
        this.say(step),
        this.say("plays_column"),
        this.say("minutes"),
        ...(hasTracks ? [this.say("top_track"), this.say("artist")] : []),
      ]}
      .rows=${steps.map((each) => [
        months
          ? monthName(hass, Number(each.start.slice(5, 7)))
          : stepName(hass, each.start, step, "long"),
        each.play_count,
        each.minutes,
        ...(hasTracks
          ? [each.track?.name ?? null, each.track?.artist ?? null]
          : []),
      ])}
      .card=${{
        type: "custom:encore-timeline-card",
        ...parametersOf(this.filters, this.year ? String(this.year) : ""),
        step,
      }}
      file="encore-${titleOf(hass, this.#say, review)}"
    >
      <encore-chart
        .hass=${hass}
        label=${review.speech}
        .height=${this.narrow ? 200 : 240}
        .draw=${timelineDrawing(hass, answer, { by: "plays", steps })}
      ></encore-chart>
      ${hasTracks ? this.#tracksOfMonths(review) : nothing}
    </encore-figure>`;
  }

  #tracksOfMonths(review: Review): TemplateResult {
    return html`<ol class="months">
      ${review.steps.map((each) =>
        each.track
          ? html`<li>
              <encore-cover
                .hass=${this.hass}
                .uri=${each.track.uri}
                .name=${each.track.name}
              ></encore-cover>
              <div>
                <div class="quiet small">
                  ${monthName(this.hass, Number(each.start.slice(5, 7)))},
                  ${inHours(this.hass, each.minutes)}
                </div>
                <div class="one-line" dir="auto" title=${each.track.name}>
                  ${each.track.name}
                </div>
                <div class="one-line quiet small" dir="auto">
                  ${each.track.artist}
                </div>
              </div>
            </li>`
          : nothing,
      )}
    </ol>`;
  }

  #top(review: Review, of: Of): TemplateResult | typeof nothing {
    const top = review.top[of]?.slice(0, FIVE);
    if (!top?.length) return nothing;
    const all = review.different[of];
    return html`<encore-figure
      .hass=${this.hass}
      heading=${this.say(`top_${of}`)}
      caption=${
        all && all > top.length
          ? this.say(`of_all_${of}`, { number: inDigits(this.hass, all) })
          : ""
      }
      .columns=${[
        this.say("name"),
        this.say("artist"),
        this.say("plays_column"),
        this.say("minutes"),
      ]}
      .rows=${top.map((each) => [
        each.name,
        each.artist,
        each.play_count,
        each.minutes,
      ])}
      .card=${{
        type: "custom:encore-top-card",
        ...parametersOf(this.filters, this.year ? String(this.year) : ""),
        of,
      }}
      file="encore-top-${of}"
    >
      <encore-ranking
        class="large"
        .hass=${this.hass}
        .entries=${top}
        .of=${of}
        numbered
      ></encore-ranking>
    </encore-figure>`;
  }
}

/** Return what was heard most, of each artist one thing first: tracks of one album have one cover. */
const ofSeveral = <T extends { artist: string }>(top: T[]): T[] => {
  const first = top.filter(
    ({ artist }, at) => top.findIndex((each) => each.artist === artist) === at,
  );
  const rest = top.filter((each) => !first.includes(each));
  return [...first, ...rest].slice(0, FIVE);
};
