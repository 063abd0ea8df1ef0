import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { inWords } from "../../requests.ts";
import { download } from "../../csv.ts";
import { coloursAt } from "../../elements/colours.ts";
import { pictureOf } from "../../elements/cover.ts";
import "../../elements/dialog.ts";
import { CalmElement } from "../../elements/calm.ts";
import { icon } from "../../elements/icons.ts";
import { notice, waiting } from "../../elements/states.ts";
import { states } from "../../elements/styles.ts";
import type { Review } from "./answers.ts";
import { HEIGHT, paint, WIDTH } from "./poster.ts";
import { posterOf } from "./words.ts";

const WAITS_MS = 8_000;

/** A review as one picture, to be saved or shared; it is painted in this browser. Sends `closed`. */
@customElement("encore-year-picture")
export class ReviewPicture extends CalmElement {
  @property({ attribute: false }) review!: Review;
  @property() owner = "";

  @state() private _address = "";
  @state() private _refused = "";

  @query("encore-dialog") private _dialog!: HTMLElement;

  protected override words = "year" as const;

  static override styles = [
    ...CalmElement.styles,
    states,
    css`
      img {
        display: block;
        width: 100%;
        max-width: 420px;
        margin: 0 auto;
        border-radius: 12px;
        aspect-ratio: 4 / 5;
      }
      .waiting {
        min-height: 420px;
        align-content: start;
      }
      .button {
        min-height: 40px;
      }
    `,
  ];

  #file: File | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this._address) URL.revokeObjectURL(this._address);
  }

  protected override firstUpdated(): void {
    void this.#paint();
  }

  async #paint(): Promise<void> {
    try {
      const [tracks, shows] = [this.review.top.tracks, this.review.top.shows];
      const shown = (tracks?.length ? tracks : (shows ?? [])).slice(0, 5);
      const font = getComputedStyle(this._dialog).fontFamily;
      const covers = await Promise.all(
        shown.map(async ({ name, uri }) => ({
          name,
          picture: uri ? await this.#cover(uri) : null,
        })),
      );
      await Promise.all(
        [400, 500, 700].map((weight) =>
          document.fonts.load(`${weight} 40px ${font}`).catch(() => []),
        ),
      );
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [WIDTH, HEIGHT];
      const context = canvas.getContext("2d");
      if (!context) throw new Error(this.say("cannot_paint"));
      const words = posterOf(
        this.hass,
        (key, values) => this.say(key, values),
        this.review,
        this.owner,
      );
      paint(context, { ...words, covers }, coloursAt(this._dialog), font);
      const blob = await new Promise<Blob | null>((done) =>
        canvas.toBlob(done, "image/png"),
      );
      if (!blob) throw new Error(this.say("cannot_paint"));
      const name = `encore-${words.title.replace(/[^\p{L}\p{N}]+/gu, "-")}.png`;
      this.#file = new File([blob], name, { type: "image/png" });
      if (this.isConnected) this._address = URL.createObjectURL(blob);
    } catch (error) {
      this._refused = inWords(error);
    }
  }

  /** Return the cover of something as far as Home Assistant has it; one from elsewhere could not be saved. */
  async #cover(uri: string): Promise<ImageBitmap | HTMLImageElement | null> {
    const late = new Promise<null>((done) =>
      setTimeout(() => done(null), WAITS_MS),
    );
    const address = await Promise.race([pictureOf(this.hass, { uri }), late]);
    if (!address?.startsWith("blob:")) return null;
    const picture = new Image();
    picture.src = address;
    return picture.decode().then(
      () => picture,
      () => null,
    );
  }

  protected override render(): TemplateResult {
    const file = this.#file;
    return html`<encore-dialog
      .hass=${this.hass}
      heading=${this.say("as_picture_heading")}
      @closed=${() => this.dispatchEvent(new Event("closed"))}
    >
      ${
        this._refused
          ? notice("warning", this._refused)
          : this._address
            ? html`<img src=${this._address} alt=${this.review.speech} />`
            : waiting(this.say("painting"), 6)
      }
      ${
        file && canShare(file)
          ? html`<button
              slot="actions"
              class="button"
              @click=${() => this.#share(file)}
            >
              ${icon("upload")}${this.say("share")}
            </button>`
          : nothing
      }
      <button
        slot="actions"
        class="button main"
        ?disabled=${!this._address}
        @click=${() => file && download(file.name, file)}
      >
        ${icon("download")}${this.say("save")}
      </button>
    </encore-dialog>`;
  }

  async #share(file: File): Promise<void> {
    try {
      await navigator.share({ files: [file], title: file.name });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === "AbortError"))
        this._refused = inWords(error);
    }
  }
}

/** Whether this browser hands files on; it does so over secure connections alone. */
const canShare = (file: File): boolean =>
  "share" in navigator && !!navigator.canShare?.({ files: [file] });
