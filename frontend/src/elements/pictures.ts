/** Pictures that Home Assistant gives to who is logged in, so that they are no mere addresses. */

/** How a picture is asked for by its path, and what becomes of one that is no longer kept. */
interface Ways {
  fetch: (path: string) => Promise<Response>;
  make: (picture: Blob) => string;
  drop: (address: string) => void;
}

/** More than a long look through the history shows; a browser keeps each in memory. */
const MOST = 400;

/** Addresses of pictures by their paths; those that were wanted last are kept. */
export class Pictures {
  readonly #cached = new Map<string, Promise<string | null>>();
  readonly #most: number;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Return the address of a picture; null where there is none. What could not be fetched is fetched when it is wanted again. */
  of(
    path: string,
    {
      fetch,
      make = (picture) => URL.createObjectURL(picture),
      drop = (address) => URL.revokeObjectURL(address),
    }: Pick<Ways, "fetch"> & Partial<Ways>,
  ): Promise<string | null> {
    const known = this.#cached.get(path);
    this.#cached.delete(path);
    const picture =
      known ??
      addressOf(path, fetch, make).catch(() => {
        this.#cached.delete(path);
        return null;
      });
    this.#cached.set(path, picture);
    const [oldest] = this.#cached;
    if (oldest && this.#cached.size > this.#most) {
      this.#cached.delete(oldest[0]);
      void oldest[1].then((address) => {
        if (address?.startsWith("blob:")) drop(address);
      });
    }
    return picture;
  }
}

/** Fetch a picture, and return its address. Rejects where it may be there another time. */
const addressOf = async (
  path: string,
  fetch: Ways["fetch"],
  make: Ways["make"],
): Promise<string | null> => {
  const response = await fetch(path);
  if (response.status >= 500) throw new Error(String(response.status));
  if (!response.ok || response.status === 204) return null;
  // By option, Home Assistant tells where the picture is in place of fetching it.
  if (response.headers.get("Content-Type")?.startsWith("application/json"))
    return ((await response.json()) as { address: string }).address;
  return make(await response.blob());
};
