// What the page says while the kernel does not answer: that it is gone, or that it is busy.
//
// ipywidgets marks a widget whose kernel is gone, also in a notebook that is opened again; then its
// controls could be moved and nothing would follow. A kernel that is busy leaves no mark: whenever a
// control is touched the page asks it to answer, and sees how long that takes.

const DISCONNECTED = "jupyter-widgets-disconnected"; // ipywidgets' own mark
const GONE = "The kernel was restarted: run the first cell of the page, then this one again.";
const PATIENCE = 1000; // milliseconds until the page says that an answer is missing
const LOST = ["autorestarting", "dead", "none"]; // what JupyterLab calls a kernel that lost us unmarked
const CALM = 500; // milliseconds between an answer and the next question

/** Watch over the part of the page that `el` belongs to; `places` say where its notes go. */
function watchKernel(model, el, selector, busyWords, places) {
  let root = null;
  let goneNote, busyNote, observer;

  function begin() {
    const found = el.closest(selector);
    const [forGone, forBusy] = found ? [places.gone(found), places.busy(found)] : [];
    if (!forGone || !forBusy) return; // not made yet
    clearInterval(beginning);
    root = found;
    [goneNote, busyNote] = [note(forGone), note(forBusy)];
    for (const kind of ["pointerdown", "keydown", "input", "change"]) {
      root.addEventListener(kind, touch, true);
    }
    let live = !root.classList.contains(DISCONNECTED);
    if (!live) root.classList.add("nnlib-gone");
    observer = new MutationObserver(() => {
      if (live === !root.classList.contains(DISCONNECTED)) return;
      live = !live;
      setGone(!live);
    });
    observer.observe(root, { attributes: true, attributeFilter: ["class"] });
    model.widget_manager?.kernel?.statusChanged?.connect(heed);
  }

  function heed(_kernel, status) {
    if (LOST.includes(status)) setGone(true);
  }

  function setGone(gone) {
    stopAsking();
    root.classList.toggle("nnlib-gone", gone);
    say(goneNote, gone ? GONE : "");
  }

  function touch(event) {
    if (!event.isTrusted || event.key === "Tab") return;
    if (!root.classList.contains("nnlib-gone")) return ask();
    say(goneNote, GONE);
    if (event.type === "keydown" && wouldMove(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  let asking = false; // until an answer has come, and a while longer
  let touchedSince = false;
  let timer = 0;

  function ask() {
    touchedSince = asking;
    if (asking) return;
    if (LOST.includes(kernelStatus(model))) return setGone(true);
    asking = true;
    setTimeout(() => send(model, { kind: "are you there?" })); // after what the touch itself sends
    timer = setTimeout(() => say(busyNote, busyWords), PATIENCE);
  }

  function hear(message) {
    if (message.kind !== "here" || !asking) return;
    clearTimeout(timer);
    say(busyNote, "");
    timer = setTimeout(() => {
      asking = false;
      if (touchedSince) ask();
    }, CALM);
  }

  function stopAsking() {
    clearTimeout(timer);
    asking = false;
    say(busyNote, "");
  }

  model.on("msg:custom", hear);
  const beginning = setInterval(begin, CALM);
  return () => {
    model.off("msg:custom", hear);
    clearInterval(beginning);
    observer?.disconnect();
    model.widget_manager?.kernel?.statusChanged?.disconnect(heed);
    clearTimeout(timer);
    for (const kind of ["pointerdown", "keydown", "input", "change"]) {
      root?.removeEventListener(kind, touch, true);
    }
  };
}

/** Make an empty note at the end of `parent`; screen readers tell what is written there later. */
function note(parent) {
  const element = document.createElement("p");
  element.className = "nnlib-kernel-note";
  element.setAttribute("role", "status");
  parent.append(element);
  return element;
}

/** Tell the kernel something. That it is gone may not be known yet; then nobody hears it. */
function send(model, message) {
  try {
    model.send(message);
  } catch {
    // the mark of ipywidgets, or the next touch, tells it
  }
}

function say(element, words) {
  if (element && element.textContent !== words) element.textContent = words;
}

/** Would this key change a control? Others run the cell or leave it. */
function wouldMove({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  return !ctrlKey && !metaKey && !altKey && key !== "Escape" && !(shiftKey && key === "Enter");
}

/** What the host knows of the kernel: "idle", "busy", "none", …; JupyterLab knows, others may not. */
function kernelStatus(model) {
  const kernel = model.widget_manager?.kernel;
  return kernel === null ? "none" : (kernel?.status ?? "unknown");
}
