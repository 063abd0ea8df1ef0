import { css } from "lit";

/** What a review looks like. */
export const looks = css`
  :host {
    display: block;
  }
  .stale {
    opacity: 0.6;
    transition: opacity 0.2s;
  }
  .hero {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 24px 40px;
    align-items: center;
    padding: 32px 40px;
    margin-bottom: 16px;
    border-radius: var(--encore-radius);
    color: #fff;
    overflow: hidden;
    background: linear-gradient(
      120deg,
      color-mix(in srgb, var(--primary-color, #03a9f4) 58%, #000),
      color-mix(in srgb, var(--primary-color, #03a9f4) 38%, #000)
    );
  }
  .hero h2 {
    font-size: clamp(64px, 10vw, 128px);
    font-weight: 700;
    line-height: 1.05;
    letter-spacing: -0.03em;
  }
  .hero h2.long {
    font-size: clamp(32px, 5vw, 64px);
    letter-spacing: -0.01em;
    padding: 8px 0;
  }
  .hero dl {
    display: flex;
    flex-wrap: wrap;
    gap: 12px 32px;
    margin: 20px 0;
  }
  .hero dl div {
    display: flex;
    flex-direction: column-reverse;
  }
  .hero dd {
    margin: 0;
    font-size: 28px;
    line-height: 1.2;
  }
  .hero .button {
    color: #fff;
    border-color: rgb(255 255 255 / 60%);
    min-height: 40px;
  }
  .hero .button:focus-visible {
    outline-color: #fff;
  }
  .covers {
    display: grid;
    grid-template-columns: repeat(6, 60px);
    gap: 12px;
    --encore-cover: 100%;
    --encore-cover-radius: 10px;
  }
  .covers > * {
    grid-column: span 2;
    aspect-ratio: 1;
    height: auto;
    box-shadow: 0 4px 16px rgb(0 0 0 / 35%);
  }
  .covers > :nth-child(-n + 2) {
    grid-column: span 3;
  }
  .tops {
    display: grid;
    gap: 16px;
    margin-top: 16px;
    grid-template-columns: minmax(0, 1fr);
  }
  @media (min-width: 900px) {
    .tops {
      grid-template-columns: repeat(6, minmax(0, 1fr));
    }
    .tops > * {
      grid-column: span 2;
    }
    .tops.n1 > * {
      grid-column: 1 / -1;
    }
    .tops:is(.n2, .n4) > *,
    .tops.n5 > :nth-child(n + 4) {
      grid-column: span 3;
    }
  }
  .large {
    --encore-cover: 56px;
  }
  .months {
    list-style: none;
    margin: 16px 0 0;
    padding: 0;
    display: grid;
    gap: 12px 24px;
    grid-template-columns: repeat(auto-fill, minmax(min(230px, 100%), 1fr));
  }
  .months li {
    display: flex;
    align-items: center;
    gap: 12px;
    min-width: 0;
  }
  .months li > div {
    min-width: 0;
  }
  .heading {
    margin: 24px 0 12px;
  }
  .facts {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 16px;
    grid-template-columns: repeat(auto-fill, minmax(min(260px, 100%), 1fr));
  }
  .facts li {
    display: flex;
    align-items: center;
    gap: 14px;
    padding: 16px;
    min-width: 0;
    --encore-cover: 56px;
  }
  .facts li > div {
    min-width: 0;
    flex: 1;
  }
  .facts .value {
    font-size: var(--ha-font-size-xl, 20px);
    line-height: 1.3;
    overflow-wrap: anywhere;
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
  }
  .facts .small {
    overflow-wrap: anywhere;
  }
  @media (max-width: 700px) {
    .hero {
      grid-template-columns: minmax(0, 1fr);
      padding: 24px 20px;
    }
    .hero dl {
      gap: 12px 24px;
    }
    .hero dd {
      font-size: 22px;
    }
    .covers {
      grid-template-columns: repeat(5, minmax(0, 1fr));
      gap: 8px;
      order: -1;
    }
    .covers > *,
    .covers > :nth-child(-n + 2) {
      grid-column: auto;
    }
  }
`;
