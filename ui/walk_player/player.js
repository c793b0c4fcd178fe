// The walk player: shows an SVG that arrives as text; a person steps, plays, zooms and saves. The SVG is
// parsed as data, cleaned to known elements and attributes, and swapped in one step: a change of the design
// never blanks the picture, and nothing in a name or a file is ever run. `p` is one player's state.

const SVG = "http://www.w3.org/2000/svg";
const ELEMENTS = /^(svg|g|path|circle|rect|text|tspan|title|desc)$/;
const ATTRIBUTES = new RegExp("^(xmlns|id|class|viewBox|width|height|d|d[xy]|x|y|[cr][xy]|r|transform|opacity|fill|" +
  "stroke|role|lang|tabindex|(fill|stroke|font|text|paint|aria|data)-[a-z-]+)$");
const FOREIGN = /\\|url\(/i; // our pictures need no address, and a backslash could hide one
const DRAWN = ".edge.walk, .badge, .cross, .reason, .route, .node.walk"; // what tells one walk from another
// Where arrow keys have a meaning of their own.
const TYPING = "input, select, textarea, [contenteditable], " + ["combobox", "radio", "slider", "tab", "listbox",
  "option", "menuitem", "spinbutton", "textbox", "grid", "dialog"].map((role) => `[role=${role}]`);
const SPEED = 0.26, REST = 520; // picture units in a millisecond; milliseconds at a card
const MOTION = "vpclab-motion";
const less = matchMedia("(prefers-reduced-motion: reduce)");

const players = new Set();
let current = null; // whom arrow keys steer while no player has the focus
let still = false; // the switch in the toolbar
try {
  still = localStorage.getItem(MOTION) === "off";
} catch {} // a private window may forbid it

const moves = () => !still && !less.matches;
const clamp = (value, least, most) => Math.min(Math.max(value, least), most);
const hopsOf = (card) => card.dataset.hop.split(" ").map(Number);
const cardsOf = (p) => [...(p.picture?.querySelectorAll("[data-hop]") ?? [])];
const edgesOf = (p) => (p.data.stops.length ? [...(p.picture?.querySelectorAll(".edge.walk .line") ?? [])] : []);
const unmark = (p, ...names) => names.forEach((name) =>
  p.picture?.querySelectorAll(`.${name}`).forEach((part) => part.classList.remove(name)));

function clean(element) {
  for (const child of [...element.children]) {
    if (child.namespaceURI === SVG && ELEMENTS.test(child.localName)) clean(child);
    else child.remove();
  }
  for (const { name, value } of [...element.attributes]) {
    if (!ATTRIBUTES.test(name) || FOREIGN.test(value)) element.removeAttribute(name);
  }
}

function parse(text) {
  const parsed = new DOMParser().parseFromString(text, "image/svg+xml"), root = parsed.documentElement;
  if (parsed.doctype || root.namespaceURI !== SVG || parsed.querySelector("parsererror")) return null;
  const picture = document.importNode(root, true);
  clean(picture);
  return picture;
}

// The picture

function show(p) {
  const picture = parse(p.data.svg);
  if (!picture) return; // the last good picture stays
  const { picture: old, drawn: before } = p, playing = p.frame;
  const focused = p.root.activeElement?.closest("[data-hop]")?.id;
  rest(p);
  clearTimeout(p.fading);
  const told = (part) => (part.matches(".node") ? part.id : part.outerHTML);
  p.drawn = new Map([...picture.querySelectorAll(DRAWN)].map((part) => [told(part), part]));
  p.picture = picture;
  dress(p);
  p.sheet.replaceChildren(picture);
  if (old && moves()) tellChange(p, old, before);
  layout(p);
  if (focused) p.root.getElementById(focused)?.focus({ preventScroll: true });
  if (playing) play(p);
}

// Cards that take part become buttons, in walking order; a bare picture stays one image.
function dress(p) {
  const { controls, labels } = p.data, { picture } = p;
  if (controls && labels.length) picture.setAttribute("role", "group");
  const above = [...picture.querySelectorAll(".node")].at(-1)?.nextSibling;
  for (const card of cardsOf(p).sort((one, other) => hopsOf(one)[0] - hopsOf(other)[0])) {
    if (controls && labels.length) {
      const told = hopsOf(card).map((hop) => labels[hop]);
      card.setAttribute("role", "button");
      card.setAttribute("aria-label", [card.querySelector("title").textContent, ...told].join(" — "));
      picture.insertBefore(card, above);
    } else {
      card.removeAttribute("tabindex");
      card.removeAttribute("data-hop");
    }
  }
}

// What is no longer walked fades out above the new picture; what is new lights up.
function tellChange(p, old, before) {
  for (const [name, part] of p.drawn) if (!before.has(name)) part.classList.add("fresh");
  for (const card of p.picture.querySelectorAll(".node")) {
    const was = old.querySelector(`#${CSS.escape(card.id)}`);
    if (was && was.matches(".ghost") !== card.matches(".ghost")) card.classList.add("changed");
  }
  for (const [name, part] of before) if (!p.drawn.has(name)) part.classList.add("past");
  for (const card of old.querySelectorAll("[tabindex]")) card.removeAttribute("tabindex");
  old.classList.add("gone");
  old.setAttribute("aria-hidden", true);
  old.setAttribute("viewBox", p.picture.getAttribute("viewBox"));
  p.sheet.append(old);
  p.fading = setTimeout(() => {
    old.remove();
    unmark(p, "fresh", "changed");
  }, 900);
}

// Hops

function choose(p, step) {
  if (step === p.step || step < -1 || step >= p.data.labels.length) return;
  pause(p);
  p.step = step;
  mark(p);
  tell(p, "step", { at: step });
}

function tell(p, event, value) {
  if (p.data.step === null) return; // nobody listens
  p.sent += 1;
  p.sentAt = performance.now();
  p.send(event, { ...value, number: p.sent });
}

// Show which hop is chosen: here at once, and again when Python has answered.
function mark(p, first) {
  const { labels } = p.data, count = labels.length;
  let chosen;
  for (const card of cardsOf(p)) {
    const isChosen = hopsOf(card).includes(p.step);
    if (isChosen) chosen = card;
    card.classList.toggle("chosen", isChosen);
    card.setAttribute("aria-pressed", isChosen);
  }
  p.at.textContent = count ? `${p.step < 0 ? "–" : p.step + 1} / ${count}` : "";
  p.buttons.previous.ariaDisabled = p.step < 1;
  p.buttons.next.ariaDisabled = p.step >= count - 1;
  const said = p.step < 0 ? "" : `${p.at.textContent} ${labels[p.step]}`;
  if (first || p.say.textContent === said) return;
  p.say.textContent = said;
  if (chosen) reveal(p.stage, chosen);
}

// Scroll the stage, and never the page, to a card that is not seen whole.
function reveal(stage, card) {
  const part = card.getBoundingClientRect(), all = stage.getBoundingClientRect();
  const off = (low, high) => (part[low] < all[low] || part[high] > all[high]
    ? (part[low] + part[high] - all[low] - all[high]) / 2 : 0);
  stage.scrollBy(off("left", "right"), off("top", "bottom"));
}

// A card's hops in turn; the ground chooses none.
function press(p, card) {
  const hops = card ? hopsOf(card) : [-1];
  choose(p, hops[(hops.indexOf(p.step) + 1) % hops.length]);
}

function onKey(p, event) {
  const path = event.composedPath(), target = path[0], inside = path.includes(p.player), { key } = event;
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
  if (!p.data.controls || target.closest?.(TYPING)) return;
  const steered = current?.data.controls ? current : [...players].find((other) => other.data.controls);
  if (!inside && (steered !== p || path.some((node) => node.matches?.(".player")))) return;
  const last = p.data.labels.length - 1, first = Math.min(0, last), card = inside && target.closest("[data-hop]");
  if (card && (key === "Enter" || key === " ")) press(p, card);
  else if (key === "ArrowLeft") choose(p, Math.max(p.step - 1, first));
  else if (key === "ArrowRight") choose(p, p.step + 1);
  else if (inside && key === "Home") choose(p, first);
  else if (inside && key === "End") choose(p, last);
  else if (inside && key === " " && !target.closest("button")) {
    if (moves()) p.does.play();
    else choose(p, p.step + 1); // without motion, playing is stepping
  } else if (key === "Escape" && p.full && !p.root.fullscreenElement) setFull(p, false);
  else return;
  event.preventDefault();
}

// Motion

// Once, when a walk is first seen, so that the first screen moves without a click.
function start(p) {
  if (p.started || !p.seen || !edgesOf(p).length) return;
  p.started = true;
  play(p);
}

function play(p) {
  const edges = edgesOf(p);
  if (!edges.length || !moves()) return;
  if (!p.run) {
    p.run = { parts: plan(edges), time: 0, packet: document.createElementNS(SVG, "circle") };
    p.run.packet.setAttribute("class", "packet");
    p.run.packet.setAttribute("r", 8);
    p.picture.append(p.run.packet);
  }
  let last = performance.now();
  const tick = (now) => {
    p.frame = requestAnimationFrame(tick);
    advance(p, Math.min(now - last, 100));
    last = now;
  };
  p.frame = requestAnimationFrame(tick);
  settle(p);
}

// What the packet does, in order: at each card a short rest, in which it crosses the card, then a line.
function plan(edges) {
  const parts = [];
  let from;
  edges.forEach((edge, stop) => {
    const length = edge.getTotalLength(), to = edge.getPointAtLength(0), { x, y } = from ?? to;
    parts.push({ lasts: REST, stop, at: (share) => ({ x: x + (to.x - x) * share, y: y + (to.y - y) * share }) });
    parts.push({ lasts: length / SPEED, at: (share) => edge.getPointAtLength(share * length) });
    from = edge.getPointAtLength(length);
  });
  return [...parts, { lasts: 2 * REST, stop: edges.length, at: () => from }];
}

function advance(p, time) {
  const { parts, packet } = p.run;
  p.run.time += time;
  while (parts.length && p.run.time >= parts[0].lasts) p.run.time -= parts.shift().lasts;
  if (!parts.length) return rest(p);
  const [{ at, lasts, stop }] = parts, { x, y } = at(p.run.time / lasts);
  packet.setAttribute("transform", `translate(${x} ${y})`);
  if (stop === undefined) return;
  unmark(p, "here");
  p.root.getElementById(p.data.stops[stop] ?? "")?.classList.add("here");
  packet.classList.toggle("lost", parts.length === 1 && Boolean(p.picture.querySelector(".cross")));
}

function pause(p) {
  cancelAnimationFrame(p.frame);
  p.frame = 0;
  settle(p);
}

function rest(p) {
  p.run?.packet.remove();
  p.run = null;
  unmark(p, "here");
  pause(p);
}

// Buttons as things stand.
function settle(p) {
  const { buttons, data } = p;
  if (!moves() && p.run) return rest(p);
  p.player.classList.toggle("still", still);
  p.player.classList.toggle("playing", Boolean(p.frame));
  for (const [name, button] of Object.entries(buttons)) {
    const word = p.words[p.frame && name === "play" ? "pause" : name] ?? "";
    if (button.title !== word) button.title = button.ariaLabel = button.lastChild.textContent = word;
  }
  buttons.play.hidden = !moves();
  buttons.play.ariaDisabled = !edgesOf(p).length;
  buttons.return.hidden = !data.back;
  buttons.return.ariaPressed = p.leg === "return";
  buttons.motion.hidden = less.matches;
  buttons.motion.ariaPressed = !still;
  buttons.full.ariaPressed = Boolean(p.full);
}

// Size

function layout(p) {
  const { stage, data } = p, { width, height } = data;
  const fit = Math.min(stage.clientWidth / width, p.full ? stage.clientHeight / height : 1.8);
  // Text stays legible on a phone, where the stage scrolls, and does not grow without end on a wide screen.
  p.scale = p.zoom || (p.whole || p.full ? fit : Math.max(fit, 0.8));
  p.sheet.style.width = `${width * p.scale}px`;
  fade(p);
}

// The right edge fades while there is more to scroll to; what scrolls can be reached by keyboard.
function fade({ stage, data }) {
  const right = stage.scrollWidth - stage.clientWidth, roams = right > 0 || stage.scrollHeight > stage.clientHeight;
  stage.classList.toggle("more", stage.scrollLeft < right - 4);
  stage.style.cursor = roams ? "grab" : "";
  stage.tabIndex = data.controls || roams ? 0 : -1;
}

// The point under the cursor, else the middle, stays where it is.
function zoomBy(p, factor, x, y) {
  const { stage, sheet } = p, outer = stage.getBoundingClientRect(), before = sheet.getBoundingClientRect();
  x ??= (outer.left + outer.right) / 2;
  y ??= (outer.top + outer.bottom) / 2;
  if (!p.zoom) stage.style.height = `${outer.height}px`;
  p.zoom = clamp(p.scale * factor, 0.2, 5);
  layout(p);
  const after = sheet.getBoundingClientRect();
  stage.scrollLeft += after.left + ((x - before.left) / before.width) * after.width - x;
  stage.scrollTop += after.top + ((y - before.top) / before.height) * after.height - y;
}

function unzoom(p) {
  p.zoom = 0;
  p.stage.style.height = "";
  layout(p);
}

function pinch(p, event) {
  if (event.touches.length !== 2 || !p.data.controls || !event.cancelable) return;
  event.preventDefault();
  const [one, other] = event.touches;
  const spread = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
  const x = (one.clientX + other.clientX) / 2, y = (one.clientY + other.clientY) / 2;
  if (p.spread) zoomBy(p, spread / p.spread, x, y);
  p.spread = spread;
}

function setFull(p, full) {
  if (full === p.full) return;
  p.full = full;
  p.player.classList.toggle("full", full);
  unzoom(p);
  settle(p);
}

// The picture as it looks now, as a PNG of twice its size.
async function save(p) {
  const [width, height] = [p.data.width * 2, p.data.height * 2], copy = p.picture.cloneNode(true);
  const style = document.createElementNS(SVG, "style"), look = getComputedStyle(p.player);
  style.textContent = p.root.querySelector("style").textContent.replace(":host", ":root");
  for (const name of ["--st-text-color", "--st-background-color"]) {
    copy.style.setProperty(name, look.getPropertyValue(name));
  }
  copy.style.background = "var(--ground)";
  copy.querySelector(".packet")?.remove();
  copy.prepend(style);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  try {
    const image = new Image(), canvas = Object.assign(document.createElement("canvas"), { width, height });
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
    await image.decode();
    canvas.getContext("2d").drawImage(image, 0, 0);
    const link = document.createElement("a");
    link.download = "vpc-endpoint-lab.png";
    link.href = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done)));
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 9999);
  } catch {
    p.say.textContent = p.words.failed;
  }
}

