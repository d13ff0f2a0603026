// The options of ipywidgets' RadioButtons share no name, so that arrow keys do nothing among them,
// and JupyterLab takes those keys for its own. With a name and a mark they choose. ipywidgets makes
// new options when they are switched off or on: those need it again.

function joinOptions(group, name) {
  for (const option of group.querySelectorAll("input[type=radio]")) {
    option.name = name;
    option.dataset.lmSuppressShortcuts = "true";
  }
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", "My prediction");
}

/** Make ready what is there: the parts of a prediction are made one by one, options also anew. */
function prepare(prediction, name, told) {
  const options = prediction.querySelector(".widget-radio");
  if (options) joinOptions(options, name);
  const question = prediction.querySelector(":scope > :first-child > .widget-html-content");
  if (question) {
    question.id ||= `${name}-question`;
    prediction.setAttribute("role", "group");
    prediction.setAttribute("aria-labelledby", question.id); // told as one comes to its controls
  }
  const outcome = prediction.querySelector(".nnlib-outcome");
  if (outcome) readOut(outcome, told);
}

/**
 * Have an outcome read out when it comes, as one text: of the parts of its HTML a screen reader
 * tells some, and not in their order. What is there from an earlier visit is not news.
 */
function readOut(outcome, told) {
  const words = [...outcome.querySelectorAll("p")].map((it) => it.innerText).join(" ");
  const known = outcome.dataset.told ?? words;
  outcome.dataset.told = words;
  if (words !== known) told.textContent = words;
}

// The row with Commit, where whoever waits for an answer looks.
const besideCommit = (prediction) => prediction.querySelector("button")?.parentElement;
const PLACES = { gone: besideCommit, busy: besideCommit };
const WORDS = {
  busy: "The kernel is busy; the answer will follow.",
  lastVisit: "This is from your last visit.",
};

function render({ model, el }) {
  // Each prediction loads this file for itself, so a counter would begin anew in each.
  const name = `nnlib-prediction-${Math.random().toString(36).slice(2)}`;
  const told = statusIn(el, "nnlib-heard nnlib-told");
  let made = null;
  const stopLooking = whenThere(
    () => el.closest(".nnlib-prediction"),
    (prediction) => {
      made = new MutationObserver(() => prepare(prediction, name, told));
      made.observe(prediction, { childList: true, subtree: true });
      prepare(prediction, name, told);
    },
  );
  const stopWatching = watchKernel(model, el, ".nnlib-prediction", WORDS, PLACES);
  const forgetView = intoView.render(el, ".nnlib-prediction");
  return () => {
    stopWatching();
    forgetView();
    stopLooking();
    made?.disconnect();
  };
}

function initialize({ model }) {
  intoView.initialize(model);
}

export default { initialize, render };
