import { css } from "lit";

/** What all pages and cards look like: Home Assistant's theme, with what it falls back to. */
export const look = css`
  :host {
    --encore-gap: 16px;
    --encore-radius: var(--ha-card-border-radius, 12px);
    --encore-line: var(
      --ha-card-border-color,
      var(--divider-color, rgba(127, 127, 127, 0.3))
    );
    --encore-surface: var(
      --ha-card-background,
      var(--card-background-color, #fff)
    );
    /* White on Home Assistant's own blue, or that blue as text, is too faint to read for some. */
    --encore-strong: color-mix(
      in srgb,
      var(--primary-color, #03a9f4) 74%,
      #000
    );
    --encore-telling: color-mix(
      in srgb,
      var(--primary-color, #03a9f4) 64%,
      var(--primary-text-color, #212121)
    );
    color: var(--primary-text-color, #212121);
    font-family: var(
      --ha-font-family-body,
      var(--paper-font-body1_-_font-family, Roboto, Noto, sans-serif)
    );
    font-size: var(--ha-font-size-m, 14px);
    line-height: 1.45;
    -webkit-font-smoothing: antialiased;
  }
  * {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p {
    margin: 0;
  }
  h2 {
    font-size: var(--ha-font-size-l, 16px);
    font-weight: var(--ha-font-weight-medium, 500);
  }
  h3 {
    font-size: var(--ha-font-size-m, 14px);
    font-weight: var(--ha-font-weight-medium, 500);
  }
  a {
    color: var(--encore-telling);
  }
  [dir="auto"] {
    text-align: -webkit-match-parent;
    text-align: match-parent;
  }
  .quiet {
    color: var(--secondary-text-color, #727272);
  }
  .small {
    font-size: var(--ha-font-size-s, 12px);
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .surface {
    background: var(--encore-surface);
    border: var(--ha-card-border-width, 1px) solid var(--encore-line);
    border-radius: var(--encore-radius);
    box-shadow: var(--ha-card-box-shadow, none);
  }
  .one-line {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    margin: 0;
    cursor: pointer;
  }
  button:disabled {
    cursor: default;
    opacity: 0.45;
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-height: 36px;
    padding: 6px 14px;
    border-radius: 18px;
    border: 1px solid var(--encore-line);
    font-weight: var(--ha-font-weight-medium, 500);
    text-decoration: none;
    color: var(--primary-text-color, #212121);
  }
  .button:hover:not(:disabled) {
    background: color-mix(in srgb, currentColor 8%, transparent);
  }
  .button.main {
    background: var(--encore-strong);
    border-color: transparent;
    color: var(--text-primary-color, #fff);
  }
  .button.main:hover:not(:disabled) {
    background: color-mix(in srgb, var(--primary-color, #03a9f4) 62%, #000);
  }
  .button.danger {
    color: color-mix(
      in srgb,
      var(--error-color, #db4437) 70%,
      var(--primary-text-color, #212121)
    );
    border-color: currentColor;
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    flex: none;
  }
  .icon-button:hover:not(:disabled) {
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .icon-button svg,
  .button svg {
    width: 22px;
    height: 22px;
    fill: currentColor;
    flex: none;
  }
  :is(button, a, input, select, summary, [tabindex]):focus-visible {
    outline: 2px solid var(--primary-color, #03a9f4);
    outline-offset: 2px;
  }
  input,
  select {
    font: inherit;
    color: inherit;
    background-color: var(--encore-surface);
    border: 1px solid
      color-mix(in srgb, var(--secondary-text-color, #727272) 45%, transparent);
    border-radius: 8px;
    min-height: 36px;
    padding: 6px 12px;
    max-width: 100%;
  }
  select {
    --arrow: 14px;
    appearance: none;
    field-sizing: content;
    padding-inline-end: 30px;
    text-overflow: ellipsis;
    cursor: pointer;
    background-image:
      linear-gradient(45deg, transparent 50%, currentColor 50%),
      linear-gradient(135deg, currentColor 50%, transparent 50%);
    background-position:
      calc(100% - var(--arrow) - 4px) 52%,
      calc(100% - var(--arrow)) 52%;
    background-size: 4px 4px;
    background-repeat: no-repeat;
  }
  select:dir(rtl) {
    background-position:
      var(--arrow) 52%,
      calc(var(--arrow) + 4px) 52%;
  }
  select:hover {
    background-color: color-mix(
      in srgb,
      var(--primary-text-color, #212121) 4%,
      var(--encore-surface)
    );
  }
  table {
    border-collapse: collapse;
    width: 100%;
  }
  th,
  td {
    text-align: start;
    padding: 6px 12px 6px 0;
    border-bottom: 1px solid var(--encore-line);
    vertical-align: top;
  }
  tbody tr:last-child > * {
    border-bottom: 0;
  }
  th {
    font-weight: var(--ha-font-weight-medium, 500);
    color: var(--secondary-text-color, #727272);
  }
  td.number,
  th.number {
    text-align: end;
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;

/** The look of what stands where an answer is not there. */
export const states = css`
  .waiting {
    display: grid;
    gap: 12px;
    padding: 16px;
  }
  .waiting div {
    height: 18px;
    border-radius: 6px;
    background: color-mix(in srgb, currentColor 10%, transparent);
    animation: breathe 1.4s ease-in-out infinite alternate;
  }
  .waiting div:nth-child(even) {
    width: 72%;
  }
  @keyframes breathe {
    from {
      opacity: 1;
    }
    to {
      opacity: 0.4;
    }
  }
  .notice {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 32px 24px;
    text-align: center;
  }
  .notice svg {
    width: 40px;
    height: 40px;
    fill: var(--secondary-text-color, #727272);
  }
`;
