'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('js');

  // ---- clusters: open and close, enlarge a picture -------------------------------------------
  document.querySelectorAll('button[data-open]').forEach(button => {
    button.addEventListener('click', () => {
      document.querySelectorAll('details.cluster')
        .forEach(cluster => { cluster.open = button.dataset.open === 'true'; });
    });
  });
  const openTarget = () => {
    const target = location.hash && document.getElementById(location.hash.slice(1));
    if (target && target.tagName === 'DETAILS') target.open = true;
  };
  window.addEventListener('hashchange', openTarget);
  openTarget();

  const tile = (classes, column, row) => {
    const element = document.createElement('span');
    element.className = classes;
    element.style.setProperty('--x', column);
    element.style.setProperty('--y', row);
    return element;
  };

  const enlarge = source => {
    const dialog = document.createElement('dialog');
    const stage = document.createElement('div');
    const picture = tile(source.className,
      source.style.getPropertyValue('--x'), source.style.getPropertyValue('--y'));
    const factor = Math.max(1, Math.min(4, 280 / Math.max(source.offsetWidth, source.offsetHeight)));
    stage.className = 'stage';
    stage.style.width = source.offsetWidth * factor + 'px';
    stage.style.height = source.offsetHeight * factor + 'px';
    picture.style.transform = 'scale(' + factor + ')';
    picture.style.transformOrigin = '0 0';
    stage.append(picture);
    const text = document.createElement('p');
    text.textContent = source.title;
    const close = document.createElement('button');
    close.textContent = 'Close';
    close.addEventListener('click', () => dialog.close());
    dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });
    dialog.addEventListener('close', () => dialog.remove());
    dialog.append(stage, text, close);
    document.body.append(dialog);
    dialog.showModal();
  };
  document.addEventListener('click', event => {
    if (event.target.matches('.tiles .t')) enlarge(event.target);
  });

  // ---- charts --------------------------------------------------------------------------------
  const data = document.getElementById('chart-data');
  if (!data || typeof echarts === 'undefined') return;
  const charts = JSON.parse(data.textContent);
  const theme = name => getComputedStyle(root).getPropertyValue(name).trim();
  // Ten colours that stand out on white and on black, then the same with other shapes.
  const base = ['#4269d0', '#d39400', '#ef5f48', '#45a892', '#8a5fe0', '#3ca951', '#e0629a',
    '#a5714f', '#5aa9e6', '#8a8f98'];
  const shapes = ['circle', 'triangle', 'diamond', 'rect'];
  const colour = (i, count) => count <= base.length * shapes.length
    ? base[i % base.length]
    : 'hsl(' + (i * 137.508 % 360).toFixed(0) + ' 60% 52%)';
  const shape = i => shapes[Math.floor(i / base.length) % shapes.length];
  const axis = name => ({
    type: 'value', name, scale: true,
    nameLocation: 'middle', nameGap: 28, nameTextStyle: { color: theme('--muted') },
    axisLabel: { color: theme('--muted') },
    axisLine: { lineStyle: { color: theme('--line') } },
    splitLine: { lineStyle: { color: theme('--line') } },
  });
  const legend = () => ({
    type: 'scroll', top: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: theme('--ink') },
    pageTextStyle: { color: theme('--muted') }, pageIconColor: theme('--accent'),
    pageIconInactiveColor: theme('--line'), inactiveColor: theme('--muted'),
  });
  const tooltip = formatter => ({
    confine: true, backgroundColor: theme('--surface'), borderColor: theme('--line'),
    textStyle: { color: theme('--ink'), fontSize: 13 }, formatter,
  });

  const mapOption = chart => {
    const names = Object.keys(chart.series);
    const show = point => {
      const box = document.createElement('div');
      const [, , number, id] = point.value;
      if (chart.sprite) {
        box.append(tile(chart.sprite, number % chart.columns, Math.floor(number / chart.columns)));
        box.append(document.createElement('br'));
      }
      box.append('cluster ' + point.seriesName, document.createElement('br'), 'id ' + id);
      return box;
    };
    const hidden = { ...axis(''), show: false };
    return {
      animation: false, legend: legend(), tooltip: tooltip(show),
      grid: { left: 12, right: 12, top: 44, bottom: 12 }, xAxis: hidden, yAxis: hidden,
      dataZoom: [{ type: 'inside', xAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: 'ctrl' },
        { type: 'inside', yAxisIndex: 0, filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: 'ctrl' }],
      series: names.map((name, i) => ({
        name, type: 'scatter', symbol: shape(i), symbolSize: i < base.length ? 6 : 8, data: chart.series[name],
        itemStyle: { color: colour(i, names.length), opacity: .78 },
        emphasis: { focus: 'series', itemStyle: { borderColor: theme('--ink'), borderWidth: 1 } },
        blur: { itemStyle: { opacity: .15 } },
      })),
    };
  };

  const lineOption = chart => {
    const names = Object.keys(chart.series);
    return {
      animation: false, legend: legend(),
      tooltip: { ...tooltip(), trigger: 'axis', formatter: undefined,
        valueFormatter: value => Number(value).toFixed(5) },
      grid: { left: 52, right: 16, top: 40, bottom: 44 },
      xAxis: chart.labels
        ? { ...axis(chart.x), type: 'category', data: chart.labels }
        : { ...axis('index'), minInterval: 1 },
      yAxis: axis(''),
      series: names.map((name, i) => ({
        name, type: 'line', symbolSize: 5, showSymbol: chart.series[name].length < 80,
        data: chart.series[name], lineStyle: { width: 2 }, color: colour(i, names.length),
      })),
    };
  };

  const drawn = charts.map(chart => ({
    chart, view: echarts.init(document.getElementById(chart.id), null, { renderer: 'canvas' }),
  }));
  const draw = () => drawn.forEach(({ chart, view }) =>
    view.setOption(chart.kind === 'map' ? mapOption(chart) : lineOption(chart), true));
  draw();
  window.addEventListener('resize', () => drawn.forEach(({ view }) => view.resize()));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);
})();
