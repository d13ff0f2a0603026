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
const FIRM_HAND = 3; // CSS pixels; a pointer that moves less between press and release only clicks
const SURE_AIM = 3; // CSS pixels: so far from a spot the spot is meant, whatever line is near
const LEAST_PICTURE = 0.8; // of its width: so much smaller it may be beside an open drawer
const LEAST_DRAWER = 74; // CSS pixels: two lines of controls
const DRAWER_EDGE = 5; // CSS pixels below its last row: padding and line
const SAYS_MORE = 18; // CSS pixels: the line that says so, in live_figure.css
const LAYERS = /(\d+(?:-\d+)+)/g; // such as "2-8-8-1"
const RESULT = /([=+−/·] )?\S+ = \S.*$/; // at the end of an equation: "+ 0.50 = 1.750"

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
  handFocusOn(explorer);
  nameFields(explorer);
  showProblems(explorer);
  for (const button of explorer.querySelectorAll(".widget-toggle-button")) {
    const state = button.closest(".nnlib-toggles") ? "aria-pressed" : "aria-expanded";
    setAttribute(button, state, String(button.classList.contains("mod-active")));
  }
  for (const slider of explorer.querySelectorAll(".noUi-target:not([data-exact])")) {
    slider.dataset.exact = "true";
    roundWhatItSends(slider);
  }
}

/**
 * A slider that is set sends back what its steps make of the number, 2.8000000000000007, and that
 * comes too late when a newer one has been set meanwhile. Rounded, it is no change to send.
 */
function roundWhatItSends(slider) {
  let rounds = false; // to change the format sets it again: that alone must send nothing
  const to = (value) => (rounds ? Number(value.toFixed(9)) : value);
  slider.noUiSlider?.updateOptions({ format: { to, from: Number } }, false);
  rounds = true;
}

/** Pause stands in the place of Play while it plays: give it the focus that Play had, and back. */
function handFocusOn(explorer) {
  const buttons = [".nnlib-play", ".nnlib-pause"].map((it) => explorer.querySelector(it));
  if (explorer.classList.contains("nnlib-playing")) buttons.reverse();
  const [shown, hidden] = buttons;
  if (hidden && hidden === document.activeElement) shown.focus({ preventScroll: true });
}

let remarks = 0; // how many were shown on this page

/** Tie what is told of a control to it, for screen readers, and bring what is new into view. */
function showProblems(explorer) {
  for (const message of explorer.querySelectorAll(".nnlib-error")) {
    if (message.dataset.told === message.textContent) continue;
    message.dataset.told = message.textContent;
    requestAnimationFrame(() => bringIntoView(message, explorer));
  }
  for (const notice of explorer.querySelectorAll(".nnlib-notice")) {
    if (notice.dataset.told === notice.textContent) continue;
    notice.dataset.told = notice.textContent;
    const asked = explorer.contains(document.activeElement); // it answers what was done here
    if (asked) requestAnimationFrame(() => bringIntoView(notice, explorer));
  }
  const messages = [...explorer.querySelectorAll(".nnlib-error, .nnlib-notice")];
  say(explorer.querySelector(".nnlib-told"), messages.map((it) => it.innerText).join(" "));
  for (const control of explorer.querySelectorAll(".nnlib-refused")) tieRemark(control);
  for (const field of explorer.querySelectorAll("[aria-invalid]")) {
    if (field.closest(".nnlib-refused")) continue;
    field.removeAttribute("aria-invalid");
    field.removeAttribute("aria-describedby");
  }
}

/** Bring a message into view, unless nobody is looking at its explorer. */
function bringIntoView(message, explorer) {
  const { top, bottom } = explorer.getBoundingClientRect();
  if (bottom > 0 && top < innerHeight) message.scrollIntoView({ block: "nearest" });
}

/** Tie a remark to the control that it stands beside, and note which text it is about. */
function tieRemark(control) {
  const place = control.closest(".nnlib-field, .nnlib-pair, .nnlib-controls");
  const remark = place?.querySelector(".nnlib-remark");
  if (!remark) return; // not made yet
  remark.id ||= `nnlib-remark-${++remarks}`;
  const field = fieldOf(control);
  setAttribute(field, "aria-invalid", "true");
  // Whoever is in the field hears it from the status; a reader would tell a new description too.
  if (field !== document.activeElement) setAttribute(field, "aria-describedby", remark.id);
  if (control.dataset.remark === remark.id) return;
  control.dataset.remark = remark.id;
  control.dataset.refused = field.value;
  delete control.dataset.typing;
}

