// The page's half of LiveFigure: decode the newest frame, put it on a canvas, say so.
// Picture, equation and summary are set in one go, so they always tell of the same state.

const FIELDS = ["frame", "serial", "equation", "summary", "settled"];
const MIDDLE_GREY = 128;
const CONTROLS_DELAY = 500; // milliseconds; by then the controls beside the figure are made

/** Is the page behind `element` dark? Looks at the colours themselves, so any host will do. */
function isDark(element) {
  for (let node = element; node instanceof Element; node = node.parentElement) {
    const colour = getComputedStyle(node).backgroundColor.match(/[\d.]+/g)?.map(Number);
    if (!colour || colour[3] === 0) continue; // transparent: what is behind shows through
    const [red, green, blue] = colour;
    return 0.299 * red + 0.587 * green + 0.114 * blue < MIDDLE_GREY;
  }
  return false;
}

/** Make the explorer's controls as good by keyboard and screen reader as by mouse. */
function prepareControls(explorer) {
  if (!explorer) return;
  // Or JupyterLab takes the arrow keys of a drop-down for its own and leaves the cell.
  for (const control of explorer.querySelectorAll("select, input, button, [tabindex]")) {
    control.dataset.lmSuppressShortcuts = "true";
  }
  // ipywidgets leaves a slider nameless: give it the name that stands beside it.
  for (const handle of explorer.querySelectorAll(".noUi-handle:not([aria-label])")) {
    const name = handle.closest(".jupyter-widgets")?.querySelector("label")?.textContent;
    if (name) handle.setAttribute("aria-label", name);
  }
}

function child(parent, tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

function render({ model, el }) {
  const figure = child(el, "div", "nnlib-figure");
  const canvas = child(figure, "canvas", "nnlib-canvas");
  const equation = child(figure, "p", "nnlib-equation");
  const summary = child(figure, "p", "nnlib-summary");
  canvas.setAttribute("role", "img");
  summary.setAttribute("aria-live", "polite");

  let decoding = false;
  let shown = 0; // the serial of the frame that is on the canvas
  let inSight = false; // is any part of the explorer within the window?

  /** Tell the kernel which frame this view has painted, and whether anybody can see it. */
  function acknowledge() {
    const visible = inSight && document.visibilityState === "visible";
    model.send({ kind: "shown", serial: shown, visible });
  }

  let watched = null;
  const sight = new IntersectionObserver((entries) => {
    const explorer = el.closest(".nnlib-explorer") ?? el; // whoever sees the buttons is looking
    if (explorer !== watched) return watch(explorer);
    inSight = entries.at(-1).isIntersecting;
    acknowledge();
  });
  function watch(element) {
    sight.disconnect();
    sight.observe(element);
    watched = element;
  }
  function leave() {
    inSight = false;
    acknowledge();
  }

  async function showNewest() {
    if (decoding) return; // the newest frame is fetched when this one is done
    decoding = true;
    try {
      while (shown !== model.get("serial")) {
        const [frame, serial, ...words] = FIELDS.map((name) => model.get(name));
        if (frame.byteLength === 0) return; // not even the first could be drawn
        const bitmap = await createImageBitmap(new Blob([frame]));
        paint(bitmap, ...words);
        shown = serial;
        acknowledge();
      }
    } finally {
      decoding = false;
    }
  }

  function paint(bitmap, equationText, summaryText, settled) {
    if (canvas.width !== bitmap.width || canvas.height !== bitmap.height) {
      canvas.width = bitmap.width; // clears the canvas: paint in the same breath, no blank frame
      canvas.height = bitmap.height;
    }
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
    bitmap.close();
    canvas.setAttribute("aria-label", summaryText);
    figure.setAttribute("aria-busy", String(!settled)); // screen readers wait for the rest
    equation.textContent = equationText;
    summary.textContent = summaryText;
    prepareControls(el.closest(".nnlib-explorer"));
  }

  let told = "";
  function tellScreen() {
    if (!figure.isConnected) return;
    const screen = { kind: "screen", dark: isDark(figure), pixel_ratio: devicePixelRatio };
    if (JSON.stringify(screen) === told) return;
    told = JSON.stringify(screen);
    model.send(screen);
  }

  const themes = new MutationObserver(() => setTimeout(tellScreen, 100)); // styles come after
  for (const root of [document.documentElement, document.body]) {
    themes.observe(root, { attributes: true });
  }
  addEventListener("resize", tellScreen);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", acknowledge);
  watch(el);
  model.on("change:serial", showNewest);
  showNewest();
  requestAnimationFrame(tellScreen);
  setTimeout(() => prepareControls(el.closest(".nnlib-explorer")), CONTROLS_DELAY);

  return () => {
    themes.disconnect();
    removeEventListener("resize", tellScreen);
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", acknowledge);
    sight.disconnect();
    leave();
    model.off("change:serial", showNewest);
  };
}

export default { render };
