import { css } from "lit";

/** What the page Import looks like. */
export const importLook = css`
  :host {
    display: grid;
    gap: 16px;
    grid-template-columns: minmax(0, 3fr) minmax(0, 2fr);
    align-items: start;
  }
  :host([narrow]) {
    grid-template-columns: minmax(0, 1fr);
  }
  section {
    padding: 16px;
  }
  section > h2 {
    margin-bottom: 4px;
  }
  .whose {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    margin: 12px 0;
  }
  .drop {
    display: grid;
    justify-items: center;
    gap: 8px;
    padding: 28px 16px;
    text-align: center;
    border: 2px dashed
      color-mix(in srgb, var(--secondary-text-color) 55%, transparent);
    border-radius: var(--encore-radius);
    transition:
      border-color 0.15s,
      background 0.15s;
  }
  .drop.over {
    border-color: var(--primary-color);
    background: color-mix(in srgb, var(--primary-color) 10%, transparent);
  }
  .drop > svg {
    width: 40px;
    height: 40px;
    fill: var(--primary-color);
  }
  progress {
    width: 100%;
    height: 8px;
    margin: 8px 0 4px;
    accent-color: var(--primary-color);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    align-items: center;
    justify-content: space-between;
  }
  .going {
    margin-top: 16px;
  }
  ol {
    margin: 12px 0;
    padding-inline-start: 20px;
    display: grid;
    gap: 8px;
  }
`;
