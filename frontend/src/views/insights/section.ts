import { css, html, nothing, type TemplateResult } from "lit";
import { property, state } from "lit/decorators.js";

import { Followed, type Parameters, type State } from "../../requests.ts";
import type { Cell } from "../../csv.ts";
import { CalmElement } from "../../elements/calm.ts";
import "../../elements/figure.ts";
import type { By, Of, Ranked } from "../../elements/ranking.ts";
import { shown } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import { NO_FILTERS, parametersOf, type Filters } from "../../filters.ts";
import type { Names } from "../../names.ts";

/** The window of this page where none is chosen. */
export const USUAL = "this_month";

const AHEAD = "300px";

/** One picture of the page, with its question: it asks when it comes near to what is seen. */
export abstract class Section extends CalmElement {
  @property({ attribute: false }) names!: Names;
  @property({ attribute: false }) filters: Filters = NO_FILTERS;
  @property() by: By = "plays";
  @property({ type: Boolean, reflect: true }) narrow = false;

  /** Whether it is near enough to be asked for; it stays so. */
  @state() protected near = false;

  protected override words = "insights" as const;

  static override styles = [
    ...CalmElement.styles,
    states,
    css`
      :host {
        display: block;
        min-width: 0;
        min-height: 240px;
      }
      encore-figure {
        height: 100%;
      }
      .stale {
        opacity: 0.6;
        transition: opacity 0.2s;
      }
      .facts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 32px;
        padding-bottom: 12px;
      }
      .facts div {
        min-width: 0;
      }
      .facts b {
        display: block;
        font-size: var(--ha-font-size-2xl, 24px);
        font-weight: var(--ha-font-weight-normal, 400);
        line-height: 1.3;
        font-variant-numeric: tabular-nums;
      }
      .choice {
        border-radius: 20px;
        min-height: 40px;
        max-width: min(200px, 36vw);
      }
      .facts label {
        margin-inline-start: auto;
      }
      .facts .choice {
        max-width: 100%;
      }
      .none {
        padding: 24px 0;
        text-align: center;
      }
    `,
  ];

  #seen: IntersectionObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.near) return;
    this.#seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        this.near = true;
        this.#seen?.disconnect();
      },
      { rootMargin: AHEAD },
    );
    this.#seen.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#seen?.disconnect();
  }

  /** Follow an answer as soon as this is near; `parameters` returns null for nothing to ask. */
  protected followed<T>(
    question: string,
    parameters: () => Parameters | null,
  ): Followed<T> {
    return new Followed<T>(this, () => {
      const given = this.near ? parameters() : null;
      return given && { hass: this.hass, question, parameters: given };
    });
  }

  /** What questions are asked with: the filters of the page. */
  protected get asked(): Parameters {
    return parametersOf(this.filters, USUAL);
  }

  /** Show an answer in a figure, or in its place why there is none. */
  protected figure<T extends { speech: string }>(
    followed: { state: State<T>; stale: boolean },
    heading: string,
    made: (answer: T) => {
      columns: string[];
      rows: Cell[][];
      inside: TemplateResult;
      caption?: string;
      card?: object | null;
    },
    actions?: TemplateResult,
    file = "encore",
  ): TemplateResult {
    const { state } = followed;
    const drawn = state.is === "answered" ? made(state.answer) : undefined;
    return html`<encore-figure
      .hass=${this.hass}
      .heading=${heading}
      .caption=${drawn?.caption ?? ""}
      .columns=${drawn?.columns ?? []}
      .rows=${drawn?.rows ?? []}
      .card=${drawn?.card ?? null}
      .file=${file}
    >
      ${actions}
      <div class=${followed.stale ? "stale" : ""} aria-busy=${followed.stale}>
        ${
          this.near
            ? shown(state, () => drawn?.inside ?? html``, {
                waiting: this.say("waiting"),
              })
            : nothing
        }
      </div>
    </encore-figure>`;
  }

  /** Return a choice beside the heading of a figure. */
  protected choice<V extends string>(
    label: string,
    options: [V, string][],
    chosen: V,
    choose: (value: V) => void,
  ): TemplateResult {
    return html`<label slot="actions"
      ><span class="unseen">${label}</span>
      <select
        class="choice"
        @change=${(event: Event) =>
          choose((event.target as HTMLSelectElement).value as V)}
      >
        ${options.map(
          ([value, text]) =>
            html`<option value=${value} .selected=${value === chosen}>
              ${text}
            </option>`,
        )}
      </select></label
    >`;
  }

  protected nothing(words = this.say("nothing_here")): TemplateResult {
    return html`<p class="none quiet">${words}</p>`;
  }

  /** Return what a list is called as a table. */
  protected columnsOf(of: Of): string[] {
    const hasArtist = of === "tracks" || of === "albums";
    return [
      this.say(`one_of_${of}`),
      ...(hasArtist ? [this.say("artist")] : []),
      this.say("plays"),
      this.say("minutes"),
    ];
  }

  /** Return a list as the rows of such a table. */
  protected rowsOf(entries: Ranked[], of: Of): Cell[][] {
    const hasArtist = of === "tracks" || of === "albums";
    return entries.map((each) => [
      each.name,
      ...(hasArtist ? [each.artist] : []),
      each.play_count,
      each.minutes,
    ]);
  }

  /** Look up what somebody chose of a list: a room becomes the filter, of all else the page tells more. */
  protected look(of: Of, entry: Ranked): void {
    if (of === "rooms") this.go({ filters: { room: entry.name } });
    else
      this.dispatchEvent(
        new CustomEvent<Chosen>("look", {
          detail: { of, entry },
          bubbles: true,
          composed: true,
        }),
      );
  }

  /** Show something else on this page, or another one; other filters stay. */
  protected go(to: { page?: string; filters?: Partial<Filters> }): void {
    this.dispatchEvent(
      new CustomEvent("encore-go", {
        detail: to,
        bubbles: true,
        composed: true,
      }),
    );
  }
}

/** What was chosen of a list. */
export interface Chosen {
  of: Exclude<Of, "rooms">;
  entry: Ranked;
}
