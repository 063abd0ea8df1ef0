/** The panel: pages beside each other under `/encore`, each with an address that can be kept and shared. */

import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { html as staticHtml, unsafeStatic } from "lit/static-html.js";

import { inWords } from "./requests.ts";
import "./elements/ask_field.ts";
import "./elements/dialog.ts";
import { EncoreElement } from "./elements/element.ts";
import "./elements/filter_bar.ts";
import { icon } from "./elements/icons.ts";
import { notice, waiting } from "./elements/states.ts";
import { states } from "./elements/styles.ts";
import { filtersOf, NO_FILTERS, queryOf, type Filters } from "./filters.ts";
import { otherZone } from "./format.ts";
import type { Route } from "./hass.ts";
import { fetchNames, type Names } from "./names.ts";
import { panelLook } from "./panel_look.ts";
import { loadTexts } from "./texts.ts";
import { PAGES, type Page } from "./views/pages.ts";

/** Who looks on for so long may have new listeners and rooms to choose from. */
const NAMES_FOR_MS = 60_000;
const REFUSED_FOR_MS = 30_000;

@customElement("encore-panel")
export class EncorePanel extends EncoreElement {
  @property({ type: Boolean, reflect: true }) narrow = false;
  @property({ attribute: false }) route: Route = {
    prefix: "/encore",
    path: "",
  };
  /** What Home Assistant was told of the panel. */
  @property({ attribute: false }) panel: unknown;

  @state() private _names: Names | undefined;
  @state() private _refused = "";
  @state() private _ready = "";
  /** What of the page could not be loaded. */
  @state() private _missing = "";
  @state() private _query = location.search;
  @state() private _connected = true;
  @state() private _yaml = "";

  static override styles = [...EncoreElement.styles, states, panelLook];

