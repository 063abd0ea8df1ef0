import assert from "node:assert/strict";
import { test } from "node:test";

import { Pictures } from "../src/elements/pictures.ts";

/** Home Assistant, which answers what it is told to, and the browser's memory. */
const home = (answers: Record<string, () => Response> = {}) => {
  const asked: string[] = [];
  const dropped: string[] = [];
  const png = (): Response =>
    new Response("png", { headers: { "Content-Type": "image/png" } });
  let made = 0;
  return {
    asked,
    dropped,
    ways: {
      fetch: (path: string): Promise<Response> => {
        asked.push(path);
        return Promise.resolve().then(answers[path] ?? png);
      },
      make: (): string => `blob:${++made}`,
      drop: (address: string): void => void dropped.push(address),
    },
  };
};

test("a picture is fetched once, however often it is shown", async () => {
  const { asked, ways } = home();
  const pictures = new Pictures();
  const both = [pictures.of("/a", ways), pictures.of("/a", ways)];
  assert.deepEqual(await Promise.all(both), ["blob:1", "blob:1"]);
  assert.deepEqual(asked, ["/a"]);
});

test("that there is no picture is known, that the connection was lost is not", async () => {
  let lost = true;
  const { asked, ways } = home({
    "/none": () => new Response(null, { status: 204 }),
    "/lost": () => {
      if (lost) throw new TypeError("Failed to fetch");
      return new Response("png");
    },
    "/away": () => new Response(null, { status: lost ? 503 : 204 }),
  });
  const pictures = new Pictures();
  for (const path of ["/none", "/lost", "/away"])
    assert.equal(await pictures.of(path, ways), null);
  lost = false;
  assert.equal(await pictures.of("/none", ways), null);
  assert.equal(await pictures.of("/lost", ways), "blob:1");
  assert.equal(await pictures.of("/away", ways), null);
  assert.deepEqual(asked, ["/none", "/lost", "/away", "/lost", "/away"]);
});

test("where a picture is, is told in place of it", async () => {
  const { ways } = home({
    "/a": () => Response.json({ address: "https://i.scdn.co/image/1" }),
  });
  assert.equal(
    await new Pictures().of("/a", ways),
    "https://i.scdn.co/image/1",
  );
});

test("those that were wanted last are kept, and the others leave the memory", async () => {
  const { asked, dropped, ways } = home();
  const pictures = new Pictures(2);
  for (const path of ["/a", "/b", "/a", "/c"]) await pictures.of(path, ways);
  await Promise.resolve();
  assert.deepEqual(dropped, ["blob:2"]);
  await pictures.of("/a", ways);
  assert.deepEqual(asked, ["/a", "/b", "/c"]);
});
