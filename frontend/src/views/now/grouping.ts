import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import "../../elements/dialog.ts";
import { EncoreElement } from "../../elements/element.ts";
import type { Player } from "../../players.ts";
import type { Group } from "./groups.ts";

/**
 * Chooses which rooms play together. A room that nobody touched here shows, and stays, what the speakers say now, also when
 * they say something else while this is open. Sends `closed`, and `chosen` with the entities.
 */
@customElement("encore-grouping-dialog")
export class GroupingDialog extends EncoreElement {
  @property({ attribute: false }) group!: Group;
  /** All rooms there are. */
  @property({ attribute: false }) rooms: Player[] = [];

  /** Whether groups are being changed: what the speakers say is about to be another. */
  @property({ type: Boolean }) busy = false;

  /** What was chosen here, by entity: that it plays along, or does not. */
  @state() private _touched: ReadonlyMap<string, boolean> = new Map();

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

  get #chosen(): ReadonlySet<string> {
    const chosen = new Set(
      this.group.players.map((player) => player.entity.entity_id),
    );
    for (const [room, joins] of this._touched)
      if (joins) chosen.add(room);
      else chosen.delete(room);
    return chosen;
  }

  protected override render(): TemplateResult {
    const lead = this.group.lead.entity.entity_id;
    const chosen = this.#chosen;
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
                .checked=${chosen.has(entity.entity_id)}
                ?disabled=${this.busy}
                @change=${(event: Event) => {
                  const { checked } = event.target as HTMLInputElement;
                  this._touched = new Map(this._touched).set(
                    entity.entity_id,
                    checked,
                  );
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
        aria-busy=${this.busy}
        ?disabled=${this.busy}
        @click=${() =>
          this.dispatchEvent(
            new CustomEvent("chosen", { detail: this.#chosen }),
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
