// The page's half of LiveFigure: decode the newest frame, put it on a canvas, say so.
// Picture, equation and summary are set in one go, so they always tell of the same state.

// What travels with a frame, and is read with it: a press means what was seen.
const FIELDS = ["frame", "serial", "equation", "summary", "settled", "dark", "handles"];
const WORDS = {
  busy: "The kernel is busy; the picture will follow.",
  lastVisit: "This picture is from your last visit.",
};
const PLACES = {
  gone: (explorer) => explorer, // above the controls, which do nothing then
  busy: (explorer) => explorer.querySelector(".nnlib-view"), // over the picture's lower edge
};
const MIDDLE_GREY = 128;

function render({ model, el }) {
  const figure = child(el, "div", "nnlib-figure");
  const view = child(figure, "div", "nnlib-view");
  const canvas = child(view, "canvas", "nnlib-canvas");
  const below = child(figure, "div", "nnlib-below");
  const equation = child(child(below, "p", "nnlib-equation"), "span", "");
  child(equation.parentElement, "span", "nnlib-room").setAttribute("aria-hidden", "true");
  const summary = child(child(figure, "p", "nnlib-summary"), "span", "");
  if (model.get("folded")) foldWords(figure, below);
  const heard = child(el, "p", "nnlib-heard"); // the summary again, but only of pictures at rest
  const told = child(el, "p", "nnlib-heard nnlib-told"); // what an explorer's messages say
  // Or the explorer would grow by them when the first frame is decoded.
  writeEquation(equation, model.get("equation"));
  write(summary, model.get("summary"));
  view.dataset.lmSuppressShortcuts = "true"; // arrow keys scroll it where the page is narrow
  canvas.setAttribute("role", "img");
  // Both stand here before their words: what comes with its words is not always read out.
  heard.setAttribute("aria-live", "polite");
  told.setAttribute("role", "status");

  let decoding = false;
  let heardAll = true; // has the kernel answered what was touched last?
  let due = 0; // the serial number of a frame that will follow, when the one before is painted
  let painted = { serial: 0, dark: model.get("dark"), handles: [] }; // what is on the canvas
  let awaited = 0; // the newest serial that the kernel wants to hear of
  let acknowledged = 0; // the newest that it has heard of
  let inSight = false; // is any part of the explorer within the window?

  /** Tell the kernel which frame this view has painted, and whether anybody can see it. */
  function acknowledge() {
    acknowledged = painted.serial;
    const visible = inSight && document.visibilityState === "visible";
    send(model, { kind: "shown", serial: painted.serial, visible });
  }

  let watched = null;
  const sight = new IntersectionObserver((entries) => {
    const explorer = el.closest(".nnlib-explorer") ?? el; // whoever sees the buttons is looking
    if (explorer !== watched) return watch(explorer);
    inSight = entries.at(-1).isIntersecting;
    tellScreen(); // a cell that was far away was on no page yet
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
    // Each word costs the kernel and the whole of JupyterLab some work: only what is awaited is sent.
    if (model.get("asked") || model.get("settled")) awaited = model.get("serial");
    if (decoding) return; // the newest frame is fetched when this one is done
    decoding = true;
    showBusy();
    try {
      while (painted.serial !== model.get("serial")) {
        const newest = Object.fromEntries(FIELDS.map((name) => [name, model.get(name)]));
        if (newest.frame.byteLength === 0) return; // not even the first could be drawn
        const image = await decode(newest.frame);
        if (image === null) return; // the picture before it stays
        paint(image, newest);
        if (acknowledged < awaited && awaited <= painted.serial) acknowledge();
      }
    } finally {
      decoding = false;
      showBusy();
    }
  }

  /** At rest is a picture that shows all that was done; only then it is read out. */
  function showBusy() {
    if (painted.serial === 0) return;
    const busy = decoding || !painted.settled || !heardAll || painted.serial < due;
    setAttribute(figure, "aria-busy", String(busy));
    if (!busy && heard.textContent !== painted.summary) heard.textContent = painted.summary;
  }

  function answered(answer) {
    heardAll = answer !== null;
    if (answer?.due) due = model.get("serial") + 1;
    showBusy();
  }

  /** A picture for a light page on a dark one, or the other way round: of another window, or old. */
  function fitTheme() {
    canvas.classList.toggle("nnlib-drawn-dark", painted.dark);
    canvas.classList.toggle("nnlib-inverted", painted.dark !== isDark(figure));
  }

  function paint(image, newest) {
    painted = newest;
    const [width, height] = [image.displayWidth ?? image.width, image.displayHeight ?? image.height];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width; // clears the canvas: paint in the same breath, no blank frame
      canvas.height = height;
      canvas.style.aspectRatio = width / height;
    }
    canvas.getContext("2d").drawImage(image, 0, 0);
    image.close();
    if (figure.isConnected) fitTheme();
    canvas.setAttribute("aria-label", newest.summary);
    if (equation.textContent !== newest.equation) writeEquation(equation, newest.equation);
    write(summary, newest.summary);
    nameFields(el.closest(".nnlib-explorer")); // the boxes' numbers came with this frame
  }

  let known = "";
  function tellScreen() {
    if (!figure.isConnected) return;
    fitTheme();
    const screen = screenBehind(figure);
    // To draw for another one takes the kernel long: who is out of sight lets the others go first.
    if (!inSight || JSON.stringify(screen) === known) return;
    known = JSON.stringify(screen);
    send(model, { kind: "screen", ...screen });
  }

  const themes = new MutationObserver(() => setTimeout(tellScreen, 100)); // styles come after
  for (const root of [document.documentElement, document.body]) {
    themes.observe(root, { attributes: true });
  }
  addEventListener("resize", tellScreen);
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", acknowledge);
  watch(el);
  const stopWatching = watchKernel(model, el, ".nnlib-explorer", WORDS, PLACES, answered);
  const stopListening = listenToPointer(canvas, model, () => painted.handles);
  const forgetView = intoView.render(el, ".nnlib-explorer");
  listenToKeys(canvas, model);
  model.on("change:serial", showNewest);
  showNewest();
  requestAnimationFrame(tellScreen);
  let [controls, drawers] = [null, null];
  const stopLooking = whenThere(
    () => el.isConnected && el.closest(".nnlib-explorer"),
    (explorer) => {
      controls = watchControls(explorer);
      drawers = fitDrawers(explorer);
    },
  );

  return () => {
    stopListening();
    forgetView();
    stopWatching();
    stopLooking();
    controls?.disconnect();
    drawers?.disconnect();
    themes.disconnect();
    removeEventListener("resize", tellScreen);
    removeEventListener("pagehide", leave);
    document.removeEventListener("visibilitychange", acknowledge);
    sight.disconnect();
    leave();
    model.off("change:serial", showNewest);
  };
}

/** Say that this page has the script, also where the cell is still too far down to be shown. */
function initialize({ model }) {
  send(model, { kind: "hello", ...screenBehind(document.body) }); // what explorers to come begin with
  intoView.initialize(model);
}

/** What the kernel draws for. */
function screenBehind(element) {
  return { dark: isDark(element), pixel_ratio: devicePixelRatio };
}

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

/**
 * Decode a frame, or return null where it is none: a kernel that is shut down may tear its last
 * message. A Blob travels to the browser's main process and back; a decoder needs none.
 */
async function decode(frame) {
  const type = frame.getUint8(0) === 0xff ? "image/jpeg" : "image/png";
  const decoder = globalThis.ImageDecoder && new ImageDecoder({ data: frame, type });
  try {
    return decoder ? (await decoder.decode()).image : await createImageBitmap(new Blob([frame]));
  } catch {
    return null;
  } finally {
    decoder?.close();
  }
}

export default { initialize, render };
