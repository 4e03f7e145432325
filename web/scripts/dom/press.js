/**
 * Has a button do something that takes a while. It cannot be pressed meanwhile, and keeps the focus.
 * @param {HTMLButtonElement} button
 * @param {() => Promise<void>} act
 * @param {AbortSignal} signal of the view; once it has gone nobody is told anything
 * @param {{begins: () => void, failed: (error: Error) => void}} on it was pressed; it did not work
 */
export function press(button, act, signal, on) {
  button.addEventListener("click", async () => {
    const hadFocus = document.activeElement === button;
    button.disabled = true;
    on.begins();
    try {
      await act();
    } catch (e) {
      if (!signal.aborted) {
        on.failed(e);
      }
    }
    button.disabled = false;
    // A button that cannot be pressed loses it.
    if (hadFocus && document.activeElement === document.body && button.isConnected) {
      button.focus();
    }
  });
  return button;
}
