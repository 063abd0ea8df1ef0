import { css } from "lit";

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
  .silent {
    padding: 12px 16px;
  }
  .silent.over {
    box-shadow: 0 0 0 3px var(--primary-color, #03a9f4);
  }
  .silent ul,
  .last {
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
  .last {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(132px, 148px);
    gap: 16px;
    overflow-x: auto;
    scrollbar-width: none;
    padding: 4px 4px 8px;
    margin: 0 -4px;
    scroll-snap-type: x proximity;
    scroll-padding-inline: 4px;
  }
  .last button {
    display: block;
    width: 100%;
    padding: 0;
    text-align: start;
    position: relative;
    scroll-snap-align: start;
    border-radius: 10px;
    --encore-cover: 100%;
    --encore-cover-radius: 10px;
  }
  .last encore-cover {
    aspect-ratio: 1;
    height: auto;
    margin-bottom: 8px;
    box-shadow: 0 2px 10px rgb(0 0 0 / 16%);
  }
  .last span {
    display: block;
  }
  .last .art {
    position: relative;
  }
  .last .sign {
    position: absolute;
    bottom: 8px;
    inset-inline-end: 8px;
    display: grid;
    place-items: center;
    width: 40px;
    height: 40px;
    border-radius: 50%;
    background: var(--primary-color, #03a9f4);
    color: var(--text-primary-color, #fff);
    opacity: 0;
    transition: opacity 0.15s;
  }
  .last .sign svg {
    fill: currentColor;
  }
  .last button:is(:hover, :focus-visible) .sign {
    opacity: 1;
  }
  @media (hover: none) {
    .last .sign {
      opacity: 0.9;
    }
  }
  .day {
    padding-top: 12px;
  }
  .day h2 {
    padding: 0 16px 12px;
  }
  .button,
  select {
    min-height: 40px;
  }
`;
