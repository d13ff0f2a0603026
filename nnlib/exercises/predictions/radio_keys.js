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
  let frame = 0;
  let renewed = null;
  function whenMade() {
    const group = el.closest(".nnlib-prediction")?.querySelector(".widget-radio");
    if (!group?.querySelector("input[type=radio]")) {
      frame = requestAnimationFrame(whenMade);
      return;
    }
    joinOptions(group, name);
    renewed = new MutationObserver(() => joinOptions(group, name));
    renewed.observe(group, { childList: true, subtree: true });
  }
  whenMade();
  const stopWatching = watchKernel(model, el, ".nnlib-prediction", WORDS, PLACES);
  const forgetView = intoView.render(el, ".nnlib-prediction");
  return () => {
    stopWatching();
    forgetView();
    cancelAnimationFrame(frame);
    renewed?.disconnect();
  };
}

function initialize({ model }) {
  intoView.initialize(model);
}

export default { initialize, render };
