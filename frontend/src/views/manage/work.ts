import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import {
  act,
  asRefusal,
  command,
  followJobs,
  type State,
} from "../../requests.ts";
import { shown, notice } from "../../elements/states.ts";
import { inDigits, momentOf } from "../../format.ts";
import { Section } from "./section.ts";

interface Job {
  job: number;
  kind: string;
  state: "pending" | "running" | "done" | "failed" | "cancelled";
  about: string | null;
  listener: string | null;
  started_at: string | null;
  ended_at: string | null;
  rows: number;
  percent: number;
  retries: number;
  error: string | null;
}

interface Account {
  listener: string;
  connected: boolean;
  recording: boolean;
  recorded_until: string | null;
  fetched_until: string | null;
  problem: string | null;
}

interface PausedRoom {
  room: string;
  /** Whose plays; null for everyone's. */
  listener: string | null;
  until: string | null;
}

interface SyncStatus {
  accounts: Account[];
  paused_rooms: PausedRoom[];
}

const LISTED = 50;

/** Whether everything that is played arrives, and the long work of the house. */
@customElement("encore-manage-work")
export class ManageWork extends Section<SyncStatus> {
  @state() private _jobs: State<Job[]> = { is: "asking" };

  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#follow();
  }

  protected override firstUpdated(): void {
    super.firstUpdated();
    this.#follow();
  }

  #follow(): void {
    this.#stop?.();
    this.#stop = followJobs<Job>(
      this.hass,
      { limit: LISTED },
      (jobs) => (this._jobs = { is: "answered", answer: jobs }),
      (error) => (this._jobs = { is: "refused", refusal: asRefusal(error) }),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override fetch(): Promise<SyncStatus> {
    return command<SyncStatus>(this.hass, "get_sync_status");
  }

  protected override render(): TemplateResult {
    const waits = { waiting: this.say("waiting"), lines: 4 };
    return shown(
      this._state,
      (status) => shown(this._jobs, (jobs) => this.#work(jobs, status), waits),
      waits,
    );
  }

  #work(
    jobs: Job[],
    { accounts, paused_rooms: rooms }: SyncStatus,
  ): TemplateResult {
    const when = (moment: string | null): TemplateResult =>
      html`<time>${moment ? momentOf(this.hass, moment) : "–"}</time>`;
    return html`<div class="grid">
      <section class="surface wide">
        <div class="line">
          <h2>${this.say("accounts")}</h2>
          <button
            class="button"
            ?disabled=${!accounts.length}
            @click=${() =>
              this.carryOut(
                () => command(this.hass, "sync_now"),
                this.say("synced"),
              )}
          >
            ${this.say("sync_now")}
          </button>
        </div>
        ${
          accounts.length
            ? this.#table(
                this.say("accounts"),
                ["listener", "recording", "watched", "fetched", "problem"],
                accounts.map((each) => [
                  html`<span dir="auto">${each.listener}</span>`,
                  html`<span class="mark ${each.connected ? "good" : "bad"}"
                    >${this.say(
                      each.connected
                        ? each.recording
                          ? "is_recording"
                          : "is_paused"
                        : "not_connected",
                    )}</span
                  >`,
                  when(each.recorded_until),
                  when(each.fetched_until),
                  each.problem ?? "–",
                ]),
              )
            : notice("person", this.say("no_accounts"))
        }
      </section>
      ${rooms.length ? this.#pausedRooms(rooms, when) : nothing}
      <section class="surface wide">
        <h2>${this.say("jobs")}</h2>
        ${
          jobs.length
            ? this.#table(
                this.say("jobs"),
                ["job", "listener", "state", "begun", "ended", "came_to"],
                jobs.map((job) => this.#job(job, when)),
              )
            : notice("again", this.say("no_jobs"))
        }
      </section>
    </div>`;
  }

  #pausedRooms(
    rooms: PausedRoom[],
    when: (moment: string | null) => TemplateResult,
  ): TemplateResult {
    return html`<section class="surface wide">
      <h2>${this.say("paused_rooms")}</h2>
      ${this.#table(
        this.say("paused_rooms"),
        ["room", "listener", "paused_until", "recording"],
        rooms.map(({ room, listener, until }) => [
          html`<span dir="auto">${room}</span>`,
          html`<span dir="auto">${listener ?? this.say("everyone")}</span>`,
          when(until),
          html`<button
            class="button"
            @click=${() =>
              this.carryOut(() =>
                command(this.hass, "resume_recording", {
                  room,
                  ...(listener && { listener }),
                }),
              )}
          >
            ${this.say("resume")}
          </button>`,
        ]),
      )}
    </section>`;
  }

  #job(
    job: Job,
    when: (moment: string | null) => TemplateResult,
  ): (TemplateResult | string)[] {
    const goesOn = job.state === "running" || job.state === "pending";
    const sign = { done: "good", failed: "bad" }[job.state as string] ?? "";
    return [
      html`${this.say(`job_${job.kind}`)}
      ${
        job.about
          ? html`<span class="quiet" dir="auto">${job.about}</span>`
          : nothing
      }`,
      html`<span dir="auto">${job.listener ?? "–"}</span>`,
      html`<span class="mark ${sign}">${this.say(`state_${job.state}`)}</span>`,
      when(job.started_at),
      when(job.ended_at),
      goesOn
        ? html`<progress
              max="100"
              value=${job.percent}
              aria-label=${this.say(`job_${job.kind}`)}
            ></progress>
            <button
              class="button"
              @click=${() =>
                this.carryOut(() =>
                  act(this.hass, "cancel_job", { job: job.job }),
                )}
            >
              ${this.say("stop")}
            </button>`
        : (job.error ??
          this.say("rows", {
            rows: inDigits(this.hass, job.rows),
            count: job.rows,
          })),
    ];
  }

  #table(
    label: string,
    columns: string[],
    rows: (TemplateResult | string)[][],
  ): TemplateResult {
    return html`<div
      class="scroll"
      tabindex="0"
      role="region"
      aria-label=${label}
    >
      <table>
        <thead>
          <tr>
            ${columns.map(
              (column) => html`<th scope="col">${this.say(column)}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell) => html`<td>${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-manage-work": ManageWork;
  }
}