function fieldOf(control) {
  return control.querySelector("input, textarea, select") ?? control;
}

/** A remark on a text goes as soon as the text is corrected, and is back if it stays as it was. */
function watchTyping(explorer) {
  explorer.addEventListener("input", ({ target }) => {
    const control = target.closest(".nnlib-refused");
    if (control) control.dataset.typing = "";
  });
  explorer.addEventListener("focusout", ({ target }) => {
    const control = target.closest(".nnlib-refused");
    if (!control) return;
    tieRemark(control); // for whoever comes back to it
    if (control.dataset.refused === target.value) delete control.dataset.typing;
  });
}

/** How far is the spot from the line between two points? All in pixels. */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - x0 - part * dx, y - y0 - part * dy);
}

/** How far is the pointer at `spot` from a handle, in pixels? See Handle in pointer.py. */
function distanceTo(handle, spot, box) {
  const outline = handle.outline.map(([x, y]) => [x * box.width, (1 - y) * box.height]);
  const last = outline.at(-1);
  if (!handle.filled) {
    return Math.min(...outline.map((it, k) => distance(spot, it, outline[k + 1] ?? it)));
  }
  const outside = [0, 1].map((k) => {
    const [low, high] = [outline[0][k], last[k]].sort((a, b) => a - b);
    return Math.max(low - spot[k], spot[k] - high, 0);
  });
  return Math.max(...outside);
}

/** Which handle is meant at `spot`? The nearest within reach; a spot is aimed at more than a line. */
function handleMeant(handles, spot, box, fingers) {
  let [meant, least] = [undefined, Infinity];
  for (const handle of handles) {
    const away = distanceTo(handle, spot, box);
    const rank = Math.max(away - (handle.outline.length === 1 ? SURE_AIM : 0), 0);
    if (away <= fingers * handle.reach && rank < least) [meant, least] = [handle, rank];
  }
  return meant;
}

/** Are two places of the pointer farther apart than a hand trembles? */
function isFar(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) >= FIRM_HAND;
}

