"""From the slider to the pixel: how long until the picture of a new value can be painted."""

from live.stacks import Notebook, Stack

PRESSES = 12
PAUSE_MS = 500  # between presses, so that each finds the page at rest

# Moves the slider by one step; returns the milliseconds until that step is on the screen.
PRESS = """async ([name, step]) => {
    const watched = bench[name];
    const start = performance.now();
    watched.set(step);
    while (watched.shown !== step) {
        if (performance.now() - start > 20000) throw new Error(`${name}: ${step} never came`);
        await new Promise(requestAnimationFrame);
    }
    return watched.log.at(-1)[0] - start;
}"""


def latencies(notebook: Notebook, stack: Stack, presses: int = PRESSES) -> list[float]:
    """Return the milliseconds from slider to pixel of each of some presses."""
    page = notebook.page.page
    found = []
    for press in range(presses):
        page.wait_for_timeout(PAUSE_MS)
        found.append(page.evaluate(PRESS, [stack.name, 5 + press % 40]))
    return found
