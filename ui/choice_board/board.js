// The choices of a network as a form of native controls. Python says what can be chosen and what is; a change
// shows at once, and goes to Python with every change that has not been answered yet, so that none is lost or undone.
// Undo and redo go the same way, with numbers of their own.

const make = (tag, properties = {}, ...inside) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...inside);
  return element;
};

function oneOf(choice, id) {
  const list = make("select", { id });
  let group = list;
  for (const [value, label, family] of choice.options) {
    if (family && group.label !== family) list.append((group = make("optgroup", { label: family })));
    group.append(make("option", { value, textContent: label }));
  }
  return list;
}

// Each control: its element, how its value is read and how it is shown.
function control(choice, change) {
  const id = `choice-${choice.name}`, told = make("p", { className: "told", id: `${id}-told` });
  let field, read, show;
  if (choice.kind === "one") {
    const list = oneOf(choice, id);
    read = () => list.value;
    show = (value, shown) => {
      for (const option of list.options)
        option.hidden = option.disabled = shown.length > 0 && !shown.includes(option.value);
      list.value = value;
    };
    field = make("div", { className: "field" }, make("label", { htmlFor: id, textContent: choice.label }), list);
  } else if (choice.kind === "switch") {
    const box = make("input", { type: "checkbox", id });
    box.setAttribute("role", "switch");
    [read, show] = [() => (box.checked ? "yes" : "no"), (value) => (box.checked = value === "yes")];
    field = make("div", { className: "field switch" }, box, make("label", { htmlFor: id, textContent: choice.label }));
  } else {
    const boxes = choice.options.map(([value]) => make("input", { type: "checkbox", value, id: `${id}-${value}` }));
    const labels = boxes.map((box, at) =>
      make("label", { className: "tick" }, box, make("span", { textContent: choice.options[at][1] })));
    read = () => boxes.filter((box) => box.checked).map((box) => box.value).join("+");
    show = (value, shown) => boxes.forEach((box, at) => {
      box.checked = value.split("+").includes(box.value);
      labels[at].hidden = !shown.includes(box.value);
    });
    field = make("fieldset", { className: "field" }, make("legend", { textContent: choice.label }), ...labels);
  }
  field.append(told);
  field.querySelectorAll("input, select").forEach((part) => part.setAttribute("aria-describedby", told.id));
  field.addEventListener("change", () => change(choice.name, read()));
  return { field, told, show };
}

function build(board, form) {
  board.controls = {};
  const add = (choice) => {
    const made = control(choice, board.change);
    board.controls[choice.name] = made;
    return made.field;
  };
  const groups = form.groups.map((group) =>
    make("details", { name: "choices" }, make("summary", { textContent: group.label }),
      make("div", { className: "row" }, ...group.choices.map(add))));
  board.moves = Object.fromEntries(Object.entries(form.moves).map(([name, textContent]) =>
    [name, make("button", { type: "button", textContent, onclick: () => board.move(name) })]));
  const moves = make("span", { className: "moves" }, ...Object.values(board.moves));
  const first = make("div", { className: "row first" }, ...form.first.map(add), moves);
  board.root.replaceChildren(first, make("div", { className: "groups" }, ...groups));
  // Safari and older browsers do not know details[name]: one group at a time is open there as well.
  groups.forEach((group) => group.addEventListener("toggle", () => {
    if (group.open) groups.forEach((other) => other !== group && (other.open = false));
  }));
}

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".board");
  const board = (root.board ??= { root, pending: [], number: data.seen });
  board.send = setTriggerValue; // always the newest
  board.change ??= (name, value) => {
    board.pending = board.pending.filter((change) => change.name !== name);
    board.pending.push({ number: ++board.number, name, value });
    board.send("chosen", { changes: board.pending });
  };
  board.asked ??= { pending: [], number: data.moved };
  board.move ??= (name) => {
    board.asked.pending.push({ number: ++board.asked.number, name });
    board.send("moved", { moves: board.asked.pending });
  };
  if (!board.controls) build(board, JSON.parse(root.dataset.form));
  board.number = Math.max(board.number, data.seen);
  board.pending = board.pending.filter((change) => change.number > data.seen);
  board.asked.number = Math.max(board.asked.number, data.moved);
  board.asked.pending = board.asked.pending.filter((move) => move.number > data.moved);
  const waiting = new Map(board.pending.map((change) => [change.name, change.value]));
  for (const [name, button] of Object.entries(board.moves)) button.disabled = !data.moves.includes(name);
  for (const { name, value, off, told, shown } of JSON.parse(data.state)) {
    const { field, told: text, show } = board.controls[name];
    show(waiting.get(name) ?? value, shown);
    text.textContent = told;
    field.querySelectorAll("input, select").forEach((part) => (part.disabled = off));
  }
}
