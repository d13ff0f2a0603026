// At 400 % zoom a long equation, a table or a line of code is wider than its cell, which then can be
// scrolled sideways, but not by keys: JupyterLab keeps them. While such a cell has the focus ← and →
// scroll what is too wide in it; at its ends the keys are JupyterLab's again.

const WIDE = ".jp-RenderedMarkdown, .jp-OutputArea-output, .cm-scroller";
const STEPS = { ArrowLeft: -40, ArrowRight: 40 }; // CSS pixels

function scrollSideways(event) {
  const { target, key } = event;
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
  if (!isPlain || !(key in STEPS) || !target.matches?.(".jp-Cell")) return;
  let moved = false;
  for (const it of target.querySelectorAll(WIDE)) {
    const before = it.scrollLeft;
    it.scrollLeft += STEPS[key];
    moved ||= it.scrollLeft !== before;
  }
  if (!moved) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

// Once a page, before JupyterLab hears of the key.
if (!globalThis.nnlibScrollsSideways && globalThis.addEventListener) {
  globalThis.nnlibScrollsSideways = true;
  addEventListener("keydown", scrollSideways, { capture: true });
}

