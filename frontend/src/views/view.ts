import { css, html, nothing, type TemplateResult } from "lit";
import { property } from "lit/decorators.js";

import { EncoreElement } from "../elements/element.ts";
import { states } from "../elements/styles.ts";
import { NO_FILTERS, type Filters } from "../filters.ts";
import type { Names } from "../names.ts";

/** What all pages are given. */
export abstract class View extends EncoreElement {
  @property({ attribute: false }) names!: Names;
  @property({ attribute: false }) filters: Filters = NO_FILTERS;
  @property({ type: Boolean, reflect: true }) narrow = false;
  /** What stands in the address besides the filters. */
  @property({ attribute: false }) query = new URLSearchParams();

  static override styles = [
    ...EncoreElement.styles,
    states,
    css`
      :host {
        display: block;
      }
      .grid {
        display: grid;
        gap: 16px;
        grid-template-columns: repeat(auto-fill, minmax(min(400px, 100%), 1fr));
        align-items: stretch;
      }
      .wide {
        grid-column: 1 / -1;
      }
      .stale {
        opacity: 0.6;
        transition: opacity 0.2s;
      }
    `,
  ];

  /** Return the way to what Spotify knows of earlier plays, for those who can import it. */
  protected importOffer(): TemplateResult | typeof nothing {
    return this.names.administrator
      ? html`${this.say("earlier_plays")}<br /><br /><button
            class="button"
            @click=${() => this.go({ page: "import" })}
          >
            ${this.say("import_earlier")}
          </button>`
      : nothing;
  }

  /** Go to another page, or show something else on this one: filters that are not named stay. */
  protected go(to: {
    page?: string;
    filters?: Partial<Filters>;
    more?: Record<string, string>;
    replace?: boolean;
  }): void {
    this.dispatchEvent(
      new CustomEvent("encore-go", {
        detail: to,
        bubbles: true,
        composed: true,
      }),
    );
  }
}
