import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { inAmount } from "../../drawings/amount.ts";
import {
  inDigits,
  inHours,
  momentOf,
  shortDayOf,
  timeOf,
} from "../../format.ts";
import type { Session, Sessions } from "./answers.ts";
import { Section } from "./section.ts";

const SHOWN = 8;

/** Stretches of listening, of each listener or in each room. */
@customElement("encore-insights-sessions")
export class SessionList extends Section {
  @state() private _per: "listener" | "room" = "listener";

  static override styles = [
    ...Section.styles,
    css`
      ol {
        list-style: none;
        margin: 0;
        padding: 0;
      }
      li {
        display: flex;
        justify-content: space-between;
        align-items: baseline;
        gap: 12px;
        padding: 7px 0;
        border-bottom: 1px solid var(--encore-line);
      }
      li:last-child {
        border: 0;
      }
      li > div {
        min-width: 0;
      }
      li > div:last-child {
        text-align: end;
        flex: none;
      }
      .longest b {
        cursor: default;
      }
    `,
  ];

  #sessions = this.followed<Sessions>("get_sessions", () => ({
    ...this.asked,
    per: this._per,
    by: this.by === "plays" ? "plays" : "minutes",
    limit: SHOWN,
  }));

  protected override render(): TemplateResult {
    const { hass } = this;
    return this.figure(
      this.#sessions,
      this.say("sessions"),
      (answer) => ({
        columns: [
          this.say("from"),
          this.say("until"),
          this.say(this._per),
          this.say("plays"),
          this.say("minutes"),
          this.say("rooms"),
        ],
        rows: answer.latest.map((each) => [
          momentOf(hass, each.start),
          momentOf(hass, each.end),
          this.#of(each),
          each.play_count,
          each.minutes,
          each.rooms.join("; "),
        ]),
        inside: answer.sessions
          ? html`<div class="facts">
                <div>
                  <b>${inDigits(hass, answer.sessions)}</b
                  >${this.say("of_sessions", { count: answer.sessions })}
                </div>
                ${
                  answer.average
                    ? html`<div>
                        <b>${inHours(hass, answer.average.minutes)}</b
                        >${this.say("on_average")}
                      </div>`
                    : nothing
                }
                ${
                  answer.longest
                    ? html`<div class="longest">
                        <b>${inHours(hass, answer.longest.minutes)}</b
                        >${this.say("longest_session", {
                          day: shortDayOf(hass, answer.longest.start),
                        })}
                      </div>`
                    : nothing
                }
              </div>
              <h3>${this.say("latest_sessions")}</h3>
              <ol>
                ${answer.latest.map((each) => this.#line(each))}
              </ol>`
          : this.nothing(),
      }),
      this.choice(
        this.say("per"),
        [
          ["listener", this.say("per_listener")],
          ["room", this.say("per_room")],
        ],
        this._per,
        (per) => (this._per = per),
      ),
      "encore-sessions",
    );
  }

  #of(session: Session): string {
    return session.listener ?? session.room ?? "";
  }

  #line(session: Session): TemplateResult {
    const { hass } = this;
    const rooms = session.room ? [] : session.rooms;
    const where = [this.#of(session), ...rooms].filter(Boolean);
    return html`<li>
      <div>
        <div class="one-line">
          ${this.say("day_from_until", {
            day: shortDayOf(hass, session.start),
            from: timeOf(hass, session.start),
            until: timeOf(hass, session.end),
          })}
        </div>
        <div class="one-line quiet small" dir="auto">${where.join(" · ")}</div>
      </div>
      <div class="number">
        <div>${inHours(hass, session.minutes)}</div>
        <div class="quiet small">
          ${inAmount(hass, session.play_count, "plays")}
        </div>
      </div>
    </li>`;
  }
}
