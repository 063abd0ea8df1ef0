import { html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { act, followJobs, inWords } from "../requests.ts";
import { icon } from "../elements/icons.ts";
import { notice, waiting } from "../elements/states.ts";
import { notify } from "../elements/notify.ts";
import { dayOf, inDigits, momentOf } from "../format.ts";
import {
  fetchUploads,
  giveUp,
  Sending,
  type Upload,
  type Uploads,
} from "../uploading.ts";
import { importLook } from "./import_look.ts";
import { importReport, reportLook, type ImportJob } from "./import_report.ts";
import { View } from "./view.ts";

const MB = 1024 ** 2;
const LISTED = 20;

/** What is being sent, by page: it goes on while somebody looks at another page. */
let sending: Sending | undefined;

/** Exports: sent, imported, and what became of their rows. */
@customElement("encore-import")
export class Import extends View {
  protected override words = "import" as const;

  @state() private _uploads: Uploads | undefined;
  @state() private _jobs: ImportJob[] | undefined;
  @state() private _refused = "";
  @state() private _account = "";
  @state() private _over = false;
  @state() private _sent: Upload | undefined;
  @state() private _broken = "";

  static override styles = [...View.styles, reportLook, importLook];

  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stop?.();
    this.#stop = undefined;
  }

  protected override firstUpdated(): void {
    this.#open();
  }

  #open(): void {
    this._account ||=
      this.#accounts.find((each) => each.me)?.account ??
      this.#accounts[0]?.account ??
      "";
    void this.#look();
    this.#stop?.();
    this.#stop = followJobs<ImportJob>(
      this.hass,
      { kind: "import", limit: LISTED },
      (jobs) => {
        this._jobs = jobs;
        this._refused = "";
      },
      (error) => (this._refused = inWords(error)),
    );
  }

  get #accounts(): { name: string; me: boolean; account: string }[] {
    return this.names.listeners.flatMap(({ name, me, account }) =>
      account ? [{ name, me, account }] : [],
    );
  }

  async #look(): Promise<void> {
    try {
      this._uploads = await fetchUploads(this.hass);
    } catch (error) {
      this._refused = inWords(error);
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="grid">
        ${
          this.#accounts.length
            ? this.#sender()
            : html`<section class="surface">
                ${notice(
                  "person",
                  this.say("no_accounts"),
                  this.say("no_accounts_more"),
                )}
              </section>`
        }
        ${this.#imports()}
      </div>
      ${this.#guide()}`;
  }

  #sender(): TemplateResult {
    return html`<section class="surface">
      <h2>${this.say("send")}</h2>
      <p class="quiet">${this.say("send_more")}</p>
      <label class="whose"
        ><span>${this.say("whose")}</span>
        <select
          @change=${(event: Event) =>
            (this._account = (event.target as HTMLSelectElement).value)}
        >
          ${this.#accounts.map(
            ({ name, account }) =>
              html`<option
                value=${account}
                .selected=${account === this._account}
              >
                ${name}
              </option>`,
          )}
        </select>
      </label>
      <div
        class="drop ${this._over ? "over" : ""}"
        @dragover=${(event: DragEvent) => {
          event.preventDefault();
          this._over = true;
        }}
        @dragleave=${() => (this._over = false)}
        @drop=${(event: DragEvent) => {
          event.preventDefault();
          this._over = false;
          this.#take(event.dataTransfer?.files[0]);
        }}
      >
        ${icon("upload")}
        <p>${this.say("drop")}</p>
        <button
          class="button main"
          @click=${() =>
            this.renderRoot
              .querySelector<HTMLInputElement>("input[type=file]")
              ?.click()}
        >
          ${this.say("choose")}
        </button>
        <input
          type="file"
          accept=".zip,application/zip"
          aria-label=${this.say("choose")}
          hidden
          @change=${(event: Event) => {
            const input = event.target as HTMLInputElement;
            this.#take(input.files?.[0]);
            input.value = "";
          }}
        />
      </div>
      ${this.#going()}
    </section>`;
  }

  #going(): TemplateResult | typeof nothing {
    const sent = this._sent ?? this.#leftOver;
    if (!sent || sent.job !== null) return nothing;
    const inMb = (bytes: number): string => inDigits(this.hass, bytes / MB, 1);
    const sizes = { received: inMb(sent.received), size: inMb(sent.size) };
    const active = sending && this._sent && !this._broken;
    return html`<div class="going">
      <div class="line">
        <h3 class="one-line">${this.say("sending", { name: sent.name })}</h3>
        <span class="quiet number">${this.say("sent", sizes)}</span>
      </div>
      <progress
        max=${sent.size}
        value=${sent.received}
        aria-label=${this.say("sending", { name: sent.name })}
      ></progress>
      ${
        this._broken
          ? html`<p role="alert">
              ${this.say("broken", { why: this._broken })}
            </p>`
          : nothing
      }
      ${
        active
          ? nothing
          : html`<p class="quiet">
              ${this.say("go_on", { name: sent.name, ...sizes })}
            </p>`
      }
      <div class="line">
        ${
          this._broken && sending
            ? html`<button
                class="button"
                @click=${() => sending && this.#send(sending.file)}
              >
                ${this.say("resume")}
              </button>`
            : nothing
        }
        <button class="button" @click=${() => this.#giveUp(sent)}>
          ${this.say("give_up")}
        </button>
      </div>
    </div>`;
  }

  /** What came in part, of a page that was closed. */
  get #leftOver(): Upload | undefined {
    return this._uploads?.uploads.find((each) => each.job === null);
  }

  #take(file: File | undefined): void {
    if (!file || !this._uploads) return;
    const { name, size } = file;
    const most = this._uploads.most_bytes;
    if (!/\.zip$/i.test(name)) notify(this, this.say("no_zip", { name }));
    else if (size > most)
      notify(
        this,
        this.say("too_big", {
          name,
          size: inDigits(this.hass, size / MB),
          most: inDigits(this.hass, most / MB),
        }),
      );
    else this.#send(file);
  }

  #send(file: Sending["file"]): void {
    sending?.stop();
    this._broken = "";
    const mine = new Sending(
      file,
      this._account,
      this.hass.fetchWithAuth.bind(this.hass),
      (upload) => {
        if (sending === mine) this._sent = upload;
      },
    );
    sending = mine;
    mine.send().then(
      () => {
        if (sending !== mine) return;
        sending = undefined;
        this._sent = undefined;
        void this.#look();
      },
      (error: unknown) => {
        if (sending !== mine) return;
        this._broken = inWords(error);
        void this.#look();
      },
    );
  }

  async #giveUp(upload: Upload): Promise<void> {
    sending?.stop();
    sending = undefined;
    this._sent = undefined;
    this._broken = "";
    try {
      await giveUp(this.hass, upload.upload);
    } catch (error) {
      notify(this, inWords(error));
    }
    await this.#look();
  }

  #imports(): TemplateResult {
    if (this._refused) return notice("warning", this._refused);
    if (!this._jobs) return waiting(this.say("waiting"));
    return html`<section class="surface">
      <h2>${this.say("imports")}</h2>
      ${
        this._jobs.length
          ? repeat(
              this._jobs,
              (job) => job.job,
              (job) => this.#import(job),
            )
          : notice(
              "download",
              this.say("no_imports"),
              html`${
                this.names.recorded_from
                  ? this.say("recorded_from", {
                      day: dayOf(this.hass, this.names.recorded_from),
                    })
                  : nothing
              }
              ${this.say("no_imports_more")}`,
            )
      }
    </section>`;
  }

  #import(job: ImportJob): TemplateResult {
    const say = this.say.bind(this);
    if (job.state !== "running" && job.state !== "pending")
      return importReport(job, {
        hass: this.hass,
        say,
        when: job.ended_at ? momentOf(this.hass, job.ended_at) : "",
      });
    const name = job.about ?? "";
    return html`<div class="going">
      <div class="line">
        <h3 class="one-line">${say("importing", { name })}</h3>
        <span class="quiet number"
          >${say("imported_rows", {
            rows: inDigits(this.hass, job.rows),
            count: job.rows,
          })}${
            job.seconds_left === null
              ? ""
              : html`, ${this.#left(job.seconds_left)}`
          }</span
        >
      </div>
      <progress
        max="100"
        value=${job.percent}
        aria-label=${say("importing", { name })}
      ></progress>
      <button
        class="button"
        @click=${async () => {
          try {
            await act(this.hass, "cancel_job", { job: job.job });
            notify(this, say("stopping"));
          } catch (error) {
            notify(this, inWords(error));
          }
        }}
      >
        ${say("stop_import")}
      </button>
    </div>`;
  }

  #left(seconds: number): string {
    return this.say(seconds === 1 ? "one_second_left" : "seconds_left", {
      seconds: inDigits(this.hass, seconds),
    });
  }

  #guide(): TemplateResult {
    return html`<section class="surface">
      <h2>${this.say("ask_spotify")}</h2>
      <ol>
        ${["step_1", "step_2", "step_3", "step_4"].map(
          (step) => html`<li>${this.say(step)}</li>`,
        )}
      </ol>
      <p>
        <a
          class="button"
          href="https://www.spotify.com/account/privacy/"
          target="_blank"
          rel="noreferrer noopener"
          >${icon("open")} ${this.say("open_spotify")}</a
        >
      </p>
      <p class="quiet" style="margin-top: 12px">
        ${this.say("account_data_too")}
      </p>
    </section>`;
  }
}
