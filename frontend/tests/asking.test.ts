import assert from "node:assert/strict";
import { test } from "node:test";
import type { ReactiveController, ReactiveControllerHost } from "lit";

import { Followed } from "../src/asking.ts";
import type { Hass } from "../src/hass.ts";

/** One that was asked to tell an answer and all that follow. */
interface Asked {
  message: { question: string; parameters: { window: string } };
  tell: (event: unknown) => void;
  accept: () => void;
  refuse: (why: unknown) => void;
  left: boolean;
}

/** A page that shows an answer, and the connection over which it asks. */
class House {
  asked: Asked[] = [];
  window: string | null = "today";
  drawn = 0;
  #controllers: ReactiveController[] = [];
  #ready = new Set<() => void>();
  readonly #connection = {
    subscribeMessage: (
      tell: Asked["tell"],
      message: Asked["message"],
    ): Promise<() => Promise<void>> =>
      new Promise((resolve, reject) => {
        const asked: Asked = {
          message,
          tell,
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
            parameters: { window: this.window },
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
  const house = new House();
  house.show();
  house.show();
  assert.equal(house.asked.length, 1);
});

test("an answer that comes late does not take the place of what is asked by now", async () => {
  const house = new House();
  house.show("today");
  house.show("all_time");
  const [today, ever] = house.asked;
  ever?.accept();
  ever?.tell("ever");
  today?.accept();
  today?.tell("today");
  await settled();
  assert.equal(house.followed.answer, "ever");
  assert.deepEqual([today?.left, ever?.left], [true, false]);
});

test("the last answer stays, and is called stale, until the next one is there", () => {
  const house = new House();
  house.show("today");
  house.asked[0]?.tell("today");
  house.show("all_time");
  assert.equal(house.followed.answer, "today");
  assert.equal(house.followed.stale, true);
  house.asked[1]?.tell("ever");
  assert.equal(house.followed.answer, "ever");
  assert.equal(house.followed.stale, false);
});

test("a refusal that comes late says nothing of what is asked by now", async () => {
  const house = new House();
  house.show("today");
  house.show("all_time");
  house.asked[1]?.tell("ever");
  house.asked[0]?.refuse({ code: "unauthorized", message: "No" });
  await settled();
  assert.equal(house.followed.answer, "ever");
});

test("nothing is followed any more that is not shown", async () => {
  const house = new House();
  house.show("today");
  house.asked[0]?.accept();
  house.asked[0]?.tell("today");
  await settled();
  house.show(null);
  assert.equal(house.asked[0]?.left, true);
  house.show("today");
  assert.equal(house.asked.length, 2);
});

test("a page that is left leaves nothing behind", async () => {
  const house = new House();
  house.show("today");
  house.leave();
  house.asked[0]?.accept();
  await settled();
  assert.equal(house.asked[0]?.left, true);
  assert.equal(house.listening, 0);
});

test("what was followed is asked anew when the connection is back, and left no second time", async () => {
  const house = new House();
  house.show("today");
  house.asked[0]?.accept();
  house.asked[0]?.tell("before");
  await settled();
  house.back();
  assert.equal(house.asked.length, 2);
  assert.equal(house.asked[0]?.left, false);
  assert.equal(house.followed.answer, "before");
  house.asked[1]?.tell("after");
  assert.equal(house.followed.answer, "after");
});
