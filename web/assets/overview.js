// On a phone the filters would fill the first screen: folded until one is chosen or asked for.
const CHOSEN = /[?&](q|type|owner|verdict|reason|item)=[^&]/;
const fold = document.querySelector(".fold");
if (fold && matchMedia("(max-width: 52rem)").matches && !CHOSEN.test(location.search)) fold.open = false;

// Arrow keys move between the cells of the grid; Home and End to the ends of its row.
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

function linkAt(table, row, column) {
  return table.rows[row]?.cells[column]?.querySelector("a") ?? null;
}

function moved(table, cell, key) {
  const row = cell.parentElement.rowIndex;
  if (key === "Home") return linkAt(table, row, 0);
  if (key === "End") return linkAt(table, row, table.rows[row].cells.length - 1);
  const [down, right] = MOVES[key];
  let at = [row + down, cell.cellIndex + right];
  // Figures hold no link: go on to the next cell in the same direction.
  while (table.rows[at[0]]?.cells[at[1]] && !linkAt(table, ...at)) at = [at[0] + down, at[1] + right];
  return linkAt(table, ...at);
}

document.addEventListener("keydown", (event) => {
  const cell = event.target.closest?.("#grid td, #grid th");
  if (!cell || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (!(event.key in MOVES) && event.key !== "Home" && event.key !== "End") return;
  const next = moved(cell.closest("table"), cell, event.key);
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});
