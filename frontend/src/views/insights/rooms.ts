import { sizeOf } from "../../drawings/answers.ts";
import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { inDigits, inHours, inPercent } from "../../format.ts";
import type { Ranked } from "../../elements/ranking.ts";
import "../../elements/ranking.ts";
import type { Top } from "./answers.ts";
import { Section } from "./section.ts";

/** How many rooms have a colour of their own. */
const COLOURS = [
  "var(--primary-color, #03a9f4)",
  "var(--accent-color, #ff9800)",
  "var(--success-color, #43a047)",
  "var(--purple-color, #926bc7)",
  "var(--teal-color, #009688)",
  "var(--pink-color, #e91e63)",
];

/** In which rooms it sounded, and how much of it in each. */
@customElement("encore-insights-rooms")
export class Rooms extends Section {
  static override styles = [
    ...Section.styles,
    css`
      .shares {
        display: flex;
        gap: 2px;
        height: 20px;
        border-radius: 10px;
        overflow: hidden;
        margin: 4px 0 12px;
      }
      .shares div {
        min-width: 2px;
      }
    `,
  ];

  #rooms = this.followed<Top>("get_top", () => ({
    ...this.asked,
    of: "rooms",
    by: this.by,
    limit: 20,
  }));

  protected override render(): TemplateResult {
    const { by, hass } = this;
    return this.figure(
      this.#rooms,
      this.say("top_rooms"),
      ({ top, speech }) => {
        const all = top.reduce((sum, each) => sum + sizeOf(each, by), 0) || 1;
        const share = (each: Ranked): number => sizeOf(each, by) / all;
        return {
          columns: [
            this.say("room"),
            this.say("plays"),
            this.say("minutes"),
            this.say("percent"),
          ],
          rows: top.map((each) => [
            each.name,
            each.play_count,
            each.minutes,
            Math.round(1000 * share(each)) / 10,
          ]),
          card: {
            type: "custom:encore-top-card",
            ...this.asked,
            of: "rooms",
            by,
          },
          inside: top.length
            ? html`<div class="shares" role="img" aria-label=${speech}>
                  ${top.map(
                    (each, index) =>
                      html`<div
                        title="${each.name}: ${inPercent(hass, share(each))}"
                        style="flex: ${sizeOf(each, by)}; background: ${COLOURS[index % COLOURS.length]}; opacity: ${index < COLOURS.length ? 1 : 0.5}"
                      ></div>`,
                  )}
                </div>
                <encore-ranking
                  .hass=${hass}
                  .entries=${top.map((each) => ({
                    ...each,
                    note: this.say("share_of_all", {
                      percent: inPercent(hass, share(each)),
                      number: inDigits(hass, each.play_count),
                      time: inHours(hass, each.minutes),
                    }),
                  }))}
                  of="rooms"
                  .by=${by}
                  pickable
                  @picked=${(event: CustomEvent<Ranked>) =>
                    this.go({ filters: { room: event.detail.name } })}
                ></encore-ranking>`
            : this.nothing(this.say("no_room")),
        };
      },
      undefined,
      "encore-rooms",
    );
  }
}
