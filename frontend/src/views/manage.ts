import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import "./manage/audit.ts";
import "./manage/calls.ts";
import "./manage/sentences.ts";
import "./manage/work.ts";
import { View } from "./view.ts";

const SECTIONS = ["work", "calls", "audit", "sentences"] as const;
type Section = (typeof SECTIONS)[number];

/** What an owner looks after, a part at a time. */
@customElement("encore-manage")
export class Manage extends View {
  protected override words = "manage" as const;

  static override styles = [
    ...View.styles,
    css`
      nav {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-bottom: 16px;
      }
      nav .button[aria-current] {
        background: color-mix(in srgb, var(--primary-color) 16%, transparent);
        border-color: var(--primary-color);
      }
    `,
  ];

  get #section(): Section {
    const asked = this.query.get("section");
    return SECTIONS.find((each) => each === asked) ?? SECTIONS[0];
  }

  protected override render(): TemplateResult {
    return html`<nav aria-label=${this.say("sections")}>
        ${SECTIONS.map(
          (section) =>
            html`<button
              class="button"
              aria-current=${section === this.#section ? "true" : nothing}
              @click=${() => this.go({ more: { section } })}
            >
              ${this.say(`section_${section}`)}
            </button>`,
        )}
      </nav>
      ${this.#shown()}`;
  }

  #shown(): TemplateResult {
    const { hass, names, narrow } = this;
    switch (this.#section) {
      case "work":
        return html`<encore-manage-work
          .hass=${hass}
          .names=${names}
          .narrow=${narrow}
        ></encore-manage-work>`;
      case "calls":
        return html`<encore-manage-calls
          .hass=${hass}
          .names=${names}
          .narrow=${narrow}
        ></encore-manage-calls>`;
      case "audit":
        return html`<encore-manage-audit
          .hass=${hass}
          .names=${names}
          .narrow=${narrow}
        ></encore-manage-audit>`;
      case "sentences":
        return html`<encore-manage-sentences
          .hass=${hass}
          .names=${names}
          .narrow=${narrow}
        ></encore-manage-sentences>`;
    }
  }
}