  #askedAt = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  #disconnected = (): void => {
    this._connected = false;
  };
  #back = (): void => {
    this._connected = true;
    void this.#askNames();
  };
  #moved = (): void => {
    // On the way to another panel, what stands in the address is no longer for these pages.
    const { prefix, path } = this.route;
    if (!location.pathname.startsWith(prefix)) return;
    // On the way to another page, this one keeps its filters: with others it would ask everything anew.
    const name = location.pathname.slice(prefix.length).split("/")[1];
    if (name === path.split("/")[1]) this._query = location.search;
    // Home Assistant gives a new route only where the path is another.
    this.requestUpdate();
    this.#lookedAt();
  };
  #lookedAt = (): void => {
    const old = Date.now() - this.#askedAt > NAMES_FOR_MS;
    if (old && document.visibilityState === "visible") void this.#askNames();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("popstate", this.#moved);
    window.addEventListener("location-changed", this.#moved);
    this.addEventListener("encore-go", this.#go as EventListener);
    this.addEventListener("encore-yaml", this.#showYaml as EventListener);
    document.addEventListener("visibilitychange", this.#lookedAt);
    this._query = location.search;
    if (this.hasUpdated) this.#follow();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("popstate", this.#moved);
    window.removeEventListener("location-changed", this.#moved);
    document.removeEventListener("visibilitychange", this.#lookedAt);
    clearTimeout(this.#retry);
    this.hass.connection.removeEventListener(
      "disconnected",
      this.#disconnected,
    );
    this.hass.connection.removeEventListener("ready", this.#back);
  }

  protected override firstUpdated(): void {
    this.#follow();
  }

  #follow(): void {
    this._connected = this.hass.connection.connected;
    this.hass.connection.addEventListener("disconnected", this.#disconnected);
    this.hass.connection.addEventListener("ready", this.#back);
    void this.#askNames();
  }

  async #askNames(): Promise<void> {
    clearTimeout(this.#retry);
    this.#askedAt = Date.now();
    try {
      this._names = await fetchNames(this.hass);
      this._refused = "";
    } catch (error) {
      if (this._names) return;
      this._refused = inWords(error);
      if (this.isConnected)
        this.#retry = setTimeout(() => void this.#askNames(), REFUSED_FOR_MS);
    }
  }

  get #page(): Page {
    const name = this.route.path.split("/")[1];
    return this.#pages.find((page) => page.name === name) ?? PAGES[0];
  }

  get #pages(): Page[] {
    const admin = this._names?.administrator ?? this.hass.user.is_admin;
    return PAGES.filter((page) => admin || !page.administrators);
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (!["hass", "route", "_names"].some((name) => changed.has(name))) return;
    const [, asked] = this.route.path.split("/");
    // An address of no page, or of one that is not for who looks, leads to the first.
    if (this._names && asked && asked !== this.#page.name)
      this.#goTo(`${this.route.prefix}/${this.#page.name}`, true);
    const { language } = this.hass;
    const { name } = this.#page;
    const wanted = `${language}/${name}`;
    if (this._ready === wanted || this.#loading === wanted) return;
    this.#loading = wanted;
    void Promise.all([
      loadTexts(language, "shared", name),
      this.#page.load(),
    ]).then(
      () => {
        if (this.#loading === wanted) this._ready = wanted;
      },
      () => {
        if (this.#loading !== wanted) return;
        this.#loading = "";
        this._missing = wanted;
      },
    );
  }
  #loading = "";

  protected override updated(): void {
    const current = this.renderRoot.querySelector("nav [aria-current]");
    if (current === this.#current) return;
    this.#current = current;
    current?.scrollIntoView({ block: "nearest", inline: "center" });
  }
  #current: Element | null = null;

  protected override render(): TemplateResult {
    const page = this.#page;
    const filters = filtersOf(this._query);
    const zone = page.administrators ? null : otherZone(this.hass);
    return html`<header class="bar">
        <div class="top">
          ${
            this.narrow
              ? html`<button
                  class="icon-button"
                  aria-label=${this.say("menu")}
                  @click=${() =>
                    this.dispatchEvent(
                      new Event("hass-toggle-menu", {
                        bubbles: true,
                        composed: true,
                      }),
                    )}
                >
                  ${icon("menu")}
                </button>`
              : nothing
          }
          <h1>${this.say("title")}</h1>
          <nav aria-label=${this.say("pages")}>
            ${this.#pages.map(
              (each) =>
                html`<a
                  href=${this.#address(each, filters)}
                  aria-current=${each === page ? "page" : nothing}
                  @click=${this.#follows}
                  >${this.say(`page_${each.name}`)}</a
                >`,
            )}
          </nav>
        </div>
      </header>
      <main>
        ${
          this._connected
            ? nothing
            : html`<p class="surface lost" role="status">
                ${this.say("disconnected")}
              </p>`
        }
        ${
          this._names
            ? html`<encore-ask-field
                .hass=${this.hass}
                ?narrow=${this.narrow}
              ></encore-ask-field>`
            : nothing
        }
        ${
          page.filtered && !this._refused
            ? html`<encore-filter-bar
                .hass=${this.hass}
                .filters=${filters}
                .names=${this._names}
                .usual=${page.usual}
                ?windowless=${page.windowless}
                ?narrow=${this.narrow}
                @filters-changed=${this.#filtered}
              ></encore-filter-bar>`
            : nothing
        }
        ${
          zone
            ? html`<p class="zone quiet small">
                ${this.say("home_times", { zone: zone.replaceAll("_", " ") })}
              </p>`
            : nothing
        }
        ${this.#shown(page, filters)}
      </main>
      ${
        this._yaml
          ? html`<encore-dialog
              .hass=${this.hass}
              heading=${this.say("yaml")}
              @closed=${() => (this._yaml = "")}
            >
              <p class="quiet">${this.say("yaml_more")}</p>
              <pre tabindex="0">${this._yaml}</pre>
            </encore-dialog>`
          : nothing
      }`;
  }

  #shown(page: Page, filters: Filters): TemplateResult {
    if (this._refused) return notice("warning", this._refused);
    if (this._missing === `${this.hass.language}/${page.name}`)
      return notice(
        "warning",
        this.say("not_loaded"),
        html`${this.say("not_loaded_more")}<br /><br /><button
            class="button main"
            @click=${() => location.reload()}
          >
            ${this.say("reload")}
          </button>`,
      );
    if (!this._names || this._ready !== `${this.hass.language}/${page.name}`)
      return waiting(this.say("waiting"));
    const tag = unsafeStatic(`encore-${page.name}`);
    return staticHtml`<${tag}
      .hass=${this.hass}
      .names=${this._names}
      .filters=${filters}
      .narrow=${this.narrow}
      .query=${new URLSearchParams(this._query)}
    ></${tag}>`;
  }

  /** Return where a page is, with what is shown of it: filters go along from one to the next. */
  #address(page: Page, filters: Filters): string {
    const shown = page.filtered ? filters : NO_FILTERS;
    return `${this.route.prefix}/${page.name}${queryOf(shown)}`;
  }

  #follows = (event: MouseEvent): void => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey)
      return;
    event.preventDefault();
    this.#goTo((event.currentTarget as HTMLAnchorElement).getAttribute("href"));
  };

  #filtered = (event: CustomEvent<Filters>): void => {
    const query = new URLSearchParams(this._query);
    const entries = (this.#page.parameters ?? []).map(
      (name): [string, string] => [name, query.get(name) ?? ""],
    );
    const more = Object.fromEntries(entries);
    this.#goTo(`${location.pathname}${queryOf(event.detail, more)}`, true);
  };

  /** Somebody on a page wants to be elsewhere: `encore-go` with `page`, `filters` and what else goes into its address. */
  #go = (
    event: CustomEvent<{
      page?: string;
      filters?: Partial<Filters>;
      more?: Record<string, string>;
      replace?: boolean;
    }>,
  ): void => {
    const { page = this.#page.name, filters, more, replace } = event.detail;
    const all = { ...filtersOf(this._query), ...filters };
    this.#goTo(`${this.route.prefix}/${page}${queryOf(all, more)}`, replace);
  };

  #goTo(address: string | null, replace = false): void {
    if (!address) return;
    history[replace ? "replaceState" : "pushState"](null, "", address);
    window.dispatchEvent(
      new CustomEvent("location-changed", { detail: { replace } }),
    );
  }

  #showYaml = (event: CustomEvent<string>): void => {
    this._yaml = event.detail;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "encore-panel": EncorePanel;
  }
}
