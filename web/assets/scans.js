// Live figures of running scans: one stream of events, figures set as text, the part of the page
// that moves fetched anew when a scan or a job comes, goes or changes its state.
const said = document.getElementById("said");
const whole = (number) => number.toLocaleString("en-US");

function span(seconds) {
  if (seconds === null) return "ยังประมาณไม่ได้";
  const all = Math.round(seconds);
  if (all < 60) return `${all} วินาที`;
  const minutes = Math.round(all / 60);
  if (minutes < 60) return `${minutes} นาที`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} ชั่วโมง${rest ? ` ${rest} นาที` : ""}`;
}

function put(box, name, text) {
  const place = box.querySelector(`[data-field="${name}"]`);
  if (place && place.textContent !== text) place.textContent = text;
}

function show(scan) {
  for (const box of document.querySelectorAll(`[data-scan="${scan.scan}"]`)) {
    put(box, "units", whole(scan.units));
    put(box, "pages", whole(scan.pages));
    put(box, "per_minute", whole(Math.round(scan.per_minute)));
    put(box, "elapsed", span(scan.elapsed));
    put(box, "left", span(scan.left));
    put(box, "hosts", scan.hosts.join(", ") || "–");
    const problems = scan.problems.map((one) => `${one.th} ${whole(one.count)}`);
    put(box, "problems", problems.join(" · ") || "ไม่มี");
    const bar = box.querySelector('[data-field="units_bar"]');
    if (bar) bar.value = scan.units;
  }
}

async function renew(shape) {
  const live = document.getElementById("live");
  const held = live.contains(document.activeElement) ? document.activeElement : null;
  const answer = await fetch("/scans/live", { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const made = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = made.getElementById("live");
  if (!fresh) return;
  fresh.dataset.shape = shape;
  const open = live.querySelector("details")?.open;
  live.replaceWith(document.adoptNode(fresh));
  if (open) fresh.querySelector("details")?.setAttribute("open", "");
  if (held) document.getElementById("now")?.scrollIntoView({ block: "nearest" });
  said.textContent = "สถานะของการตรวจเปลี่ยนแล้ว";
}

function follow(event) {
  const found = JSON.parse(event.data);
  found.scans.forEach(show);
  for (const job of found.jobs) {
    for (const place of document.querySelectorAll(`[data-job="${job.job}"][data-field="waits_for"]`)) {
      if (place.textContent !== job.waits_for) place.textContent = job.waits_for;
    }
  }
  const live = document.getElementById("live");
  if (live && live.dataset.shape !== event.lastEventId) renew(event.lastEventId);
  const one = document.getElementById("one");
  if (one) watchOne(one, found);
}

// The page of one job or scan is built anew by the server when its state changes.
function watchOne(one, found) {
  const number = Number(one.dataset.watchJob);
  if (number) {
    const job = [...found.jobs, ...found.ended].find((each) => each.job === number);
    const scan = job && found.scans.some((each) => each.scan === job.scan) ? job.scan : null;
    const shown = one.dataset.scan ? Number(one.dataset.scan) : null;
    const state = job ? `${job.state} ${job.scan ?? ""}` : null;
    if (state !== null && (state !== one.dataset.state || scan !== shown)) location.reload();
  } else if (!found.scans.some((each) => each.scan === Number(one.dataset.scan))) {
    location.reload();
  }
}

let stream = null;
function listen() {
  if (stream || document.hidden) return;
  stream = new EventSource("/api/v1/scans/events");
  stream.addEventListener("scans", follow);
}
// A page that nobody sees asks for nothing, and keeps no session alive.
document.addEventListener("visibilitychange", () => {
  if (document.hidden && stream) {
    stream.close();
    stream = null;
  }
  listen();
});
listen();
