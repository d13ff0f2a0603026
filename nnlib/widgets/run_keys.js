// Shift + Enter and Ctrl + Enter run the cell also while a control of a widget has the focus.
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

function runItsCell(event) {
  if (event.key !== "Enter" || !(event.shiftKey || event.ctrlKey) || event.altKey) return;
  const cell = cellOf(event.target);
  if (!cell || event.target.matches("textarea")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  cell.focus();
  const { key, code, keyCode, shiftKey, ctrlKey } = event;
  const again = { key, code, keyCode, shiftKey, ctrlKey, bubbles: true, cancelable: true };
  cell.dispatchEvent(new KeyboardEvent("keydown", again));
}

// Once a page, before JupyterLab hears of the key.
if (!globalThis.nnlibRunsCells && globalThis.addEventListener) {
  globalThis.nnlibRunsCells = true;
  addEventListener("keydown", runItsCell, { capture: true });
}

