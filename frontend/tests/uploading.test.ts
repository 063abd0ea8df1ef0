import assert from "node:assert/strict";
import { test } from "node:test";

import { Sending, UploadRefused, type Upload } from "../src/uploading.ts";

const PIECE = 4;

/** A home that takes pieces, and fails as it is sent. */
class Home {
  received = new Uint8Array();
  size = 0;
  begun = 0;
  faults: ("gone" | "half" | "refused")[] = [];

  fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(path, "http://127.0.0.1");
    if (init?.method === "POST") {
      this.begun++;
      this.size = (JSON.parse(String(init.body)) as { size: number }).size;
      return Response.json(this.upload);
    }
    if (init?.method === "PATCH") {
      const piece = new Uint8Array(await (init.body as Blob).arrayBuffer());
      if (Number(searchParams.get("offset")) !== this.received.length)
        return Response.json(this.upload, { status: 409 });
      const fault = this.faults.shift();
      if (fault === "refused")
        return Response.json({ message: "The disk is full" }, { status: 507 });
      if (fault !== "gone")
        this.take(fault === "half" ? piece.slice(0, 2) : piece);
      if (fault) throw new TypeError("Failed to fetch");
      return Response.json(this.upload);
    }
    return pathname.endsWith("/uploads")
      ? Response.json({
          uploads: this.begun ? [this.upload] : [],
          most_bytes: 1e9,
          piece_bytes: PIECE,
        })
      : Response.json(this.upload);
  };

  take(piece: Uint8Array): void {
    this.received = new Uint8Array([...this.received, ...piece]);
  }

  get upload(): Upload {
    return {
      upload: "a1",
      config_entry_id: "alva",
      name: "my_spotify_data.zip",
      size: this.size,
      received: this.received.length,
      job: this.size && this.received.length === this.size ? 7 : null,
    };
  }
}

const file = new File(
  [Uint8Array.from({ length: 23 }, (_, at) => at)],
  "my_spotify_data.zip",
);
const sending = (home: Home): Sending =>
  new Sending(
    file,
    "alva",
    home.fetch,
    () => undefined,
    async () => undefined,
  );

test("a file comes whole, piece by piece, and is imported", async () => {
  const home = new Home();
  const upload = await sending(home).send();
  assert.equal(upload.job, 7);
  assert.deepEqual(home.received, new Uint8Array(await file.arrayBuffer()));
});

test("a connection that breaks, before or within a piece, goes on from what has come", async () => {
  const home = new Home();
  home.faults = ["gone", "half", "gone", "half"];
  await sending(home).send();
  assert.deepEqual(home.received, new Uint8Array(await file.arrayBuffer()));
  assert.equal(home.begun, 1);
});

test("a page that was closed goes on with the same file", async () => {
  const home = new Home();
  home.faults = Array<"gone">(8).fill("gone");
  home.take(new Uint8Array());
  await assert.rejects(sending(home).send(), /Failed to fetch/);
  await sending(home).send();
  assert.equal(home.begun, 1);
  assert.equal(home.received.length, file.size);
});

test("what Home Assistant refuses is not tried again", async () => {
  const home = new Home();
  home.faults = ["refused"];
  await assert.rejects(
    sending(home).send(),
    (error) =>
      error instanceof UploadRefused && error.message === "The disk is full",
  );
  assert.equal(home.received.length, 0);
});
