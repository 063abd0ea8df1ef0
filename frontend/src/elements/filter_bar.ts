import {
  css,
  html,
  nothing,
  type PropertyValues,
  type TemplateResult,
} from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Filters } from "../filters.ts";
import type { Names } from "../names.ts";
import { EncoreElement } from "./element.ts";

/** Windows that are offered by name; any other stands between two dates. */
export const WINDOWS = [
  "today",
  "yesterday",
  "last_night",
  "this_week",
  "last_week",
  "this_month",
  "last_month",
  "this_year",
  "last_year",
  "all_time",
] as const;

export const KINDS = [
  "music",
  "podcast",
  "audiobook",
  "radio",
  "television",
  "line_in",
] as const;

const BETWEEN = "between";

/** What plays a page is about: window, listener, room, kind. Sends `filters-changed` with the new Filters. */
@customElement("encore-filter-bar")
export class FilterBar extends EncoreElement {
  @property({ attribute: false }) filters!: Filters;
  @property({ attribute: false }) names: Names | undefined;
  /** The window of the page where none is chosen. */
  @property() usual = "";
  /** Whether the page has a window of its own, so that none is chosen here. */
  @property({ type: Boolean }) windowless = false;
  @property({ type: Boolean, reflect: true }) narrow = false;
  @state() private _between = false;

  static override styles = [
    ...EncoreElement.styles,
    css`
      :host {
        display: block;
      }
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      :host([narrow]) form {
        flex-wrap: nowrap;
        overflow-x: auto;
        scrollbar-width: none;
        margin-inline: -12px;
        padding: 2px 12px;
        scroll-padding-inline: 12px;
      }
      label {
        display: contents;
      }
      select,
      input {
        border-radius: 18px;
        flex: none;
      }
      select {
        max-width: min(220px, 60vw);
      }
      :host([narrow]) :is(select, input) {
        min-height: 40px;
        border-radius: 20px;
      }
      select.chosen {
        border-color: var(--primary-color, #03a9f4);
        background-color: color-mix(
          in srgb,
          var(--primary-color, #03a9f4) 14%,
          var(--encore-surface)
        );
      }
    `,
  ];

  protected override willUpdate(changed: PropertyValues): void {
    // A window that was chosen elsewhere, such as by going back, ends the choice of days.
    if (changed.has("filters") && this.filters.window) this._between = false;
  }

  protected override render(): TemplateResult {
    const { filters, names } = this;
    const between = this._between || !!(filters.start || filters.end);
    return html`<form
      role="search"
      aria-label=${this.say("filters")}
      @submit=${(event: Event) => event.preventDefault()}
    >
      ${
        this.windowless
          ? nothing
          : html`<label
                ><span class="unseen">${this.say("window")}</span>
                <select
                  class=${filters.window || between ? "chosen" : ""}
                  @change=${this.#window}
                >
                  ${this.#windows(between)}
                </select></label
              >
              ${
                between
                  ? html`<label
                        ><span class="unseen">${this.say("from")}</span
                        ><input
                          type="date"
                          .value=${filters.start.slice(0, 10)}
                          @change=${this.#date("start")}
                      /></label>
                      <label
                        ><span class="unseen">${this.say("until")}</span
                        ><input
                          type="date"
                          .value=${filters.end.slice(0, 10)}
                          @change=${this.#date("end")}
                      /></label>`
                  : nothing
              }`
      }
      ${this.#choice("listener", [
        ["", this.say("everyone")],
        ...(names?.listeners ?? []).map((each): [string, string] => [
          each.name,
          each.name,
        ]),
        ...(names?.groups ?? []).map((each): [string, string] => [each, each]),
      ])}
      ${this.#choice("room", [
        ["", this.say("every_room")],
        ...(names?.rooms ?? []).map((each): [string, string] => [each, each]),
      ])}
      ${this.#choice("kind", [
        ["", this.say("every_kind")],
        ...KINDS.map((kind): [string, string] => [
          kind,
          this.say(`kind_${kind}`),
        ]),
      ])}
    </form>`;
  }

  #windows(between: boolean): TemplateResult {
    const { window } = this.filters;
    const chosen = between ? BETWEEN : window || this.usual;
    const named: string[] = WINDOWS.filter((each) => each !== this.usual);
    if (this.usual) named.unshift(this.usual);
    if (window && !named.includes(window)) named.unshift(window);
    return html`${named.map((name) => {
        const known = this.say(`window_${name}`);
        return html`<option value=${name} .selected=${name === chosen}>
          ${known === `window_${name}` ? name.replaceAll("_", " ") : known}
        </option>`;
      })}
      <option value=${BETWEEN} .selected=${between}>
        ${this.say("window_between")}
      </option>`;
  }

  #choice(
    name: "listener" | "room" | "kind",
    options: [string, string][],
  ): TemplateResult {
    const chosen = this.filters[name];
    const all = options.some(([value]) => value === chosen)
      ? options
      : [...options, [chosen, chosen] as [string, string]];
    return html`<label
      ><span class="unseen">${this.say(name)}</span>
      <select
        class=${chosen ? "chosen" : ""}
        @change=${(event: Event) =>
          this.#change({ [name]: (event.target as HTMLSelectElement).value })}
      >
        ${all.map(
          ([value, label]) =>
            html`<option value=${value} .selected=${value === chosen}>
              ${label}
            </option>`,
        )}
      </select></label
    >`;
  }

  #window = (event: Event): void => {
    const { value } = event.target as HTMLSelectElement;
    this._between = value === BETWEEN;
    if (!this._between)
      this.#change({
        window: value === this.usual ? "" : value,
        start: "",
        end: "",
      });
  };

  #date =
    (name: "start" | "end") =>
    (event: Event): void =>
      this.#change({
        window: "",
        [name]: (event.target as HTMLInputElement).value,
      });

  #change(change: Partial<Filters>): void {
    this.dispatchEvent(
      new CustomEvent("filters-changed", {
        detail: { ...this.filters, ...change },
      }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-filter-bar": FilterBar;
  }
}
