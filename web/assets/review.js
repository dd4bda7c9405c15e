// One key for each thing a reviewer does; without script the same buttons and forms do it.
const typing = (element) => element instanceof HTMLElement && element.matches("input:not([type=radio]), textarea, select");

const opened = () => document.querySelector(".choice[open]");

function open(choice) {
  for (const other of document.querySelectorAll(".choice")) other.open = other === choice;
  choice.querySelector("form input[type=radio], form textarea, form select")?.focus();
  choice.scrollIntoView({ block: "nearest" });
}

function close(choice) {
  choice.open = false;
  choice.querySelector("summary").focus();
}

function pick(number) {
  const sentence = opened()?.querySelectorAll("input[type=radio]")[number - 1];
  if (!sentence) return false;
  sentence.checked = true;
  sentence.focus();
  return true;
}

const steps = {
  n: () => document.getElementById("next")?.click(),
  j: () => document.getElementById("next")?.click(),
  k: () => document.getElementById("previous")?.click(),
  u: () => document.getElementById("undo")?.requestSubmit(),
};

// Keyboards set to Thai send other letters for the same keys.
const letter = (event) => (/^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key.toLowerCase());

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey && event.key === "Enter") {
    opened()?.querySelector("form").requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (event.key === "Escape" && opened()) {
    close(opened());
    return;
  }
  if (typing(event.target)) return;
  if (/^[1-9]$/.test(event.key) && pick(Number(event.key))) {
    event.preventDefault();
    return;
  }
  const choice = document.querySelector(`.choice[data-key="${letter(event)}"]`);
  const step = steps[letter(event)];
  if (!choice && !step) return;
  event.preventDefault();
  if (choice) open(choice);
  else step();
});

for (const choice of document.querySelectorAll(".choice")) {
  choice.addEventListener("toggle", () => choice.open && open(choice));
}

// A form is sent once, however often the key is pressed.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
  });
}
