// Drawers of controls, which leave the picture in view.

const LEAST_PICTURE = 0.8; // of its width: so much smaller it may be beside an open drawer
const LEAST_DRAWER = 74; // CSS pixels: two lines of controls
const DRAWER_EDGE = 5; // CSS pixels below its last row: padding and line
const SAYS_MORE = 18; // CSS pixels: the line that says so, in live_figure.css

/**
 * Leave picture and words in view while a drawer is open. Where all of it is too high for that the
 * equation gives way, then the picture is a little smaller, then the words are only heard; if all
 * that does not help, the drawer scrolls beside picture and words.
 */
function fitDrawers(explorer) {
  const panel = explorer.closest(".jp-WindowedPanel-outer");
  if (!panel) return null;
  function fit() {
    explorer.classList.remove("nnlib-crowded", "nnlib-wordless");
    explorer.style.removeProperty("--nnlib-picture");
    for (const drawer of explorer.querySelectorAll(".nnlib-drawer")) {
      if (drawer.offsetHeight === 0) continue; // closed
      const room = () =>
        panel.clientHeight - explorer.offsetHeight + drawer.offsetHeight - 2 * MARGIN;
      const missing = () => bottomsOf(drawer).at(-1) - room();
      explorer.classList.toggle("nnlib-crowded", missing() > 0);
      shrinkBy(missing());
      explorer.classList.toggle("nnlib-wordless", missing() > 0);
      shrinkBy(missing());
      if (missing() > 0) explorer.classList.remove("nnlib-wordless");
      fitDrawer(drawer, Math.max(room(), LEAST_DRAWER));
    }
  }
  /** Make the picture lower by so many pixels, but not where it would become too small. */
  function shrinkBy(pixels) {
    if (pixels <= 0) return;
    const canvas = explorer.querySelector(".nnlib-canvas");
    const share = 1 - Math.ceil(pixels) / canvas.clientHeight;
    const least = parseFloat(getComputedStyle(canvas).minWidth);
    const tooSmall = share < LEAST_PICTURE || share * canvas.clientWidth < least;
    explorer.style.setProperty("--nnlib-picture", tooSmall ? 1 : share);
  }
  const sizes = new ResizeObserver(fit);
  for (const it of [explorer, panel]) sizes.observe(it);
  return sizes;
}

/** How high a drawer is that ends below each of its controls, the lowest last. */
function bottomsOf(drawer) {
  const controls = [...drawer.children].filter((it) => it.offsetHeight > 0);
  const bottoms = controls.map((it) => it.offsetTop + it.offsetHeight + DRAWER_EDGE);
  return bottoms.sort((a, b) => a - b);
}

/** Show as many whole rows of a drawer as there is room for, and whether there are more. */
function fitDrawer(drawer, room) {
  const bottoms = bottomsOf(drawer);
  const scrolls = bottoms.at(-1) > room;
  const seen = bottoms.findLast((bottom) => bottom + SAYS_MORE <= room) ?? bottoms[0];
  drawer.style.maxHeight = `${scrolls ? seen + SAYS_MORE : room}px`;
  drawer.classList.toggle("nnlib-scrolls", scrolls);
  drawer.onscroll = () => {
    const left = drawer.scrollHeight - drawer.clientHeight - drawer.scrollTop;
    drawer.classList.toggle("nnlib-at-its-end", left < 2);
  };
}
