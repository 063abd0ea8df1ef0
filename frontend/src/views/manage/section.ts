import { css } from "lit";
import { state } from "lit/decorators.js";

import { asRefusal, inWords, type State } from "../../requests.ts";
import { notify } from "../../elements/notify.ts";
import type { Connection } from "../../hass.ts";
import { View } from "../view.ts";

/** A part of what an owner looks after: what it shows is fetched anew every so often, and after something was done. */
export abstract class Section<T> extends View {
  protected override words = "manage" as const;
  /**
   * How often it is fetched while somebody looks (ms); null for what leaves a record of who asked, which is fetched when
   * somebody comes to look.
   */
  protected every: number | null = null;

  @state() protected _state: State<T> = { is: "asking" };

  static override styles = [
    ...View.styles,
    css`
      section {
        padding: 16px;
      }
      section > h2 {
        margin-bottom: 12px;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 12px;
      }
      .line > :is(h2, h3, :first-child:not(encore-cover)) {
        flex: 1;
      }
      .scroll {
        overflow-x: auto;
      }
      td time {
        white-space: nowrap;
      }
      .mark {
        display: inline-block;
        padding: 1px 10px;
        border-radius: 10px;
        border: 1px solid currentColor;
        white-space: nowrap;
      }
      .mark.bad {
        color: var(--error-color);
      }
      .mark.good {
        color: color-mix(
          in srgb,
          var(--success-color, #43a047) 80%,
          var(--primary-text-color)
        );
      }
    `,
  ];

  #due: ReturnType<typeof setInterval> | undefined;
  #round = 0;

  /** Fetch what is shown. Rejects with a Refusal. */
  protected abstract fetch(): Promise<T>;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.every !== null)
      this.#due = setInterval(() => this.#seen(), this.every);
    document.addEventListener("visibilitychange", this.#seen);
    if (this.hasUpdated) void this.look();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#due);
    document.removeEventListener("visibilitychange", this.#seen);
    this.#followed?.removeEventListener("ready", this.#back);
    this.#followed = undefined;
  }

  #seen = (): void => {
    if (document.visibilityState === "visible") void this.look();
  };
  #back = (): void => void this.look();
  #followed: Connection | undefined;

  protected override firstUpdated(): void {
    void this.look();
  }

  protected async look(): Promise<void> {
    if (!this.#followed) {
      this.#followed = this.hass.connection;
      this.#followed.addEventListener("ready", this.#back);
    }
    const round = ++this.#round;
    try {
      const answer = await this.fetch();
      // What was asked before something else was chosen may come after it.
      if (round === this.#round) this._state = { is: "answered", answer };
    } catch (error) {
      if (round !== this.#round) return;
      // What was seen last is worth more than that it cannot be seen now.
      if (this._state.is === "answered") return;
      this._state = { is: "refused", refusal: asRefusal(error) };
    }
  }

  /** Do something, say what came of it, and look again. */
  protected async carryOut(
    doing: () => Promise<unknown>,
    done?: string,
  ): Promise<void> {
    try {
      await doing();
      if (done) notify(this, done);
    } catch (error) {
      notify(this, inWords(error));
    }
    await this.look();
  }
}
