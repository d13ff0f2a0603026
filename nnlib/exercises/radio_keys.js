// The options of ipywidgets' RadioButtons share no name, so that arrow keys do nothing among them,
// and JupyterLab takes those keys for its own. With a name and a mark they choose.

let groups = 0;

function joinOptions(prediction) {
  const options = prediction.querySelectorAll("input[type=radio]");
  const group = options[0]?.closest(".widget-radio");
  if (!group) return false; // not made yet
  groups += 1;
  for (const option of options) {
    option.name = `nnlib-prediction-${groups}`;
    option.dataset.lmSuppressShortcuts = "true";
  }
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", "My prediction");
  return true;
}

function render({ el }) {
  let frame = 0;
  function whenMade() {
    const prediction = el.closest(".nnlib-prediction");
    if (!prediction || !joinOptions(prediction)) frame = requestAnimationFrame(whenMade);
  }
  whenMade();
  return () => cancelAnimationFrame(frame);
}

export default { render };
