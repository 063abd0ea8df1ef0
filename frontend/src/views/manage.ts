import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";
import { html as staticHtml, unsafeStatic } from "lit/static-html.js";

import "./manage/accounts.ts";
import "./manage/audit.ts";
import "./manage/calls.ts";
import "./manage/events.ts";
import "./manage/sentences.ts";
import "./manage/speakers.ts";
import "./manage/store.ts";
import "./manage/work.ts";
import { View } from "./view.ts";

/** Each is the element `encore-manage-<name>`. */
const SECTIONS = [
  "accounts",
  "work",
  "calls",
  "speakers",
  "store",
  "audit",
  "sentences",
  "events",
] as const;
type SectionName = (typeof SECTIONS)[number];

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
      :host([narrow]) nav {
        flex-wrap: nowrap;
        overflow-x: auto;
        scrollbar-width: none;
        margin: -2px -12px 14px;
        padding: 2px 12px;
      }
      nav .button {
        flex: none;
        min-height: 40px;
        border-radius: 20px;
      }
      nav .button[aria-current] {
        background: color-mix(in srgb, var(--primary-color) 16%, transparent);
        border-color: var(--primary-color);
      }
    `,
  ];

  get #section(): SectionName {
    const asked = this.query.get("section");
    return SECTIONS.find((each) => each === asked) ?? SECTIONS[0];
  }

  #current: SectionName | undefined;

  protected override updated(): void {
    if (this.#current === this.#section) return;
    this.#current = this.#section;
    this.renderRoot
      .querySelector("nav [aria-current]")
      ?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  protected override render(): TemplateResult {
    const shown = this.#section;
    const tag = unsafeStatic(`encore-manage-${shown}`);
    return html`<nav aria-label=${this.say("sections")}>
        ${SECTIONS.map(
          (section) =>
            html`<button
              class="button"
              aria-current=${section === shown ? "true" : nothing}
              @click=${() => this.go({ more: { section } })}
            >
              ${this.say(`section_${section}`)}
            </button>`,
        )}
      </nav>
      ${staticHtml`<${tag}
        .hass=${this.hass}
        .names=${this.names}
        .narrow=${this.narrow}
      ></${tag}>`}`;
  }
}