/** Tell the kernel what the pointer does to the handles of the frame that is on the canvas. */
function listenToPointer(canvas, model, handlesShown) {
  let gesture = null; // from a press on something draggable to its release
  let wasDragged = false;
  let pressed = null; // where the pointer went down last
  let scheduled = 0; // the animation frame that will send the newest place

  function handleAt(event, draggable) {
    const box = canvas.getBoundingClientRect();
    const spot = [event.clientX - box.left, event.clientY - box.top];
    const fingers = event.pointerType === "touch" ? 2 : 1;
    const handles = handlesShown().filter((it) => it.draggable === draggable);
    return handleMeant(handles, spot, box, fingers);
  }

  function describe(action, event, handle, number) {
    const box = canvas.getBoundingClientRect();
    const x = (event.clientX - box.left) / box.width;
    const y = 1 - (event.clientY - box.top) / box.height;
    const shift = event.shiftKey;
    return { kind: "pointer", action, gesture: number, handle: handle.name, x, y, shift };
  }

  /** Describe the newest place of a drag, with the trail that led there: a pen needs all of it. */
  function describeDrag({ handle, number, trail }) {
    const places = trail.splice(0).map((event) => describe("drag", event, handle, number));
    return { ...places.at(-1), trail: places.slice(0, -1).map(({ x, y }) => [x, y]) };
  }

  function press(event) {
    wasDragged = false;
    pressed = event;
    if (event.button !== 0 || !event.isPrimary) return;
    const handle = handleAt(event, true);
    // Or a press with shift selects text or cells.
    if (handle || handleAt(event, false)) event.preventDefault();
    if (!handle) return;
    gesture = { handle, number: Math.random(), start: event, newest: event, toSend: false };
    gesture.trail = []; // the places not sent yet, the newest last
    canvas.setPointerCapture(event.pointerId);
    canvas.style.cursor = handle.cursor === "grab" ? "grabbing" : handle.cursor;
    send(model, describe("press", event, handle, gesture.number));
  }

  function move(event) {
    if (!gesture) {
      const handle = handleAt(event, true) ?? handleAt(event, false);
      canvas.style.cursor = handle?.cursor ?? "";
      return;
    }
    wasDragged ||= isFar(event, gesture.start);
    gesture.newest = event;
    gesture.trail.push(event);
    gesture.toSend = wasDragged;
    sendSoon();
  }

  function sendSoon() {
    if (gesture?.toSend && !gesture.unheard && !scheduled) {
      scheduled = requestAnimationFrame(sendDrag);
    }
  }

  function sendDrag() {
    scheduled = 0;
    if (!gesture) return;
    gesture.toSend = false;
    gesture.unheard = true; // until then the kernel is busy: what it would hear late is left out
    send(model, describeDrag(gesture));
  }

  function hear(message) {
    if (message.kind !== "heard" || message.gesture !== gesture?.number) return;
    gesture.unheard = false;
    sendSoon();
  }

  function release() {
    if (!gesture) return;
    const { newest, handle, number, toSend } = gesture;
    if (toSend) send(model, describeDrag(gesture));
    gesture = null;
    canvas.style.cursor = "";
    send(model, describe("release", newest, handle, number));
  }

  function click(event) {
    if (wasDragged || (pressed && isFar(event, pressed))) return; // a drag that missed its handle
    const handle = handleAt(event, false);
    if (!handle) return;
    const number = Math.random();
    send(model, describe("press", event, handle, number));
    send(model, describe("release", event, handle, number));
  }

  /** A finger scrolls the page, but not where it can drag something. */
  function touch(event) {
    const [finger] = event.changedTouches;
    const { clientX, clientY } = finger;
    if (handleAt({ clientX, clientY, pointerType: "touch" }, true)) event.preventDefault();
  }

  canvas.addEventListener("pointerdown", press);
  canvas.addEventListener("pointermove", move);
  canvas.addEventListener("pointerup", release);
  canvas.addEventListener("pointercancel", release);
  canvas.addEventListener("click", click);
  canvas.addEventListener("touchstart", touch, { passive: false });
  model.on("msg:custom", hear);
  return () => model.off("msg:custom", hear);
}

/**
 * Tell the kernel of the keys that it asked for, pressed while the picture has the focus.
 * A screen reader keeps the keys for itself on an image; to an application it hands them on. Orca
 * does so only where the application contains something, and tells of it only within another one.
 */
