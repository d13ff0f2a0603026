// What pointer and keys do to the picture, told to the kernel: see pointer.py.

const FIRM_HAND = 3; // CSS pixels; a pointer that moves less between press and release only clicks
const SURE_AIM = 3; // CSS pixels: so far from a spot the spot is meant, whatever line is near

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

/** How far is the spot from the line between two points? All in pixels. */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.min(Math.max(along, 0), 1);
  return Math.hypot(x - x0 - part * dx, y - y0 - part * dy);
}

/** Are two places of the pointer farther apart than a hand trembles? */
function isFar(one, other) {
  return Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) >= FIRM_HAND;
}
