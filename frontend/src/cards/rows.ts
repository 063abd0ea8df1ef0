/** Rows of a list: a cover, two lines of text, and what stands at the end. */

import { css, html, nothing, type TemplateResult } from "lit";

import "../elements/cover.ts";
import { icon, type IconName } from "../elements/icons.ts";
import type { Hass } from "../hass.ts";

export const rows = css`
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 4px;
  }
  li {
    position: relative;
    display: flex;
    align-items: center;
    gap: 12px;
    min-height: 48px;
    min-width: 0;
  }
  li .sign {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    flex: none;
    border-radius: 50%;
    background: color-mix(
      in srgb,
      var(--primary-color, #03a9f4) 16%,
      transparent
    );
  }
  li .sign svg {
    width: 22px;
    height: 22px;
    fill: var(--primary-color, #03a9f4);
  }
  li .words {
    flex: 1;
    min-width: 0;
  }
  li .words a {
    color: inherit;
    text-decoration: none;
  }
  li .words a:hover {
    text-decoration: underline;
  }
  li .second {
    display: flex;
    gap: 8px;
    justify-content: space-between;
  }
  li .second .one-line {
    min-width: 0;
  }
  li .second .number {
    flex: none;
  }
  li .end {
    flex: none;
    max-width: 36%;
    text-align: end;
  }
  li .play {
    opacity: 0.75;
    margin-inline: -8px;
  }
  li .play:hover {
    opacity: 1;
  }
  @container (max-width: 240px) {
    li {
      gap: 8px;
    }
    li .place,
    li .play,
    li .media_next_track {
      display: none;
    }
    li .end .one-line {
      display: none;
    }
  }
`;

/** Return a cover with two lines beside it; what they say may be of any length, in any script. */
export const coverAndWords = (
  hass: Hass,
  {
    uri = null,
    artist = null,
    album = null,
    show = null,
    sign,
    src = null,
    name,
    more,
    amount,
    round = false,
    link,
    below,
  }: {
    uri?: string | null;
    /** Of whom the picture is. */
    artist?: string | null;
    /** An album, beside its artist, or a podcast: of which the picture is. */
    album?: string | null;
    show?: string | null;
    /** What stands in place of a picture. */
    sign?: IconName | undefined;
    /** The address of a picture. */
    src?: string | null;
    name: string;
    more?: string | undefined;
    /** What stands at the end of the second line, whole. */
    amount?: string;
    round?: boolean;
    link?: { href: string; follow: (event: MouseEvent) => void } | undefined;
    below?: TemplateResult;
  },
): TemplateResult =>
  html`${
      sign
        ? html`<span class="sign">${icon(sign)}</span>`
        : html`<encore-cover
            .hass=${hass}
            .uri=${uri}
            .artist=${artist}
            .album=${album}
            .show=${show}
            .src=${src}
            .name=${name}
            ?round=${round}
          ></encore-cover>`
    }
    <div class="words">
      <div class="one-line" dir="auto" title=${name}>
        ${
          link?.href
            ? html`<a href=${link.href} @click=${link.follow}>${name}</a>`
            : name
        }
      </div>
      ${
        more || amount
          ? html`<div class="second quiet small">
              ${
                more
                  ? html`<span class="one-line" dir="auto" title=${more}
                      >${more}</span
                    >`
                  : nothing
              }
              ${amount ? html`<span class="number">${amount}</span>` : nothing}
            </div>`
          : nothing
      }
      ${below ?? nothing}
    </div>`;
