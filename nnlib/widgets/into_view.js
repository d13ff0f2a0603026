// Brings a widget into the learner's view when the kernel asks for it: see into_view.py. This text
// stands in front of a widget's own script. JupyterLab goes to the next cell at once and comes back
// to it whenever an output grows, and ipywidgets makes an output bit by bit. So what is to be seen
// is held in view, frame by frame, until nothing moves any more or the learner does something.

// How long nothing moves until it stands, and how long all may take: milliseconds, and frames, of
// which a slow machine shows only one or two in that time.
const STILL = { time: 400, frames: 24 };
const LONGEST = { time: 4000, frames: 240 };
const FRESH = 3000; // milliseconds; what is displayed later than that was not displayed by a run
const MARGIN = 4; // CSS pixels between it and the panel's border
const NEXT = 20; // CSS pixels: so much shows the bar of the next cell, which has the focus after a run
const PANEL = ".jp-WindowedPanel-outer";
const HELD_DOWN = ["Shift", "Control", "Alt", "Meta"];

/** What learners do on this page: how much, where last, and whether that led away from a cell. */
const deeds = (globalThis.nnlibDeeds ??= noteDeeds());

/** Does something answer to this, unlike to scrolling and to typing into a cell? */
function acts({ type, key, target }) {
  if (type === "pointerdown") return !target.matches?.(PANEL); // the scroll bar
  if (type !== "keydown") return false;
  return ["Enter", " "].includes(key) || target.closest?.(".jp-OutputArea-output") != null;
}

function noteDeeds() {
  const deeds = { count: 0, leadAway: false, target: null, key: "" };
  function note(event) {
    if (HELD_DOWN.includes(event.key)) return;
    deeds.count += 1;
    deeds.leadAway = !acts(event);
    deeds.target = event.target;
    deeds.key = event.key;
  }
  for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    addEventListener(type, note, { capture: true, passive: true });
  }
  addEventListener("focusin", ({ target }) => {
    if (deeds.key === "Tab") requestAnimationFrame(() => showWidgetOf(target));
  });
  return deeds;
}

/** Tab has led to a control: show all of its widget, where the browser shows the control alone. */
function showWidgetOf(control) {
  const widget = control.closest(WIDGETS);
  const panel = widget?.closest(PANEL);
  if (panel && widget.offsetHeight <= panel.clientHeight - 2 * MARGIN) bringIntoPanel(panel, widget);
}

/** Was this cell run by itself? Then it is the active one, or that before. "Run All" goes on. */
function isWhereTheLearnerIs(cell) {
  return [cell, cell?.nextElementSibling].some((it) => it?.matches(".jp-mod-active"));
}

/** How far to scroll so that as much as possible between two places is within the panel. */
function scrollToSee(spans, height, asked) {
  const [top, bottom] = spans.find(([from, to]) => to - from <= height) ?? spans.at(-1);
  const [first, last] = [top, bottom - height];
  if (last > first) return asked === "reveal" ? last : first; // higher than the panel
  if (first < 0 && asked === "run") return last; // what is to be done stands above it
  return Math.max(Math.min(first, 0), last);
}

/** Scroll to see `element`, and where there is room the `whole` that it ends. */
function bringIntoPanel(panel, element, asked = "", whole = element) {
  const origin = panel.getBoundingClientRect().top + panel.clientTop + MARGIN;
  const { bottom } = element.getBoundingClientRect();
  const tops = [whole, element].map((it) => it.getBoundingClientRect().top - origin);
  const ends = asked === "run" ? [bottom - origin + NEXT, bottom - origin] : [bottom - origin];
  const spans = ends.flatMap((end) => tops.map((top) => [top, end]));
  const by = scrollToSee(spans, panel.clientHeight - 2 * MARGIN, asked);
  if (Math.abs(by) >= 1) panel.scrollTop += by;
}

/** Keep `element` in view until it stands; where there is room also the `whole` that it ends. */
function holdInView(element, asked, whole) {
  const panel = element.closest(PANEL);
  if (!panel) return;
  const count = deeds.count;
  const start = { time: performance.now(), frames: 0 };
  let [frames, moved, before] = [0, start, ""];
  const lasted = (since, long) =>
    performance.now() - since.time > long.time && frames - since.frames > long.frames;

  function place() {
    bringIntoPanel(panel, element, asked, whole);
    const { top, height } = element.getBoundingClientRect();
    const now = [height, top].map(Math.round).join();
    if (now !== before) [moved, before] = [{ time: performance.now(), frames }, now];
  }

  const sizes = new ResizeObserver(place); // after layout: the last word before a frame is painted
  for (const it of [element, panel, panel.firstElementChild]) if (it) sizes.observe(it);
  function frame() {
    frames += 1;
    const stands = lasted(moved, STILL) || lasted(start, LONGEST);
    if (stands || deeds.count !== count || !element.isConnected) sizes.disconnect();
    else {
      place();
      requestAnimationFrame(frame);
    }
  }
  frame();
}

/** Do what the kernel asks for, once. The widget's script calls the two at its own such moments. */
const intoView = {
  asked: "", // what for
  since: 0,
  views: new Set(),

  /** Listen to the kernel, from the moment that the page knows the widget. */
  initialize(model) {
    hearThoughLate(model);
    const take = () => {
      if (!model.get("wanted")) return;
      [this.asked, this.since] = [model.get("wanted"), performance.now()];
      for (const view of this.views) this.show(view);
      // So that it is not saved with the notebook. What is set within a change is not sent.
      setTimeout(() => {
        model.set("wanted", "");
        model.save_changes();
      });
    };
    model.on("change:wanted", take);
    take();
  },

  /** Show what was asked for, or will be, in this view; return what forgets the view. */
  render(el, selector) {
    const view = { el, selector };
    this.views.add(view);
    const appears = new ResizeObserver(() => this.show(view)); // in the frame that shows it first
    appears.observe(el);
    return () => {
      appears.disconnect();
      this.views.delete(view);
    };
  },

  show({ el, selector }) {
    const element = el.closest(selector);
    if (!this.asked || !element?.isConnected) return;
    const late = performance.now() - this.since > FRESH;
    const asked = this.asked;
    this.asked = "";
    const cell = element.closest(".jp-Cell");
    const isHere = asked === "run" ? isWhereTheLearnerIs(cell) : element.contains(deeds.target);
    if (late || deeds.leadAway || !isHere) return;
    holdInView(element, asked, asked === "run" ? cell : element);
  },
};

