// Tells the kernel where the pointer is pressed and dragged on a drawing board's picture. The
// kernel draws a new picture each time, so the listeners sit on what holds it.

const DRAG_MILLISECONDS = 50; // as often as the kernel is told of a drag

function placeOn(picture, event) {
  const box = picture.getBoundingClientRect();
  const { width, height } = picture.viewBox.baseVal;
  return {
    x: ((event.clientX - box.left) / box.width) * width,
    y: ((event.clientY - box.top) / box.height) * height,
  };
}

function listen(board, model, signal) {
  let told = 0;
  let drawing = null; // the pointer that draws: the mouse, a pen, or the first finger
  function tell(kind, event) {
    const picture = board.querySelector("svg");
    if (picture) model.send({ kind, ...placeOn(picture, event) });
    told = event.timeStamp;
  }
  function press(event) {
    if (event.button !== 0 || !event.isPrimary || !event.target.closest("svg")) return;
    event.preventDefault(); // no text is selected
    board.setPointerCapture(event.pointerId);
    drawing = event.pointerId;
    tell("press", event);
  }
  function drag(event) {
    if (event.pointerId !== drawing) return;
    if (event.timeStamp - told > DRAG_MILLISECONDS) tell("drag", event);
  }
  function release(event) {
    if (event.pointerId !== drawing) return;
    tell("drag", event);
    drawing = null;
  }
  board.addEventListener("pointerdown", press, { signal });
  board.addEventListener("pointermove", drag, { signal });
  board.addEventListener("pointerup", release, { signal });
  board.addEventListener("pointercancel", () => (drawing = null), { signal });
  board.style.cursor = "crosshair";
  board.style.touchAction = "none"; // a finger draws, and does not scroll
}

function render({ model, el }) {
  const stop = new AbortController();
  const stopLooking = whenThere(
    () => el.closest(".nnlib-prediction")?.querySelector(".nnlib-board"),
    (board) => listen(board, model, stop.signal),
  );
  return () => {
    stopLooking();
    stop.abort();
  };
}

export default { render };
