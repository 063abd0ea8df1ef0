import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { EncoreElement } from "./element.ts";
import { icon } from "./icons.ts";

/** A dialog over the page. It is open while it is in the document; `closed` is sent when it should go. */
@customElement("encore-dialog")
export class Dialog extends EncoreElement {
  @property() heading = "";

  @query("dialog") private _dialog!: HTMLDialogElement;

  static override styles = [
    ...EncoreElement.styles,
    css`
      dialog {
        color: inherit;
        padding: 0;
        width: min(560px, calc(100vw - 24px));
        max-height: min(88vh, 900px);
        overflow: hidden;
      }
      dialog[open] {
        display: flex;
        flex-direction: column;
      }
      dialog::backdrop {
        background: rgb(0 0 0 / 50%);
      }
      header {
        display: flex;
        align-items: center;
        gap: 8px;
        padding: 12px 12px 8px 20px;
      }
      header h2 {
        flex: 1;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .body {
        padding: 0 20px 16px;
        overflow: auto;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: 8px;
        padding: 8px 16px 16px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<dialog
      class="surface"
      aria-labelledby="heading"
      @close=${() => this.dispatchEvent(new Event("closed"))}
      @click=${(event: Event) => {
        if (event.target === this._dialog) this._dialog.close();
      }}
    >
      <header>
        <h2 id="heading">${this.heading}</h2>
        <button
          class="icon-button"
          aria-label=${this.say("close")}
          @click=${() => this._dialog.close()}
        >
          ${icon("close")}
        </button>
      </header>
      <div class="body" tabindex="-1"><slot></slot></div>
      <footer><slot name="actions"></slot></footer>
    </dialog>`;
  }

  protected override firstUpdated(_changed: PropertyValues): void {
    this._dialog.showModal();
  }

  close(): void {
    this._dialog.close();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-dialog": Dialog;
  }
}
