// The check's news as they come; at the end the page is opened anew with the answer.
const progress = document.getElementById("progress");
const place = document.getElementById("place");
const steps = document.getElementById("steps");
const events = new EventSource(progress.dataset.events);
const known = Number(progress.dataset.after);

function isNew(event) {
  return Number(event.lastEventId) > known;
}

events.addEventListener("place", (event) => {
  if (!isNew(event)) return;
  const where = JSON.parse(event.data).place;
  place.textContent = where ? `รอคิว ลำดับที่ ${where}` : "กำลังตรวจ";
});

events.addEventListener("step", (event) => {
  if (!isNew(event)) return;
  const step = JSON.parse(event.data);
  const last = steps.lastElementChild;
  // Pages of one document count up in one line.
  const line = last && step.total && last.dataset.kind === step.kind ? last : document.createElement("li");
  line.dataset.kind = step.kind;
  line.className = "long";
  line.textContent = step.text;
  if (line !== last) steps.append(line);
  steps.scrollTop = steps.scrollHeight;
});

events.addEventListener("end", () => {
  events.close();
  location.reload();
});

// A stream that cannot be kept open: look again by opening the page.
events.addEventListener("error", () => {
  if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 4000);
});
