"""A slider dragged at 60 events a second: frames, lag after release, the kernel's cost, bytes."""

from dataclasses import dataclass

from live.stacks import Notebook, Stack

SECONDS = 3.0

# Moves the slider 60 times a second there and back, ends at the last step, and waits until that
# has been on the screen for 0.8 s. A drag that starts at step 0 never shows the last one early:
# on the way it turns one step before.
DRAG = """async ([name, last, events]) => {
    const watched = bench[name];
    const next = () => new Promise(requestAnimationFrame);
    Object.assign(watched, { log: [], samples: 0, blanks: 0 });
    const start = performance.now();
    for (let event = 0; event < events; event++) {
        while (performance.now() - start < event * 1000 / 60) {
            await new Promise((done) => setTimeout(done, 1));
        }
        const phase = event % (2 * last - 2);
        watched.set(event === events - 1 ? last : phase < last ? phase : 2 * last - 2 - phase);
    }
    const released = performance.now();
    const arrived = () => watched.shown === last && performance.now() - watched.log.at(-1)[0] > 800;
    while (!arrived()) {
        if (performance.now() - released > 30000) throw new Error(`${name}: the end never came`);
        await next();
    }
    return {
        dragged: released - start,
        frames: watched.log.filter(([time]) => time <= released).length,
        allFrames: watched.log.length,
        lag: watched.log.at(-1)[0] - released,
        blank: watched.blanks / watched.samples,
    };
}"""


@dataclass(frozen=True)
class Drag:
    """What one drag has cost."""

    frames_per_second: float
    lag: float  # milliseconds from the last event to the last picture
    kernel: float  # milliseconds of processor time for each picture that was seen
    bytes: float  # from the kernel, for each picture that was seen
    blank: float  # the share of animation frames without a picture


def drag(notebook: Notebook, stack: Stack, seconds: float = SECONDS) -> Drag:
    """Drag the slider there and back for some seconds."""
    page = notebook.page.page
    page.evaluate("([name]) => bench[name].set(0)", [stack.name])
    page.wait_for_function("name => bench[name].shown === 0", arg=stack.name)
    page.wait_for_timeout(500)
    cpu, received = notebook.cpu_seconds, notebook.page.received_bytes
    found = page.evaluate(DRAG, [stack.name, 60, round(60 * seconds)])
    cpu, received = notebook.cpu_seconds - cpu, notebook.page.received_bytes - received
    return Drag(
        frames_per_second=1000 * found["frames"] / found["dragged"],
        lag=found["lag"],
        kernel=1000 * cpu / found["allFrames"],
        bytes=received / found["allFrames"],
        blank=found["blank"],
    )
