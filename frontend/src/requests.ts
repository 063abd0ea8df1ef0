/** Questions and commands over Home Assistant's WebSocket, and answers that are followed while they are shown. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import { isRefusal, type Connection, type Hass, type Refusal } from "./hass.ts";

export type Parameters = Record<string, unknown>;

/** Ask a question once. Rejects with a Refusal. */
export const ask = <T>(
  hass: Hass,
  question: string,
  parameters: Parameters = {},
): Promise<T> =>
  hass.connection.sendMessagePromise<T>({
    type: "encore/ask",
    question,
    parameters,
    language: hass.language,
  });

/** Give a command. Rejects with a Refusal. */
export const command = <T>(
  hass: Hass,
  name: string,
  parameters: Parameters = {},
): Promise<T> =>
  hass.connection.sendMessagePromise<T>({
    type: "encore/command",
    command: name,
    parameters,
    language: hass.language,
  });

/** Call an action of Encore's, and return its response: an empty object where it has none. Rejects with a Refusal. */
export const act = <T = object>(
  hass: Hass,
  action: string,
  data: object = {},
): Promise<T> =>
  hass.connection.sendMessagePromise<T>({
    type: "encore/action",
    action,
    data,
    language: hass.language,
  });

/** Pass the newest jobs on now and whenever they change, until the returned function is called; else why not. */
export const followJobs = <T>(
  hass: Hass,
  which: { limit: number; kind?: string },
  changed: (jobs: T[]) => void,
  refused: (error: unknown) => void,
): (() => void) => {
  let over = false;
  const follows = hass.connection.subscribeMessage<
    { jobs: T[] } | { error: string; message: string }
  >(
    (event) => {
      if (over) return;
      if (isError(event))
        refused({ code: event.error, message: event.message });
      else changed((event as { jobs: T[] }).jobs);
    },
    { type: "encore/jobs", ...which, language: hass.language },
  );
  follows.catch((error: unknown) => {
    if (!over) refused(error);
  });
  return () => {
    over = true;
    follows.then((stop) => stop()).catch(() => undefined);
  };
};

/** Return what went wrong in words for a person. */
export const inWords = (error: unknown): string =>
  isRefusal(error) || error instanceof Error ? error.message : String(error);

/** Return what went wrong as a Refusal. */
export const asRefusal = (error: unknown): Refusal =>
  isRefusal(error) ? error : { code: "failed", message: inWords(error) };

export type State<T> =
  | { is: "asking" }
  | { is: "answered"; answer: T }
  | { is: "refused"; refusal: Refusal };

/** How long after a refusal it is asked again: Encore, or the right to ask, may have come meanwhile. Then twice as long, up to the most. */
const REFUSED_FOR_MS = 30_000;
const REFUSED_MOST_MS = 15 * 60_000;

/**
 * An answer that its host shows: asked as soon as there is a connection, followed as it changes, and asked again when the
 * host wants something else, when a lost connection is back, and a while after a refusal. While another answer is on its
 * way the last one stays, and `stale` is true.
 */
export class Followed<T> implements ReactiveController {
  state: State<T> = { is: "asking" };
  stale = false;

  readonly #host: ReactiveControllerHost;
  readonly #wanted: () => {
    hass: Hass | undefined;
    question: string;
    parameters: Parameters;
  } | null;
  #asked = "";
  #last = "";
  #round = 0;
  #stop: (() => Promise<void>) | undefined;
  #connection: Connection | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #refusedFor = REFUSED_FOR_MS;
  readonly #back = (): void => {
    // What was followed went with the old connection, and on the new one its number may be somebody else's.
    this.#stop = undefined;
    this.#refusedFor = REFUSED_FOR_MS;
    this.again();
  };

  /** `wanted` says what the host shows now; null for nothing. */
  constructor(
    host: ReactiveControllerHost,
    wanted: () => {
      hass: Hass | undefined;
      question: string;
      parameters: Parameters;
    } | null,
  ) {
    this.#host = host;
    this.#wanted = wanted;
    host.addController(this);
  }

  get answer(): T | undefined {
    return this.state.is === "answered" ? this.state.answer : undefined;
  }

  hostConnected(): void {
    this.#asked = "";
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#leave();
    this.#asked = "";
    this.#connection?.removeEventListener("ready", this.#back);
    this.#connection = undefined;
  }

  hostUpdate(): void {
    const wanted = this.#wanted();
    if (!wanted?.hass) {
      // What is no longer shown need not be followed; what was answered stays for when it is.
      if (this.#asked) this.#leave();
      this.#asked = "";
      this.stale = false;
      return;
    }
    const { hass, question, parameters } = wanted;
    if (hass.connection !== this.#connection) {
      this.#connection?.removeEventListener("ready", this.#back);
      this.#connection = hass.connection;
      this.#connection.addEventListener("ready", this.#back);
      this.#asked = "";
    }
    const asked = JSON.stringify([question, parameters, hass.language]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    // What was refused stays so while the same is asked again, and does not flicker.
    const same = asked === this.#last;
    this.#last = asked;
    if (!same) this.#refusedFor = REFUSED_FOR_MS;
    void this.#follow(hass, question, parameters, same);
  }

  /** Ask again, for instance after something was done that changes no play. */
  again(): void {
    this.#asked = "";
    this.#host.requestUpdate();
  }

  async #follow(
    hass: Hass,
    question: string,
    parameters: Parameters,
    same: boolean,
  ): Promise<void> {
    this.#leave();
    const round = ++this.#round;
    this.stale = this.state.is === "answered";
    if (!this.stale && !same) this.state = { is: "asking" };
    const setState = (state: State<T>): void => {
      if (round !== this.#round) return;
      this.state = state;
      this.stale = false;
      this.#host.requestUpdate();
    };
    try {
      const stop = await hass.connection.subscribeMessage<
        T | { error: string; message: string }
      >(
        (event) =>
          setState(
            isError(event)
              ? {
                  is: "refused",
                  refusal: { code: event.error, message: event.message },
                }
              : { is: "answered", answer: event as T },
          ),
        {
          type: "encore/subscribe",
          question,
          parameters,
          language: hass.language,
        },
        { resubscribe: false },
      );
      if (round === this.#round) this.#stop = stop;
      else void stop().catch(() => undefined);
    } catch (error) {
      // A connection that is lost is reported by a number; it is asked again when it is back.
      if (typeof error === "number") return;
      setState({
        is: "refused",
        refusal: asRefusal(error),
      });
      if (round !== this.#round) return;
      this.#retry = setTimeout(() => this.again(), this.#refusedFor);
      this.#refusedFor = Math.min(2 * this.#refusedFor, REFUSED_MOST_MS);
    }
  }

  #leave(): void {
    this.#round++;
    clearTimeout(this.#retry);
    void this.#stop?.().catch(() => undefined);
    this.#stop = undefined;
  }
}

const isError = (event: unknown): event is { error: string; message: string } =>
  typeof event === "object" &&
  event !== null &&
  typeof (event as { error?: unknown }).error === "string" &&
  typeof (event as { message?: unknown }).message === "string";
