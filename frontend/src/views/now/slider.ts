import { css } from "lit";

/** Sliders in the theme's colours; `--at` says how far they are. Browsers of old draw their own. */
export const slider = css`
  input[type="range"] {
    appearance: none;
    height: 40px;
    min-height: 0;
    padding: 0;
    margin: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 6px;
    border-radius: 3px;
    background: linear-gradient(
      to right,
      var(--primary-color, #03a9f4) var(--at),
      color-mix(in srgb, currentColor 16%, transparent) var(--at)
    );
  }
  input[type="range"]:dir(rtl)::-webkit-slider-runnable-track {
    background: linear-gradient(
      to left,
      var(--primary-color, #03a9f4) var(--at),
      color-mix(in srgb, currentColor 16%, transparent) var(--at)
    );
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: 16px;
    height: 16px;
    margin-top: -5px;
    border-radius: 50%;
    background: var(--primary-color, #03a9f4);
  }
  input[type="range"]::-moz-range-track {
    height: 6px;
    border-radius: 3px;
    background: color-mix(in srgb, currentColor 16%, transparent);
  }
  input[type="range"]::-moz-range-progress {
    height: 6px;
    border-radius: 3px;
    background: var(--primary-color, #03a9f4);
  }
  input[type="range"]::-moz-range-thumb {
    width: 16px;
    height: 16px;
    border: 0;
    border-radius: 50%;
    background: var(--primary-color, #03a9f4);
  }
`;
