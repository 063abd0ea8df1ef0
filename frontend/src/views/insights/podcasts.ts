import { html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import type { State } from "../../requests.ts";
import { inDigits, inHours } from "../../format.ts";
import type { Ranked } from "../../elements/ranking.ts";
import "../../elements/ranking.ts";
import type { ListeningTime, Top } from "./answers.ts";
import { Section } from "./section.ts";

const SHOWN = 10;

/** The shows that were heard, and for how long. */
@customElement("encore-insights-podcasts")
export class Podcasts extends Section {
  #shows = this.followed<Top>("get_top", () => ({
    ...this.asked,
    of: "shows",
    by: this.by,
    limit: SHOWN,
  }));
  #time = this.followed<ListeningTime>("get_listening_time", () => ({
    ...this.asked,
    kind: "podcast",
  }));

  protected override render(): TemplateResult {
    const { hass } = this;
    const time = this.#time.answer;
    const state: State<Top> = this.#shows.state;
    return this.figure(
      { state, stale: this.#shows.stale },
      this.say("podcasts"),
      ({ top }) => ({
        columns: this.columnsOf("shows"),
        rows: this.rowsOf(top, "shows"),
        card: {
          type: "custom:encore-top-card",
          ...this.asked,
          of: "shows",
          by: this.by,
        },
        inside: top.length
          ? html`${
                time
                  ? html`<div class="facts">
                      <div>
                        <b>${inHours(hass, time.total.minutes)}</b
                        >${this.say("listening_time")}
                      </div>
                      <div>
                        <b>${inDigits(hass, time.total.play_count)}</b
                        >${this.say("of_episodes", { count: time.total.play_count })}
                      </div>
                      <div>
                        <b>${inDigits(hass, time.days)}</b
                        >${this.say("days_with_podcasts", { count: time.days })}
                      </div>
                    </div>`
                  : nothing
              }
              <encore-ranking
                .hass=${hass}
                .entries=${top}
                of="shows"
                .by=${this.by}
                numbered
                pickable
                @picked=${(event: CustomEvent<Ranked>) =>
                  this.look("shows", event.detail)}
              ></encore-ranking>`
          : this.nothing(this.say("no_podcasts")),
      }),
      undefined,
      "encore-podcasts",
    );
  }
}
