// Draws every <canvas data-chart> from the JSON beside it, in the colours of the theme.
(() => {
  const palette = ["#2f6fb3", "#3f9a6c", "#d39a2c", "#c2504a", "#7b6bb0", "#5f7d8c", "#b0728f", "#8aa34a"];
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const told = JSON.parse(canvas.parentElement.querySelector("script[type='application/json']").textContent);
    // A chart fills the box around it, which therefore has a height of its own and nothing else in it.
    const box = document.createElement("div");
    box.className = "kit-canvas";
    canvas.replaceWith(box);
    box.append(canvas);
    const round = told.type === "doughnut";
    const series = told.series || [{ values: told.values }];
    new Chart(canvas, {
      type: told.type,
      data: {
        labels: told.labels,
        datasets: series.map((line, place) => ({
          label: line.label,
          data: line.values,
          backgroundColor: round ? palette : palette[place % palette.length],
          borderColor: told.type === "line" ? palette[place % palette.length] : undefined,
          borderRadius: round ? 0 : 4,
          stepped: told.stepped || false,
          maxBarThickness: 28,
        })),
      },
      options: {
        maintainAspectRatio: false,
        plugins: { legend: { display: round || series.length > 1, position: round ? "right" : "bottom" } },
        scales: round ? {} : { y: { beginAtZero: !told.stepped, ticks: told.stepped ? {} : { precision: 0 } } },
      },
    });
  }
})();
