import { css } from "lit";

/** What rooms that play together look like. */
export const groupLook = css`
  :host {
    display: block;
    min-width: 0;
    container-type: inline-size;
  }
  article {
    position: relative;
    isolation: isolate;
    overflow: hidden;
    height: 100%;
    display: flex;
    flex-direction: column;
    gap: 12px;
    padding: 20px;
    transition: box-shadow 0.15s;
  }
  :host([narrow]) article {
    padding: 16px;
  }
  /* The light of the art, behind what is said of it. */
  .glow {
    position: absolute;
    inset: -24px;
    z-index: -1;
    width: auto;
    height: auto;
    border-radius: 0;
    pointer-events: none;
    filter: blur(48px) saturate(1.6);
    opacity: 0.2;
    mask-image: linear-gradient(#000 20%, transparent 78%);
  }
  article.over {
    box-shadow: 0 0 0 3px var(--primary-color, #03a9f4);
  }
  .what {
    display: flex;
    gap: 20px;
    align-items: center;
    min-width: 0;
    --encore-cover-radius: 12px;
  }
  .what .art {
    width: clamp(112px, 36%, 260px);
    aspect-ratio: 1;
    height: auto;
    box-shadow: 0 6px 20px rgb(0 0 0 / 22%);
  }
  .what > div {
    flex: 1;
    min-width: 0;
  }
  .title {
    font-size: var(--ha-font-size-2xl, 24px);
    font-weight: var(--ha-font-weight-medium, 500);
    line-height: 1.2;
    letter-spacing: -0.01em;
    margin-bottom: 4px;
    display: -webkit-box;
    -webkit-line-clamp: 3;
    -webkit-box-orient: vertical;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  :host([narrow]) .title {
    font-size: var(--ha-font-size-xl, 20px);
  }
  .marks {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin-top: 10px;
  }
  .marks:empty {
    display: none;
  }
  .who {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    max-width: 100%;
    padding: 2px 10px 2px 6px;
    border-radius: 12px;
    background: color-mix(
      in srgb,
      var(--primary-color, #03a9f4) 14%,
      transparent
    );
  }
  .who.still {
    padding-inline-start: 10px;
    background: color-mix(in srgb, currentColor 10%, transparent);
  }
  .who svg {
    width: 18px;
    height: 18px;
    fill: currentColor;
    flex: none;
  }
  .controls {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 12px;
  }
  .controls .icon-button {
    width: 48px;
    height: 48px;
  }
  .controls .main {
    width: 56px;
    height: 56px;
    background: var(--primary-color, #03a9f4);
    color: var(--text-primary-color, #fff);
  }
  .controls .main:hover:not(:disabled) {
    background: color-mix(in srgb, var(--primary-color, #03a9f4) 88%, #000);
  }
  .controls svg {
    width: 28px;
    height: 28px;
  }
  ul {
    list-style: none;
    margin: auto 0 0;
    padding: 8px 0 0;
    border-top: 1px solid var(--encore-line);
  }
  ul:last-child {
    margin-bottom: -8px;
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px;
    min-height: 44px;
  }
  li[draggable="true"] {
    cursor: grab;
  }
  li .name {
    display: flex;
    align-items: center;
    gap: 6px;
    width: 36%;
    min-width: 0;
    flex: none;
  }
  li svg {
    width: 20px;
    height: 20px;
    fill: var(--secondary-text-color, #727272);
    flex: none;
  }
  li input[type="range"] {
    flex: 1;
    min-width: 0;
  }
  li .percent {
    width: 44px;
    text-align: end;
  }
  .foot {
    display: flex;
    justify-content: flex-end;
  }
  .foot .button {
    min-height: 40px;
  }
  /* What plays alone has its art beside all the rest. */
  @container (min-width: 760px) {
    article {
      display: grid;
      grid-template-columns: 280px minmax(0, 1fr);
      align-content: center;
      gap: 8px 36px;
      padding: 28px;
    }
    .what {
      display: contents;
    }
    .what .art {
      grid-row: 1 / span 5;
      width: 100%;
      align-self: center;
    }
    article > :not(.what),
    .what > div {
      grid-column: 2;
    }
    .title {
      font-size: var(--ha-font-size-3xl, 28px);
    }
    ul {
      margin-top: 0;
    }
  }
`;
