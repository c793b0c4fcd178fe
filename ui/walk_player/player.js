// Shows an SVG that arrives as text. It is parsed as data, cleaned to known elements and attributes, and
// swapped in one step, so that a change of the design never blanks the picture.

const ELEMENTS = new Set([
  "svg", "g", "path", "polygon", "polyline", "line", "ellipse", "circle", "rect", "text", "tspan", "title",
  "desc", "defs", "marker",
]);
const FORBIDDEN = /^(on|href$|xlink:href$|style$|src$)/i;
// Paint may point at our own markers (`url(#arrow)`) and nowhere else.
const FOREIGN_URL = /url\(\s*['"]?(?!#)/i;

function clean(element) {
  for (const child of [...element.children]) {
    if (ELEMENTS.has(child.localName)) clean(child);
    else child.remove();
  }
  for (const { name, value } of [...element.attributes]) {
    if (FORBIDDEN.test(name) || FOREIGN_URL.test(value)) element.removeAttribute(name);
  }
}

// The right edge fades while there is more of the picture to scroll to.
function fade(stage) {
  stage.classList.toggle("more", stage.scrollLeft + stage.clientWidth < stage.scrollWidth - 4);
}

export default function ({ parentElement, data }) {
  const stage = parentElement.querySelector(".stage");
  if (!stage.watched) {
    stage.watched = true;
    stage.addEventListener("scroll", () => fade(stage), { passive: true });
    new ResizeObserver(() => fade(stage)).observe(stage);
  }
  if (stage.shown === data.svg) return;
  const parsed = new DOMParser().parseFromString(data.svg, "image/svg+xml");
  if (parsed.querySelector("parsererror")) return; // the last good picture stays
  const picture = document.importNode(parsed.documentElement, true);
  clean(picture);
  // Text stays legible on a phone, where the stage scrolls, and does not grow without end on a wide screen.
  picture.style.minWidth = `${data.width * 0.8}px`;
  picture.style.maxWidth = `${data.width * 1.8}px`;
  const { scrollLeft } = stage;
  stage.replaceChildren(picture);
  stage.scrollLeft = scrollLeft;
  stage.shown = data.svg;
  fade(stage);
}
