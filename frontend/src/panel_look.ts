import { css } from "lit";

/** What the panel looks like around its pages. */
export const panelLook = css`
  :host {
    display: flex;
    flex-direction: column;
    min-height: 100vh;
    min-height: 100dvh;
    background: var(--primary-background-color, #fafafa);
  }
  header.bar {
    position: sticky;
    top: 0;
    z-index: 3;
    background: var(--app-header-background-color, var(--primary-color));
    color: var(--app-header-text-color, #fff);
    padding-top: env(safe-area-inset-top);
    border-bottom: var(--app-header-border-bottom, none);
  }
  .top {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: var(--header-height, 56px);
    padding: 0 12px;
    max-width: 1360px;
    margin: 0 auto;
  }
  h1 {
    font-size: var(--ha-font-size-xl, 20px);
    font-weight: var(--ha-font-weight-normal, 400);
    margin: 0 16px 0 8px;
  }
  nav {
    display: flex;
    flex: 1;
    min-width: 0;
    overflow-x: auto;
    scrollbar-width: none;
    align-self: stretch;
  }
  nav a {
    display: flex;
    align-items: center;
    padding: 0 14px;
    color: inherit;
    text-decoration: none;
    white-space: nowrap;
    border-bottom: 3px solid transparent;
    border-top: 3px solid transparent;
    min-height: 48px;
  }
  nav a[aria-current] {
    border-bottom-color: currentColor;
    font-weight: var(--ha-font-weight-medium, 500);
  }
  nav a:focus-visible,
  header .icon-button:focus-visible {
    outline-color: currentColor;
    outline-offset: -3px;
  }
  :host([narrow]) .top {
    flex-wrap: wrap;
  }
  :host([narrow]) nav {
    flex: 0 0 calc(100% + 24px);
    margin: 0 -12px;
    padding: 0 4px;
  }
  :host([narrow]) nav a {
    padding: 0 10px;
  }
  main {
    width: 100%;
    max-width: 1360px;
    margin: 0 auto;
    padding: 16px max(16px, env(safe-area-inset-right))
      calc(32px + env(safe-area-inset-bottom))
      max(16px, env(safe-area-inset-left));
    flex: 1;
  }
  :host([narrow]) main {
    padding-inline: 12px;
  }
  encore-filter-bar {
    margin-bottom: 16px;
  }
  :host([narrow]) encore-filter-bar {
    margin-bottom: 12px;
  }
  .zone {
    margin: -8px 4px 12px;
  }
  .lost {
    padding: 10px 16px;
    margin-bottom: 16px;
    border-inline-start: 4px solid var(--warning-color, #ffa600);
  }
  pre {
    overflow: auto;
    padding: 12px;
    user-select: all;
    background: color-mix(in srgb, currentColor 6%, transparent);
    border-radius: 8px;
  }
`;
