async function show() {
  const root = document.getElementById("app");
  const answer = await fetch("/api/ita?year=2566");
  const data = await answer.json();
  const heading = document.createElement("h1");
  heading.textContent = data.title;
  root.append(heading);
  for (const section of data.sections) {
    const box = document.createElement("details");
    box.open = true;
    const name = document.createElement("summary");
    name.textContent = section.title;
    box.append(name);
    const list = document.createElement("ul");
    for (const row of section.rows) {
      const entry = document.createElement("li");
      const link = document.createElement("a");
      link.href = row.href;
      link.textContent = row.text;
      entry.append(`O${row.number} ${row.title} `, link);
      list.append(entry);
    }
    box.append(list);
    root.append(box);
  }
}
show();
