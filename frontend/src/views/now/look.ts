import { css } from "lit";

/** A heading with what can be chosen beside it. */
export const heading = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 12px;
    min-height: 44px;
    margin-bottom: 4px;
  }
  .head h2 {
    flex: 1;
  }
  .button,
  select {
    min-height: 40px;
  }
`;

/** What the page Now looks like. */
export const looks = css`
  section {
    margin-bottom: 28px;
  }
  .groups {
    display: grid;
    gap: 16px;
    grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr));
  }
  .silent {
    padding: 12px 16px;
  }
  .silent.over {
    box-shadow: 0 0 0 3px var(--primary-color, #03a9f4);
  }
  .silent ul {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .silent ul {
    display: grid;
    gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
  }
  .silent li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 48px;
    padding-inline-start: 12px;
    border-radius: 10px;
    background: color-mix(in srgb, currentColor 5%, transparent);
  }
  .silent li[draggable="true"] {
    cursor: grab;
  }
  .silent li > span {
    flex: 1;
    min-width: 0;
  }
  .silent li svg {
    fill: currentColor;
  }
  .silent li > svg {
    width: 20px;
    height: 20px;
    fill: var(--secondary-text-color, #727272);
  }
  .day {
    padding-top: 12px;
  }
  .day h2 {
    padding: 0 16px 12px;
  }
`;
