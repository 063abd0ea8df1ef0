import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { shown, notice } from "../../elements/states.ts";
import { momentOf } from "../../format.ts";
import { fetchOverview, type Overview, type Speaker } from "./overview.ts";
import { Section } from "./section.ts";

/** How the speakers are heard: by their events, by asking, or not at all. */
@customElement("encore-manage-speakers")
export class ManageSpeakers extends Section<Overview> {
  protected override every = 60_000;

  protected override fetch(): Promise<Overview> {
    return fetchOverview(this.hass);
  }

  protected override render(): TemplateResult {
    return shown(this._state, (overview) => this.#households(overview), {
      waiting: this.say("waiting"),
      lines: 8,
    });
  }

  #households({ households }: Overview): TemplateResult {
    if (!households.length)
      return notice(
        "room",
        this.say("no_speakers"),
        this.say("no_speakers_more"),
      );
    return html`<div class="grid">
      ${households.map(
        (household) =>
          html`<section class="surface wide">
            <h2 dir="auto">${household.name}</h2>
            ${
              household.reason
                ? html`<p class="mark bad">${household.reason}</p>`
                : nothing
            }
            <div
              class="scroll"
              tabindex="0"
              role="region"
              aria-label=${household.name}
            >
              <table>
                <thead>
                  <tr>
                    ${["room", "model", "software", "heard", "heard_last"].map(
                      (column) =>
                        html`<th scope="col">${this.say(column)}</th>`,
                    )}
                  </tr>
                </thead>
                <tbody>
                  ${household.speakers.map((speaker) => this.#speaker(speaker))}
                </tbody>
              </table>
            </div>
          </section>`,
      )}
    </div>`;
  }

  #speaker(speaker: Speaker): TemplateResult {
    const sign = { pushed: "good", lost: "bad" }[speaker.link as string] ?? "";
    return html`<tr>
      <td dir="auto">${speaker.room}</td>
      <td>${speaker.model ?? "–"}</td>
      <td>${speaker.software ?? "–"}</td>
      <td>
        <span class="mark ${sign}">${this.say(`link_${speaker.link}`)}</span>
      </td>
      <td>
        <time
          >${speaker.heard_at ? momentOf(this.hass, speaker.heard_at) : "–"}</time
        >
      </td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-speakers": ManageSpeakers;
  }
}
