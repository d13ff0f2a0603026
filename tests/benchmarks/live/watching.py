"""What the page itself sees: which picture is shown at each animation frame, and when it came.

At each animation frame (`requestAnimationFrame`) the strip in the picture's corner is copied to a
small canvas and read: so a picture counts when its pixels can be painted, not when a message comes.
No picture, one that is not loaded, or one without a strip is a blank one. Sliders are moved through
noUiSlider, the slider inside ipywidgets' own, which then does all that it does for a mouse.
"""

from playwright.sync_api import Page

# bench.NAME.shown: the step on the screen, or null; .log: what has changed, [milliseconds, step];
# .samples and .blanks: how many animation frames were looked at, and how many showed no picture.
WATCHER = """([name, picture, slider, margin]) => {
    const [squares, side, width] = [8, 12, 900 + 2 * margin];
    const strip = new OffscreenCanvas(squares * side, side);
    const context = strip.getContext("2d", { willReadFrequently: true });

    function read() {
        const element = document.querySelector(picture);
        if (!element || element.complete === false) return null;
        const scale = (element.naturalWidth ?? element.width) / width;
        if (!scale) return null;
        const part = [margin, margin, squares * side, side].map((it) => it * scale);
        context.clearRect(0, 0, strip.width, strip.height);
        context.drawImage(element, ...part, 0, 0, strip.width, strip.height);
        const { data } = context.getImageData(0, side / 2, strip.width, 1);
        const bright = [...Array(squares).keys()].map((k) => {
            const [red, , , alpha] = data.slice(4 * side * (k + 0.5));
            return alpha < 255 ? NaN : red / 255;
        });
        const [black, white, ...digits] = bright;
        if (!(black < 0.5 && white > 0.5)) return null;
        return digits.reduce((sum, it, k) => sum + (it > 0.5 ? 2 ** k : 0), 0);
    }

    const watched = { shown: read(), log: [], samples: 0, blanks: 0 };
    watched.set = (step) => document.querySelector(slider).noUiSlider.set(step);
    function look(now) {
        const step = read();
        watched.samples += 1;
        watched.blanks += step === null;
        if (step !== null && step !== watched.shown) {
            watched.shown = step;
            watched.log.push([performance.now(), step]);
        }
        requestAnimationFrame(look);
    }
    requestAnimationFrame(look);
    globalThis.bench = { ...globalThis.bench, [name]: watched };
}"""


def watch(page: Page, name: str, picture: str, slider: str, margin: int) -> None:
    """Watch a picture under a name; both selectors are CSS, the margin is the picture's."""
    page.evaluate(WATCHER, [name, picture, slider, margin])
    page.wait_for_function("name => bench[name].shown === 0", arg=name)
