// A unit is found by its name, and its id added to the field that the form sends.
for (const picker of document.querySelectorAll("[data-unit-picker]")) {
  const field = document.getElementById(picker.dataset.unitPicker);
  const sought = picker.querySelector("input");
  const options = picker.querySelector("datalist");
  const said = picker.querySelector("[aria-live]");
  const ids = () => field.value.split(/[\s,]+/u).filter(Boolean);

  function take() {
    const found = [...options.options].find((one) => one.value === sought.value.trim());
    if (!found) return;
    const there = ids().includes(found.value);
    if (!there) field.value = [...ids(), found.value].join(", ");
    said.textContent = `${there ? "มีอยู่แล้ว" : "เพิ่มแล้ว"}: ${found.textContent} (${found.value})`;
    sought.value = "";
    options.replaceChildren();
  }

  sought.addEventListener("input", take);
  sought.addEventListener("change", take);
  sought.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (options.options.length === 1) sought.value = options.options[0].value;
    take();
  });
  picker.hidden = false;
}
