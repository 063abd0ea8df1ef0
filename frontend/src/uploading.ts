/** An export on its way to Home Assistant, in pieces that may break off: it goes on wherever somebody is in the panel meanwhile. */

import type { Hass } from "./hass.ts";

const URL = "/api/encore/uploads";
const TRIES = 8;

/** What Home Assistant knows of an upload; sizes in bytes. */
export interface Upload {
  upload: string;
  config_entry_id: string;
  name: string;
  size: number;
  received: number;
  /** The import, once all has come. */
  job: number | null;
}

export interface Uploads {
  uploads: Upload[];
  most_bytes: number;
  piece_bytes: number;
}

/** What cannot be mended by trying again. */
export class UploadRefused extends Error {}

type Fetch = (path: string, init?: RequestInit) => Promise<Response>;

const answered = async <T>(response: Response): Promise<T> => {
  const answer = (await response.json().catch(() => ({}))) as T & {
    message?: string;
  };
  if (response.ok) return answer;
  throw new UploadRefused(answer.message ?? response.statusText);
};

/** Return the uploads of whoever looks. Rejects with UploadRefused. */
export const fetchUploads = async (hass: Hass): Promise<Uploads> =>
  answered(await hass.fetchWithAuth(URL));

/** Give an upload up, and its import if it has begun. */
export const giveUp = async (hass: Hass, upload: string): Promise<void> => {
  await answered(
    await hass.fetchWithAuth(`${URL}/${upload}`, { method: "DELETE" }),
  );
};

/** Return an upload that a file goes on with: one of its name and size whose rest has not come. */
export const toGoOn = (
  uploads: Upload[],
  file: { name: string; size: number },
  account: string,
): Upload | undefined =>
  uploads.find(
    (each) =>
      each.job === null &&
      each.name === file.name &&
      each.size === file.size &&
      each.config_entry_id === account,
  );

/** Sends a file; `progressed` is called whenever more of it has come. */
export class Sending {
  #stopped = false;
  readonly file: Blob & { name: string };
  readonly account: string;
  readonly #fetch: Fetch;
  readonly #progressed: (upload: Upload) => void;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(
    file: Blob & { name: string },
    account: string,
    fetch: Fetch,
    progressed: (upload: Upload) => void,
    pause = (ms: number): Promise<void> =>
      new Promise((resolve) => setTimeout(resolve, ms)),
  ) {
    this.file = file;
    this.account = account;
    this.#fetch = fetch;
    this.#progressed = progressed;
    this.#pause = pause;
  }

  /** Send no more; what has come is kept for a day. */
  stop(): void {
    this.#stopped = true;
  }

  /**
   * Send all that has not come, and return the upload with its import. A connection that breaks is tried again, from where
   * Home Assistant says it has come to. Rejects with UploadRefused, and with what broke where no try helped.
   */
  async send(): Promise<Upload> {
    const { uploads, piece_bytes } = await answered<Uploads>(
      await this.#fetch(URL),
    );
    let upload =
      toGoOn(uploads, this.file, this.account) ?? (await this.#begin());
    this.#progressed(upload);
    let failed = 0;
    while (upload.job === null && !this.#stopped) {
      try {
        upload = await this.#piece(upload, piece_bytes);
        failed = 0;
      } catch (error) {
        if (error instanceof UploadRefused || ++failed >= TRIES) throw error;
        await this.#pause(Math.min(1000 * 2 ** failed, 30_000));
        upload = await this.#look(upload);
      }
      this.#progressed(upload);
    }
    return upload;
  }

  async #begin(): Promise<Upload> {
    const { name, size } = this.file;
    return answered(
      await this.#fetch(URL, {
        method: "POST",
        body: JSON.stringify({ name, size, config_entry_id: this.account }),
      }),
    );
  }

  async #piece(upload: Upload, most: number): Promise<Upload> {
    const { received } = upload;
    const response = await this.#fetch(
      `${URL}/${upload.upload}?offset=${received}`,
      { method: "PATCH", body: this.file.slice(received, received + most) },
    );
    // Another piece is being written, or a broken one has come further than we know.
    if (response.status === 409) return this.#look(upload, response);
    if (response.status >= 500 && response.status !== 507)
      throw new Error(response.statusText);
    return answered(response);
  }

  /** Return how far an upload is by now. */
  async #look(upload: Upload, refused?: Response): Promise<Upload> {
    if (refused) await this.#pause(500);
    try {
      return await answered(await this.#fetch(`${URL}/${upload.upload}`));
    } catch (error) {
      if (error instanceof UploadRefused) throw error;
      return upload;
    }
  }
}
