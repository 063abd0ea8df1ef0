import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "../../elements/dialog.ts";
import { EncoreElement } from "../../elements/element.ts";
import type { Player } from "../../players.ts";
import type { Group } from "./groups.ts";

/** Chooses which rooms play together. Sends `closed`, and `chosen` with the entities. */
@customElement("encore-grouping-dialog")
export class GroupingDialog extends EncoreElement {
  @property({ attribute: false }) group!: Group;
  /** All rooms there are. */
  @property({ attribute: false }) rooms: Player[] = [];

  @state() private _chosen: ReadonlySet<string> = new Set();

  protected override words = "now" as const;

  static override styles = [
    ...EncoreElement.styles,
    css`
      label {
        display: flex;
        gap: 12px;
        align-items: center;
        min-height: 48px;
        cursor: pointer;
      }
      label span {
        flex: 1;
        min-width: 0;
      }
      input {
        min-height: 0;
        width: 20px;
        height: 20px;
        margin: 0;
        flex: none;
        accent-color: var(--primary-color, #03a9f4);
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this._chosen = new Set(
      this.group.players.map((player) => player.entity.entity_id),
    );
  }

  protected override render(): TemplateResult {
    const lead = this.group.lead.entity.entity_id;
    return html`<encore-dialog
      .hass=${this.hass}
      heading=${this.say("together_with", { room: this.group.lead.name })}
      @closed=${() => this.dispatchEvent(new Event("closed"))}
    >
      ${this.rooms
        .filter((room) => room.entity.entity_id !== lead)
        .map(
          ({ entity, name }) =>
            html`<label
              ><input
                type="checkbox"
                .checked=${this._chosen.has(entity.entity_id)}
                @change=${(event: Event) => {
                  const chosen = new Set(this._chosen);
                  if ((event.target as HTMLInputElement).checked)
                    chosen.add(entity.entity_id);
                  else chosen.delete(entity.entity_id);
                  this._chosen = chosen;
                }}
              /><span class="one-line" dir="auto">${name}</span></label
            >`,
        )}
      <button
        slot="actions"
        class="button"
        @click=${() => this.dispatchEvent(new Event("closed"))}
      >
        ${this.say("cancel")}
      </button>
      <button
        slot="actions"
        class="button main"
        @click=${() =>
          this.dispatchEvent(
            new CustomEvent("chosen", { detail: this._chosen }),
          )}
      >
        ${this.say("group_them")}
      </button>
    </encore-dialog>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-grouping-dialog": GroupingDialog;
  }
}
