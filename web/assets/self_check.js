// Drag and drop onto the ordinary file field, and a word on what was chosen. The form works without.
const drop = document.getElementById("drop");
const file = document.getElementById("file");
const url = document.getElementById("url");
const said = document.getElementById("file-said");
const most = Number(drop.dataset.maxMb) * 1024 * 1024;
const go = document.getElementById("go");
const form = document.getElementById("self-check-form");

document.getElementById("drop-hint").hidden = false;

function tell(text, wrong) {
  said.textContent = text;
  said.classList.toggle("wrong", wrong);
}

function size(bytes) {
  return bytes < 1024 * 1024 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function chosen() {
  const [one] = file.files;
  if (!one) return tell("", false);
  if (one.size > most) {
    tell(`ไฟล์ «${one.name}» ใหญ่ ${size(one.size)} เกิน ${drop.dataset.maxMb} MB ให้แบ่งไฟล์หรือลดความละเอียดของภาพก่อน`, true);
    file.value = "";
    return;
  }
  url.value = "";
  tell(`เลือกแล้ว: ${one.name} (${size(one.size)})`, false);
}

file.addEventListener("change", chosen);
url.addEventListener("input", () => {
  if (url.value && file.value) {
    file.value = "";
    chosen();
  }
});

for (const name of ["dragenter", "dragover"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const name of ["dragleave", "drop"]) {
  drop.addEventListener(name, () => drop.classList.remove("over"));
}
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  const files = event.dataTransfer.files;
  if (files.length > 1) return tell("วางได้ครั้งละหนึ่งไฟล์ หากมีหลายไฟล์ให้รวมเป็น ZIP ไฟล์เดียว", true);
  if (files.length === 1) {
    file.files = files;
    chosen();
  }
});
// A file that misses the box must not replace the page.
for (const name of ["dragover", "drop"]) {
  window.addEventListener(name, (event) => event.preventDefault());
}

form.addEventListener("submit", () => {
  go.disabled = true;
  go.textContent = "กำลังส่ง …";
});
window.addEventListener("pageshow", () => {
  go.disabled = false;
  go.textContent = "เริ่มตรวจ";
});

const items = document.getElementById("items-said");
document.getElementById("items").addEventListener("change", () => {
  const count = document.querySelectorAll('input[name="items"]:checked').length;
  items.textContent = count ? `(เลือกแล้ว ${count} ข้อ)` : "(ไม่เลือก = ตรวจทุกข้อ และบอกว่าใช้ตอบข้อใดได้บ้าง)";
});
