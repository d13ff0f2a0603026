// While a control of a widget has the focus Shift + Enter and Ctrl + Enter run its cell all the same,
// and Escape goes from the control to the cell, where arrows go on to other cells.
//
// JupyterLab leaves the keys to the control: a button would be pressed once more, a slider would do
// nothing, and a learner who has just moved one would wait for a cell that does not run. So the
// cell gets the focus, what was typed is taken over, and the same key is pressed there.

const WIDGETS = ".nnlib-explorer, .nnlib-prediction";

/** The cell whose widget has the focus, or had it: a control that is switched off loses it. */
function cellOf(focused) {
  if (focused !== document.body) return focused.closest?.(WIDGETS)?.closest(".jp-Cell");
  const active = document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-mod-active.jp-Cell");
  return active?.querySelector(WIDGETS) && active;
}

/** Is it a key for the cell? In a text of several lines Enter is a letter. */
function isForTheCell({ key, shiftKey, ctrlKey, altKey, target }) {
  if (key === "Escape") return true;
  return key === "Enter" && (shiftKey || ctrlKey) && !altKey && !target.matches("textarea");
}

function handToItsCell(event) {
  const cell = isForTheCell(event) && cellOf(event.target);
  if (!cell) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  cell.focus();
  const { key, code, keyCode, shiftKey, ctrlKey } = event;
  const again = { key, code, keyCode, shiftKey, ctrlKey, bubbles: true, cancelable: true };
  cell.dispatchEvent(new KeyboardEvent("keydown", again));
}

// Once a page, before JupyterLab hears of the key.
if (!globalThis.nnlibHandsKeysOn && globalThis.addEventListener) {
  globalThis.nnlibHandsKeysOn = true;
  addEventListener("keydown", handToItsCell, { capture: true });
}

