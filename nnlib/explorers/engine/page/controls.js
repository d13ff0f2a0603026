// The controls of an explorer, as good by keyboard and screen reader as by mouse.

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
