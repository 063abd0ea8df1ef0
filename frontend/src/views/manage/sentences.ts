import { html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { command } from "../../requests.ts";
import { shown, notice } from "../../elements/states.ts";
import { momentOf } from "../../format.ts";
import { Section } from "./section.ts";

interface Sentences {
  sentences: { at: string; language: string; sentence: string }[];
}

/** Sentences that began like a question of ours, and were not understood. */
@customElement("encore-manage-sentences")
export class ManageSentences extends Section<Sentences> {
  protected override fetch(): Promise<Sentences> {
    return command<Sentences>(this.hass, "get_unrecognized_requests");
  }

  protected override render(): TemplateResult {
    return html`<section class="surface">
      <div class="line">
        <h2>${this.say("section_sentences")}</h2>
        <button
          class="button"
          ?disabled=${
            this._state.is !== "answered" ||
            !this._state.answer.sentences.length
          }
          @click=${() =>
            this.carryOut(
              () => command(this.hass, "clear_unrecognized_requests"),
              this.say("cleared"),
            )}
        >
          ${this.say("clear")}
        </button>
      </div>
      <p class="quiet">${this.say("sentences_more")}</p>
      ${shown(this._state, ({ sentences }) => this.#list(sentences), {
        waiting: this.say("waiting"),
      })}
    </section>`;
  }

  #list(sentences: Sentences["sentences"]): TemplateResult {
    if (!sentences.length) return notice("music", this.say("all_understood"));
    return html`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${this.say("section_sentences")}
    >
      <table>
        <thead>
          <tr>
            ${["when", "sentence", "language"].map(
              (column) => html`<th scope="col">${this.say(column)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${sentences.map(
            (each) =>
              html`<tr>
                <td><time>${momentOf(this.hass, each.at)}</time></td>
                <td dir="auto" lang=${each.language}>${each.sentence}</td>
                <td>${each.language}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-sentences": ManageSentences;
  }
}
