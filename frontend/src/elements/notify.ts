/** Short news at the foot of the window, shown by Home Assistant itself. */

/** Say something for a moment, with something to do about it if there is. */
export const notify = (
  at: HTMLElement,
  message: string,
  action?: { text: string; action: () => void },
  duration = action ? 8_000 : 4_000,
): void => {
  at.dispatchEvent(
    new CustomEvent("hass-notification", {
      detail: { message, duration, ...(action ? { action } : {}) },
      bubbles: true,
      composed: true,
    }),
  );
};
