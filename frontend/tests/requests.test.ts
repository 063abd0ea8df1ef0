import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReactiveController, ReactiveControllerHost } from "lit";

import { Followed } from "../src/requests.ts";
import type { Hass } from "../src/hass.ts";

/** One that was asked to send an answer and all that follow. */
interface Asked {
  message: { question: string; parameters: { time_range: string } };
  send: (event: unknown) => void;
  accept: () => void;
  refuse: (why: unknown) => void;
  left: boolean;
}

/** A page that shows an answer, and the connection over which it asks. */
class Home {
  asked: Asked[] = [];
  window: string | null = "today";
  drawn = 0;
  #controllers: ReactiveController[] = [];
  #ready = new Set<() => void>();
  readonly #connection = {
    subscribeMessage: (
      send: Asked["send"],
      message: Asked["message"],
    ): Promise<() => Promise<void>> =>
      new Promise((resolve, reject) => {
        const asked: Asked = {
          message,
          send,
          accept: () =>
            resolve(() => {
              asked.left = true;
              return Promise.resolve();
            }),
          refuse: reject,
          left: false,
        };
        this.asked.push(asked);
      }),
    addEventListener: (_: string, listener: () => void) =>
      this.#ready.add(listener),
    removeEventListener: (_: string, listener: () => void) =>
      this.#ready.delete(listener),
  };
  readonly followed: Followed<string>;

  constructor() {
    const host = {
      addController: (each: ReactiveController) => this.#controllers.push(each),
      requestUpdate: () => (this.drawn += 1),
    } as unknown as ReactiveControllerHost;
    this.followed = new Followed<string>(host, () =>
      this.window === null
        ? null
        : {
            hass: {
              connection: this.#connection,
              language: "en",
            } as unknown as Hass,
            question: "plays",
            parameters: { time_range: this.window },
          },
    );
  }

  /** Draw the page, as a change of it would. */
  show(window: string | null = this.window): void {
    this.window = window;
    for (const each of this.#controllers) each.hostUpdate?.();
  }

  leave(): void {
    for (const each of this.#controllers) each.hostDisconnected?.();
  }

  /** The connection was lost, and is back. */
  back(): void {
    for (const listener of this.#ready) listener();
    this.show();
  }

  get listening(): number {
    return this.#ready.size;
  }
}

const settled = (): Promise<void> =>
  new Promise((resolve) => setImmediate(resolve));

test("the same is asked once, however often a page is drawn", () => {
  const home = new Home();
  home.show();
  home.show();
  assert.equal(home.asked.length, 1);
});

test("an answer that comes late does not take the place of what is asked by now", async () => {
  const home = new Home();
  home.show("today");
  home.show("all_time");
  const [today, ever] = home.asked;
  ever?.accept();
  ever?.send("ever");
  today?.accept();
  today?.send("today");
  await settled();
  assert.equal(home.followed.answer, "ever");
  assert.deepEqual([today?.left, ever?.left], [true, false]);
});

test("the last answer stays, and is called stale, until the next one is there", () => {
  const home = new Home();
  home.show("today");
  home.asked[0]?.send("today");
  home.show("all_time");
  assert.equal(home.followed.answer, "today");
  assert.equal(home.followed.stale, true);
  home.asked[1]?.send("ever");
  assert.equal(home.followed.answer, "ever");
  assert.equal(home.followed.stale, false);
});

test("a refusal that comes late says nothing of what is asked by now", async () => {
  const home = new Home();
  home.show("today");
  home.show("all_time");
  home.asked[1]?.send("ever");
  home.asked[0]?.refuse({ code: "unauthorized", message: "No" });
  await settled();
  assert.equal(home.followed.answer, "ever");
});

test("nothing is followed any more that is not shown", async () => {
  const home = new Home();
  home.show("today");
  home.asked[0]?.accept();
  home.asked[0]?.send("today");
  await settled();
  home.show(null);
  assert.equal(home.asked[0]?.left, true);
  home.show("today");
  assert.equal(home.asked.length, 2);
});

test("a page that is left leaves nothing behind", async () => {
  const home = new Home();
  home.show("today");
  home.leave();
  home.asked[0]?.accept();
  await settled();
  assert.equal(home.asked[0]?.left, true);
  assert.equal(home.listening, 0);
});

test("what was followed is asked anew when the connection is back, and left no second time", async () => {
  const home = new Home();
  home.show("today");
  home.asked[0]?.accept();
  home.asked[0]?.send("before");
  await settled();
  home.back();
  assert.equal(home.asked.length, 2);
  assert.equal(home.asked[0]?.left, false);
  assert.equal(home.followed.answer, "before");
  home.asked[1]?.send("after");
  assert.equal(home.followed.answer, "after");
});