function listenToKeys(canvas, model) {
  const keys = model.get("listens_to");
  if (keys.length === 0) return;
  const names = keys.map((key) => (key === " " ? "Space" : key));
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-roledescription", "picture that listens to keys");
  canvas.setAttribute("aria-keyshortcuts", names.join(" "));
  canvas.textContent = `Keys: ${names.join(", ")}`;
  canvas.parentElement.setAttribute("role", "application");
  canvas.parentElement.setAttribute("aria-label", "Picture with keys");
  canvas.tabIndex = 0;
  canvas.dataset.lmSuppressShortcuts = "true"; // or JupyterLab takes them for its own
  canvas.addEventListener("pointerdown", () => canvas.focus({ preventScroll: true }));
  canvas.addEventListener("keydown", (event) => {
    if (!model.get("listens_to").includes(event.key) || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // or the page scrolls
    event.stopPropagation();
    send(model, { kind: "key", key: event.key });
  });
}

/** Bring what screen readers hear of the sliders in step with the numbers in the boxes. */
function nameFields(explorer) {
  for (const field of explorer?.querySelectorAll(".nnlib-field") ?? []) nameField(field);
}

const toldOf = new WeakMap(); // what a screen reader has been told of each slider

/** Give slider and box the name that stands beside them, and the slider the number in the box. */
function nameField(field) {
  const name = field.querySelector("label")?.textContent;
  const handle = field.querySelector(".noUi-handle");
  const place = handle?.closest(".noUi-target")?.noUiSlider?.get();
  const box = field.querySelector("input");
  if (!name || place === undefined || !box) return; // not made yet
  setAttribute(handle, "aria-label", name);
  setAttribute(box, "aria-label", name);
  if (toldOf.get(handle)?.["aria-valuetext"] !== box.value) {
    // By itself a slider would say its exponent if it is logarithmic, its nearest stop if not.
    const now = Number(place).toFixed(1); // as noUiSlider writes its ends
    toldOf.set(handle, { "aria-valuenow": now, "aria-valuetext": box.value });
  }
  keepTold(handle);
}

/**
 * Let a slider that has just been moved say what it said before, until its box has the new number.
 * A screen reader speaks at each change of these two: it would tell the old number, then the new.
 */
function keepTold(handle) {
  for (const told of Object.entries(toldOf.get(handle) ?? {})) setAttribute(handle, ...told);
}

/** Set an attribute, but only to something new: to set it is a mutation too. */
function setAttribute(element, name, value) {
  if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

/** Keep what screen readers hear of the controls in step with what is seen. */
function watchControls(explorer) {
  const observer = new MutationObserver((changes) => {
    const moved = changes.filter((it) => it.attributeName?.startsWith("aria-value"));
    for (const { target } of moved) keepTold(target);
    if (moved.length < changes.length) prepareControls(explorer);
  });
  observer.observe(explorer, {
    attributes: true,
    attributeFilter: ["class", "aria-valuenow", "aria-valuetext"],
    childList: true,
    subtree: true,
  });
  prepareControls(explorer);
  watchTyping(explorer);
  return observer;
}

/** Decode a frame. A Blob travels to the browser's main process and back; a decoder needs none. */
async function decode(frame) {
  if (!globalThis.ImageDecoder) return createImageBitmap(new Blob([frame]));
  const type = frame.getUint8(0) === 0xff ? "image/jpeg" : "image/png";
  const decoder = new ImageDecoder({ data: frame, type });
  try {
    return (await decoder.decode()).image;
  } finally {
    decoder.close();
  }
}

function child(parent, tag, className) {
  const element = document.createElement(tag);
  element.className = className;
  parent.append(element);
  return element;
}

/** Write a text, and keep the room of the longest that has stood there, with the same breaks. */
function write(place, text) {
  const { dataset } = place.parentElement;
  if (text.length > (dataset.longest?.length ?? 0)) {
    dataset.longest = text.replaceAll(LAYERS, (layers) => layers.replaceAll("-", "\u2011"));
  }
  if (place.textContent === text) return;
  place.replaceChildren();
  for (const [k, part] of text.split(LAYERS).entries()) {
    if (k % 2) child(place, "span", "nnlib-unbroken").textContent = part;
    else place.append(part);
  }
}

/** Write an equation; the room of the longest stands unseen behind it, with the same breaks. */
function writeEquation(place, text) {
  const room = place.nextElementSibling;
  if (text.length > room.textContent.length) room.replaceChildren(...statementsOf(text));
  place.replaceChildren(...statementsOf(text));
}

/** Statements, which stand some blanks apart, go to the next line whole if this one is full. */
function statementsOf(text) {
  return text.split(/(\n| {3,})/).map((part, k) => (k % 2 ? part : statementOf(part)));
}

/**
 * A statement too long for a line breaks before a sign of equality, but not before the last: a
 * result keeps what it is the result of, and be it only the last summand.
 */
function statementOf(text) {
  const statement = document.createElement("span");
  statement.className = "nnlib-statement";
  const sides = text.split(/ (?== )/);
  sides.push(sides.splice(-2).join(" "));
  for (const [k, side] of sides.entries()) {
    if (k > 0) statement.append(" ");
    const place = child(statement, "span", "nnlib-side");
    const result = k < sides.length - 1 ? side.length : side.search(RESULT);
    writeRaised(place, result < 0 ? side : side.slice(0, result));
    if (result >= 0) writeRaised(child(place, "span", "nnlib-value"), side.slice(result));
  }
  return statement;
}

/** Write "e^(−2.0)" as a book does; the sign and the brackets are there to be copied. */
function writeRaised(place, text) {
  for (const [k, part] of text.split(/(\^\(|(?<=\^\([^()]*)\))/).entries()) {
    if (k % 2) child(place, "span", "nnlib-raise").textContent = part;
    else if (k % 4 === 2) child(place, "sup").textContent = part;
    else writeScripts(place, part);
  }
}

/** Write what stands above or below the line as large as can be read: "w⁽¹⁾₁₁". */
function writeScripts(place, text) {
  for (const [k, part] of text.split(/([⁰¹²³⁴-⁾ˡᵀ₀-₉]+)/).entries()) {
    if (k % 2) child(place, "span", "nnlib-script").textContent = part;
    else place.append(part);
  }
}

/**
 * Leave picture and words in view while a drawer is open. Where all of it is too high for that the
 * equation gives way, then the picture is a little smaller, then the words are only heard; if all
 * that does not help, the drawer scrolls beside picture and words.
 */
function fitDrawers(explorer) {
  const panel = explorer.closest(".jp-WindowedPanel-outer");
  if (!panel) return null;
  function fit() {
    explorer.classList.remove("nnlib-crowded", "nnlib-wordless");
    explorer.style.removeProperty("--nnlib-picture");
    for (const drawer of explorer.querySelectorAll(".nnlib-drawer")) {
      if (drawer.offsetHeight === 0) continue; // closed
      const room = () =>
        panel.clientHeight - explorer.offsetHeight + drawer.offsetHeight - 2 * MARGIN;
      const missing = () => bottomsOf(drawer).at(-1) - room();
      explorer.classList.toggle("nnlib-crowded", missing() > 0);
      if (missing() > 0) explorer.style.setProperty("--nnlib-picture", smaller(missing()));
      explorer.classList.toggle("nnlib-wordless", missing() > 0);
      if (missing() > 0) explorer.style.setProperty("--nnlib-picture", smaller(missing()));
      if (missing() > 0) explorer.classList.remove("nnlib-wordless");
      fitDrawer(drawer, Math.max(room(), LEAST_DRAWER));
    }
  }
  /** Which share of its width the picture has if it is lower by so much; all, if that is too little. */
  function smaller(pixels) {
    const canvas = explorer.querySelector(".nnlib-canvas");
    const share = 1 - Math.ceil(pixels) / canvas.clientHeight;
    const least = parseFloat(getComputedStyle(canvas).minWidth);
    return share < LEAST_PICTURE || share * canvas.clientWidth < least ? 1 : share;
  }
  const sizes = new ResizeObserver(fit);
  for (const it of [explorer, panel]) sizes.observe(it);
  return sizes;
}

/** Fold the summary where the picture shows the same: unseen it is still there to be heard. */
function foldWords(figure, below) {
  const button = child(below, "button", "nnlib-in-words");
  button.type = "button";
  button.textContent = "In words";
  function fold(folded) {
    figure.classList.toggle("nnlib-folded", folded);
    button.setAttribute("aria-expanded", String(!folded));
  }
  button.addEventListener("click", () => {
    fold(!figure.classList.contains("nnlib-folded"));
    figure.lastElementChild.scrollIntoView({ block: "nearest" });
  });
  fold(true);
}

/** How high a drawer is that ends below each of its controls, the lowest last. */
function bottomsOf(drawer) {
  const controls = [...drawer.children].filter((it) => it.offsetHeight > 0);
  const bottoms = controls.map((it) => it.offsetTop + it.offsetHeight + DRAWER_EDGE);
  return bottoms.sort((a, b) => a - b);
}

/** Show as many whole rows of a drawer as there is room for, and whether there are more. */
function fitDrawer(drawer, room) {
  const bottoms = bottomsOf(drawer);
  const scrolls = bottoms.at(-1) > room;
  const seen = bottoms.findLast((bottom) => bottom + SAYS_MORE <= room) ?? bottoms[0];
  drawer.style.maxHeight = `${scrolls ? seen + SAYS_MORE : room}px`;
  drawer.classList.toggle("nnlib-scrolls", scrolls);
  drawer.onscroll = () => {
    const left = drawer.scrollHeight - drawer.clientHeight - drawer.scrollTop;
    drawer.classList.toggle("nnlib-at-its-end", left < 2);
  };
}

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
        paint(await decode(newest.frame), newest);
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
    const screen = { kind: "screen", dark: isDark(figure), pixel_ratio: devicePixelRatio };
    if (JSON.stringify(screen) === known) return;
    known = JSON.stringify(screen);
    send(model, screen);
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
  send(model, { kind: "hello" });
  intoView.initialize(model);
}

export default { initialize, render };
