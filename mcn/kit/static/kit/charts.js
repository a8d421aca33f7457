// Draws every <canvas data-chart> from the JSON beside it, in the colours of the theme.
(() => {
  const palette = ["#2f6fb3", "#3f9a6c", "#d39a2c", "#c2504a", "#7b6bb0", "#5f7d8c", "#b0728f", "#8aa34a"];
  for (const canvas of document.querySelectorAll("canvas[data-chart]")) {
    const told = JSON.parse(canvas.parentElement.querySelector("script[type='application/json']").textContent);
    const round = told.type === "doughnut";
    new Chart(canvas, {
      type: told.type,
      data: {
        labels: told.labels,
        datasets: [{
          data: told.values,
          backgroundColor: round ? palette : palette[0],
          borderColor: told.type === "line" ? palette[0] : undefined,
          borderRadius: round ? 0 : 4,
          stepped: told.stepped || false,
          maxBarThickness: 28,
        }],
      },
      options: {
        maintainAspectRatio: false,
        plugins: { legend: { display: round, position: "right" } },
        scales: round ? {} : { y: { beginAtZero: true, ticks: { precision: 0 } } },
      },
    });
  }
})();
