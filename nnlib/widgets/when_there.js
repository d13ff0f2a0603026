// ipywidgets makes the parts of a widget one by one, and the page shows an output when it likes:
// soon, or when it is scrolled to. This text stands in front of a widget's own script.

const EVERY = 100; // milliseconds between two looks

/** Do something with what `find` returns, once it is there; return what stops looking for it. */
function whenThere(find, act) {
  function look() {
    const found = find();
    if (!found) return;
    clearInterval(timer);
    act(found);
  }
  const timer = setInterval(look, EVERY);
  look();
  return () => clearInterval(timer);
}

