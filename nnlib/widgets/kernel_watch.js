// What the page says while the kernel does not answer: that it is gone, or that it is busy.
//
// ipywidgets marks a widget whose kernel is gone, also in a notebook that is opened again; then its
// controls could be moved and nothing would follow. A kernel that is busy leaves no mark: whenever a
// control is touched the page asks it to answer, and sees how long that takes. `words` says what
// differs between explorers and predictions: see there.

const DISCONNECTED = "jupyter-widgets-disconnected"; // ipywidgets' own mark
const RUN = "Run the first cell of the page, then this one.";
const RESTARTED = `The kernel was restarted. ${RUN}`;
const STOPPED = "The kernel has stopped. Choose Kernel → Restart Kernel and Run All Cells.";
const CUT_OFF = "JupyterLab does not answer. If it was closed, start it again.";
const PATIENCE = 1000; // milliseconds until the page says that an answer is missing
const STOPS = ["dead", "none"]; // what JupyterLab calls a kernel that does not come back
const LOST = ["autorestarting", ...STOPS]; // … that lost us without a mark
const CALM = 500; // milliseconds between an answer and the next question
const TOUCHES = ["pointerdown", "pointerup", "keydown", "input", "change"];

let wasLive = false; // since the page was loaded; each widget has this script for itself

/**
 * Watch over the part of the page that `el` belongs to; `places` say where its notes go. `answered`
 * is called with null when a control is touched, and with the kernel's answer to the last touch.
 */
function watchKernel(model, el, selector, words, places, answered = () => {}) {
  let root = null;
  let goneNote, busyNote, observer, kernel;

  function begin() {
    const found = el.closest(selector);
    const [forGone, forBusy] = found ? [places.gone(found), places.busy(found)] : [];
    if (!forGone || !forBusy) return; // not made yet
    clearInterval(beginning);
    root = found;
    [goneNote, busyNote] = [forGone, forBusy].map((it) => statusIn(it, "nnlib-kernel-note"));
    for (const kind of TOUCHES) root.addEventListener(kind, touch, true);
    let live = null;
    function look() {
      const before = live;
      live = !root.classList.contains(DISCONNECTED);
      if (live === before) return;
      wasLive ||= live;
      setGone(!live);
    }
    look();
    observer = new MutationObserver(look);
    observer.observe(root, { attributes: true, attributeFilter: ["class"] });
    kernel = model.widget_manager?.kernel;
    kernel?.statusChanged?.connect(heed);
    kernel?.disposed?.connect(lose); // it was shut down
    kernel?.connectionStatusChanged?.connect(sayMore);
  }

  function heed(_kernel, status) {
    if (isGone() || LOST.includes(status)) lose();
  }

  const lose = () => setGone(true);
  const isGone = () => root.classList.contains("nnlib-gone");

  function setGone(gone) {
    stopAsking();
    root.classList.toggle("nnlib-gone", gone);
    const awaited = gone ? root.querySelectorAll("[aria-busy=true]") : []; // it will not come
    for (const it of awaited) it.setAttribute("aria-busy", "false");
    say(goneNote, gone ? whyGone() : "");
  }

  function whyGone() {
    if (!wasLive) return `${words.lastVisit} ${RUN}`;
    return STOPS.includes(kernelStatus(model)) ? STOPPED : RESTARTED;
  }

  function touch(event) {
    if (!event.isTrusted || event.key === "Tab") return;
    if (!isGone()) return ask();
    if (event.type === "keydown" && wouldMove(event)) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  let asking = false; // until two answers have come, and a while longer
  let touchedSince = false;
  let askedTwice = false;
  let timer = 0;

  function ask() {
    touchedSince = asking;
    if (!asking && LOST.includes(kernelStatus(model))) return lose();
    answered(null);
    if (asking) return;
    asking = true;
    askedTwice = false;
    setTimeout(question); // after what the touch itself sends
    awaitAnswer();
  }

  function question() {
    send(model, { kind: "are you there?" });
  }

  function awaitAnswer() {
    timer = setTimeout(() => say(busyNote, whyLate()), PATIENCE);
  }

  function whyLate() {
    const connection = model.widget_manager?.kernel?.connectionStatus ?? "connected";
    return connection === "connected" ? words.busy : CUT_OFF;
  }

  /** A line that is cut may be known only after the page has called the kernel busy. */
  function sayMore() {
    if (busyNote.textContent) say(busyNote, whyLate());
  }

  function hear(message) {
    if (message.kind !== "here" || !asking) return;
    clearTimeout(timer);
    say(busyNote, "");
    if (!touchedSince && !askedTwice) {
      askedTwice = true; // ipywidgets may have held back what a slider sent: now it is on its way
      question();
      return awaitAnswer();
    }
    if (!touchedSince) answered(message);
    timer = setTimeout(() => {
      asking = false;
      if (touchedSince) ask();
    }, CALM);
  }

  function stopAsking() {
    clearTimeout(timer);
    asking = false;
    say(busyNote, "");
    answered({}); // none will come
  }

  model.on("msg:custom", hear);
  const beginning = setInterval(begin, CALM);
  return () => {
    model.off("msg:custom", hear);
    clearInterval(beginning);
    observer?.disconnect();
    kernel?.statusChanged?.disconnect(heed);
    kernel?.disposed?.disconnect(lose);
    kernel?.connectionStatusChanged?.disconnect(sayMore);
    for (const it of [goneNote, busyNote]) it?.remove(); // a far cell may be drawn anew
    clearTimeout(timer);
    for (const kind of TOUCHES) root?.removeEventListener(kind, touch, true);
  };
}

/**
 * Make an empty place at the end of `parent` for what screen readers are to tell: it stands there
 * before its words, or they are not told.
 */
function statusIn(parent, className) {
  const element = document.createElement("p");
  element.className = className;
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