// Life of a player

function mount(root) {
  const p = { root, step: -1, zoom: 0, full: false, sentAt: -Infinity, buttons: {}, gone: new AbortController() };
  for (const name of ["player", "bar", "at", "stage", "sheet", "say", "keys"]) p[name] = root.querySelector(`.${name}`);
  p.does = {
    previous: () => choose(p, p.step - 1),
    next: () => choose(p, p.step + 1),
    play: () => (p.frame ? pause(p) : play(p)),
    return() {
      p.leg = p.leg === "return" ? "forward" : "return";
      settle(p);
      tell(p, "leg", { leg: p.leg });
    },
    zoom_out: () => zoomBy(p, 0.8),
    zoom_in: () => zoomBy(p, 1.25),
    fit() { // the whole picture; once more, as large as can be read
      p.whole = Boolean(p.zoom) || !p.whole;
      unzoom(p);
    },
    motion() {
      still = !still;
      try {
        localStorage.setItem(MOTION, still ? "off" : "on");
      } catch {} // then it holds until the page is left
      players.forEach(settle);
    },
    download: () => save(p),
    async full() {
      if (p.root.fullscreenElement) return document.exitFullscreen();
      if (p.full) return setFull(p, false);
      // A page inside a frame may not have the screen; then it fills the frame.
      await p.player.requestFullscreen().catch(() => setFull(p, true));
    },
  };
  const on = (target, names, does, passive = true) => {
    for (const name of names.split(" ")) target.addEventListener(name, does, { passive, signal: p.gone.signal });
  };
  for (const button of root.querySelectorAll("button")) {
    p.buttons[button.dataset.does] = button;
    on(button, "click", () => button.ariaDisabled !== "true" && p.does[button.dataset.does]());
  }
  on(document, "keydown", (event) => onKey(p, event), false);
  on(document, "fullscreenchange", () => setFull(p, p.root.fullscreenElement === p.player));
  on(less, "change", () => settle(p));
  on(p.player, "pointerdown focusin", () => (current = p));
  on(p.stage, "scroll", () => fade(p));
  on(p.stage, "click", (event) => !(p.moved > 5) && p.data.controls && press(p, event.target.closest("[data-hop]")));
  // A mouse drags the picture about; a finger scrolls it as any page.
  on(p.stage, "pointerdown", () => (p.moved = 0));
  on(p.stage, "pointermove", (event) => {
    if (event.pointerType !== "mouse" || event.buttons !== 1) return;
    p.moved += Math.abs(event.movementX) + Math.abs(event.movementY);
    if (p.moved > 5) p.stage.scrollBy(-event.movementX, -event.movementY);
  });
  // Ctrl and the wheel, as which a trackpad's pinch arrives, too; the wheel alone scrolls as everywhere.
  on(p.stage, "wheel", (event) => {
    if (!event.ctrlKey || !p.data.controls) return;
    event.preventDefault();
    zoomBy(p, Math.exp(-clamp(event.deltaY, -25, 25) / 100), event.clientX, event.clientY);
  }, false);
  on(p.stage, "touchmove", (event) => pinch(p, event), false);
  on(p.stage, "touchstart touchend touchcancel", () => (p.spread = 0));
  const size = new ResizeObserver(() => layout(p));
  const sight = new IntersectionObserver((seen) => {
    p.seen = seen.at(-1).isIntersecting;
    start(p);
  });
  p.watch = () => [size, sight].forEach((watcher) => watcher.observe(p.stage));
  p.leave = () => {
    rest(p);
    clearTimeout(p.fading);
    p.gone.abort();
    size.disconnect();
    sight.disconnect();
    players.delete(p);
    if (current === p) current = null;
  };
  return p;
}

function update(p, data) {
  const before = p.data;
  p.data = data;
  p.words = Object.fromEntries(data.words);
  if (!before) p.sent = data.seen;
  // An answer to an earlier move would undo what the person has done since.
  if (data.seen === p.sent || performance.now() - p.sentAt > 3000) {
    p.step = data.step ?? p.step;
    p.leg = data.leg;
  }
  p.player.classList.toggle("room", data.room);
  p.player.classList.toggle("bare", !data.controls);
  p.bar.ariaLabel = p.words.toolbar ?? "";
  p.stage.ariaLabel = p.words.stage ?? data.title;
  p.keys.textContent = p.words.keys ?? "";
  if (before?.svg !== data.svg) show(p);
  p.step = clamp(p.step, -1, data.labels.length - 1);
  mark(p, !before);
  settle(p);
  start(p);
  if (!before) p.watch();
}

export default function ({ parentElement, data, setTriggerValue }) {
  const holder = parentElement.querySelector(".player");
  const p = (holder.walk ??= mount(parentElement));
  players.add(p);
  p.send = setTriggerValue;
  update(p, data);
  return () => {
    p.leave();
    holder.walk = null;
  };
}
