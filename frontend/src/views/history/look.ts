import { css } from "lit";

/** What the page History looks like. */
export const looks = css`
  :host {
    --encore-bar: calc(var(--header-height, 56px) + env(safe-area-inset-top));
  }
  :host([narrow]) {
    --encore-bar: calc(
      var(--header-height, 56px) + 48px + env(safe-area-inset-top)
    );
  }
  .top {
    margin-bottom: 8px;
  }
  encore-history-search {
    border-top: 1px solid var(--encore-line);
  }
  .end {
    display: grid;
    justify-items: center;
    padding: 24px;
    min-height: 90px;
  }
  .button {
    min-height: 40px;
  }
`;
