// Charts on window.echarts: figures come as data, everything that is a function (formats, shapes) stands here. Colours are the theme's and follow it;
// a click on a point goes to what explains it.
const bundle = () => window.echarts ? Promise.resolve(window.echarts) : window.xeroCfoCharts ??= new Promise((resolve, reject) => {
  const script = document.createElement('script');
  script.src = './_content/Vizor.ECharts/js/vizor-echarts-bundle-min.js?v=0.9.7';
  script.onload = () => resolve(window.echarts);
  script.onerror = () => { window.xeroCfoCharts = undefined; reject(new Error('The chart script could not be loaded.')); };
  document.head.append(script);
});
const colour = name => getComputedStyle(document.documentElement).getPropertyValue('--' + name).trim();
const digits = (value, spec) => new Intl.NumberFormat(spec.locale, { maximumFractionDigits: spec.decimals ?? 0, minimumFractionDigits: spec.decimals ?? 0 }).format(Math.abs(value));
const text = (value, spec) => {
  if (value === null || value === undefined) { return '—'; }
  const shown = spec.unit === 'percent' ? digits(value * 100, { ...spec, decimals: 1 }) + ' %' : digits(value, spec);
  return value < 0 ? `(${shown})` : shown;
};
const axis = (value, spec) => {
  if (spec.unit === 'percent') { return `${value < 0 ? '−' : ''}${Math.round(Math.abs(value) * 1000) / 10} %`; }
  const size = Math.abs(value);
  const short = size >= 1e6 ? `${Math.round(size / 1e5) / 10}M` : size >= 1e3 ? `${Math.round(size / 100) / 10}k` : `${Math.round(size * 100) / 100}`;
  return (value < 0 ? '−' : '') + short;
};
const escape = words => String(words).replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]);

const base = (spec, theme) => ({
  animation: false,
  aria: { enabled: true, description: spec.label },
  textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, fontSize: 12, color: theme.text2 },
  grid: { left: 8, right: spec.right ?? 16, top: 16, bottom: 8, containLabel: true },
  tooltip: {
    trigger: 'axis', confine: true, backgroundColor: theme.raised, borderColor: theme.border, borderWidth: 1, padding: [8, 12],
    textStyle: { color: theme.text, fontSize: 12 }, extraCssText: 'box-shadow:none;border-radius:6px;font-variant-numeric:tabular-nums lining-nums',
  },
  xAxis: { type: 'category', data: spec.labels, axisLine: { lineStyle: { color: theme.control } }, axisTick: { show: false }, axisLabel: { color: theme.text2, hideOverlap: true } },
  yAxis: { type: 'value', axisLabel: { color: theme.text2, formatter: value => axis(value, spec) }, splitLine: { lineStyle: { color: theme.border } }, splitNumber: 4 },
});
const rows = (spec, points) => points.map(([name, value]) => `<tr><td>${escape(name)}&ensp;</td><td style="text-align:right">${text(value, spec)}</td></tr>`).join('');
const table = (title, spec, points) => `<strong>${escape(title)}</strong><table>${rows(spec, points)}</table>`;

// A line of days: what was is solid, what is to come is dashed, a buffer is a line with its name at the right, tax and large payments are points.
const days = (spec, theme) => {
  const option = base({ ...spec, right: spec.level === null ? 16 : 72 }, theme);
  const at = label => spec.labels.indexOf(label);
  const ahead = spec.marks.map(mark => ({ ...mark, index: at(mark.at) })).filter(mark => mark.index >= 0);
  option.xAxis.boundaryGap = false;
  option.xAxis.axisLabel.formatter = label => spec.ticks[at(label)] ?? '';
  option.xAxis.axisLabel.interval = index => (spec.ticks[index] ?? '') !== '';
  option.tooltip.formatter = points => {
    const index = points[0].dataIndex;
    const here = ahead.filter(mark => mark.index === index).map(mark => [mark.name, mark.value]);
    return table(spec.labels[index], spec, [[spec.past[index] !== null ? 'Closing cash' : 'With open documents', spec.past[index] ?? spec.ahead[index]], ...here]);
  };
  option.series = [
    {
      type: 'line', name: 'Closing cash', data: spec.past, symbol: 'none', lineStyle: { color: theme.chart1, width: 2 }, itemStyle: { color: theme.chart1 },
      markLine: spec.level === null ? undefined : {
        silent: true, symbol: 'none', lineStyle: { color: theme.warn, type: 'solid', width: 1 },
        data: [{ yAxis: spec.level, label: { position: 'end', color: theme.warn, formatter: `${spec.levelName} ${axis(spec.level, spec)}` } }],
      },
    },
    { type: 'line', name: 'With open documents', data: spec.ahead, symbol: 'none', lineStyle: { color: theme.chart1, width: 2, type: 'dashed' }, itemStyle: { color: theme.chart1 } },
    {
      type: 'scatter', name: 'Tax and large payments', symbolSize: 9, itemStyle: { color: theme.surface, borderColor: theme.chart2, borderWidth: 2 },
      data: ahead.map(mark => [mark.index, spec.ahead[mark.index] ?? spec.past[mark.index]]),
    },
  ];
  return option;
};

// Bars, their last year as outlines, one line over them; a budget is a tick. A month in progress is hatched.
const months = (spec, theme) => {
  const option = base({ ...spec, right: spec.line && spec.bars ? 72 : 16 }, theme);
  option.yAxis.scale = !spec.bars;
  option.tooltip.formatter = points => table(spec.titles?.[points[0].dataIndex] ?? points[0].name, spec, spec.all.map(series => [series.name, series.values[points[0].dataIndex]]));
  option.series = [];
  if (spec.before) {
    option.series.push({
      type: 'bar', name: spec.before.name, data: spec.before.values, barGap: '8%', barMaxWidth: 14, itemStyle: { color: 'transparent', borderColor: theme.lastYear, borderWidth: 1 }, z: 1,
    });
  }

  if (spec.bars) {
    option.series.push({
      type: 'bar', name: spec.bars.name, barMaxWidth: spec.before ? 14 : 22, z: 2,
      data: spec.bars.values.map((value, index) => ({
        value,
        itemStyle: spec.open.includes(index)
          ? { color: theme.surface, borderColor: theme.chart1, borderWidth: 1, borderType: 'dashed', decal: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: -0.8, color: theme.chart1 } }
          : { color: theme.chart1 },
      })),
    });
  }

  if (spec.budget) {
    option.series.push({ type: 'scatter', name: spec.budget.name, data: spec.budget.values, symbol: 'rect', symbolSize: [22, 3], itemStyle: { color: theme.text }, z: 4 });
  }

  if (spec.line) {
    option.series.push({
      type: 'line', name: spec.line.name, data: spec.line.values, symbol: 'circle', symbolSize: 5, z: 3, lineStyle: { color: theme.chart2, width: 2 }, itemStyle: { color: theme.chart2 },
      endLabel: { show: Boolean(spec.bars), color: theme.chart2, formatter: spec.line.name, distance: 6, backgroundColor: theme.surface, padding: [1, 3] },
      markLine: spec.level === null || spec.level === undefined ? undefined : {
        silent: true, symbol: 'none', lineStyle: { color: theme.warn, type: 'solid', width: 1 },
        data: [{ yAxis: spec.level, label: { position: 'insideStartTop', color: theme.warn, formatter: `${spec.levelName} ${axis(spec.level, spec)}` } }],
      },
    });
  }

  return option;
};

// From one figure to another: each step stands where the last one ended; what takes away is hatched, and the sign says it too.
const walk = (spec, theme) => {
  const option = base(spec, theme);
  const bars = [];
  let level = 0;
  spec.steps.forEach((step, index) => {
    const [from, to] = step.whole ? [0, step.value] : [level, level + step.value];
    level = to;
    bars.push([index, from, to, step.whole ? 0 : step.value]);
  });
  option.xAxis.data = spec.steps.map(step => step.name);
  // A name keeps its words whole: where a step is too narrow for them it leans.
  const room = Math.floor((spec.width - 72) / spec.steps.length);
  option.xAxis.axisLabel = { color: theme.text2, interval: 0, fontSize: 10, lineHeight: 12, ...(room < 64 ? { rotate: 35, width: 84, overflow: 'truncate' } : { width: room, overflow: 'break' }) };
  option.tooltip.trigger = 'item';
  option.tooltip.formatter = point => table(spec.steps[point.dataIndex].name, spec, [[spec.steps[point.dataIndex].whole ? 'Net profit' : 'Effect on profit', spec.steps[point.dataIndex].value]]);
  option.series = [{
    type: 'custom', data: bars, encode: { x: 0, y: [1, 2] },
    renderItem: (_, api) => {
      const index = api.value(0);
      const [top, bottom] = [api.coord([index, Math.max(api.value(1), api.value(2))]), api.coord([index, Math.min(api.value(1), api.value(2))])];
      const width = Math.min(api.size([1, 0])[0] * 0.62, 56);
      const step = spec.steps[index];
      const down = !step.whole && step.value < 0;
      const fill = step.whole ? theme.chart1 : down ? theme.surface : theme.chart3;
      const shape = { x: top[0] - width / 2, y: top[1], width, height: Math.max(bottom[1] - top[1], 1) };
      const lines = [];
      for (let offset = -shape.height; down && offset < width; offset += 6) {
        const [x1, x2] = [Math.max(offset, 0), Math.min(offset + shape.height, width)];
        if (x2 > x1) { lines.push({ type: 'line', silent: true, shape: { x1: shape.x + x1, y1: shape.y + shape.height - (x1 - offset), x2: shape.x + x2, y2: shape.y + shape.height - (x2 - offset) }, style: { stroke: theme.chart2, lineWidth: 1 } }); }
      }

      return {
        type: 'group',
        children: [
          { type: 'rect', shape, style: { fill, stroke: step.whole ? theme.chart1 : down ? theme.chart2 : theme.chart3, lineWidth: 1 } },
          ...lines,
          { type: 'text', silent: true, style: { text: (step.whole ? '' : step.value < 0 ? '−' : '+') + axis(Math.abs(step.value), spec), x: top[0], y: shape.y - 4, textAlign: 'center', textVerticalAlign: 'bottom', fill: theme.text, fontSize: 11 } },
        ],
      };
    },
  }];
  return option;
};

const kinds = { days, months, walk };
const theme = () => Object.fromEntries([
  ['text', 'text'], ['text2', 'text2'], ['surface', 'surface'], ['raised', 'raised'], ['border', 'border'], ['control', 'control'], ['warn', 'warn'],
  ['chart1', 'chart1'], ['chart2', 'chart2'], ['chart3', 'chart3'], ['lastYear', 'last-year'],
].map(([key, name]) => [key, colour(name)]));

export async function draw(box, spec) {
  const echarts = await bundle();
  if (!box?.isConnected) { return; }
  box.xeroCfoSpec = spec;
  const paint = () => {
    const chart = echarts.getInstanceByDom(box);
    chart?.setOption(kinds[box.xeroCfoSpec.kind]({ ...box.xeroCfoSpec, width: box.clientWidth }, theme()), { notMerge: true });
  };
  if (!echarts.getInstanceByDom(box)) {
    const chart = echarts.init(box, null, { renderer: 'svg' });
    chart.on('click', point => go(box, point.componentType === 'series' && point.seriesType === 'scatter' && Array.isArray(point.value) ? point.value[0] : point.dataIndex));
    // A line is hit anywhere above its day.
    chart.getZr().on('click', event => {
      if (!event.target && chart.containPixel('grid', [event.offsetX, event.offsetY])) {
        go(box, chart.convertFromPixel({ seriesIndex: 0 }, [event.offsetX, event.offsetY])[0]);
      }
    });
    const resize = () => { chart.resize(); paint(); };
    const size = new ResizeObserver(resize);
    const look = new MutationObserver(paint);
    size.observe(box);
    look.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    // Paper has its own width: the drawing is scaled to it as it is.
    const printed = () => {
      paint();
      const svg = box.querySelector('svg');
      svg?.setAttribute('viewBox', `0 0 ${chart.getWidth()} ${chart.getHeight()}`);
      svg?.setAttribute('preserveAspectRatio', 'none');
    };
    addEventListener('beforeprint', printed);
    addEventListener('afterprint', printed);
    const gone = new MutationObserver(() => {
      if (!box.isConnected) {
        [size, look, gone].forEach(watch => watch.disconnect());
        removeEventListener('beforeprint', printed);
        removeEventListener('afterprint', printed);
        chart.dispose();
      }
    });
    gone.observe(document.body, { childList: true, subtree: true });
  }

  paint();
  box.dataset.drawn = 'true';
}

function go(box, index) {
  const href = box.xeroCfoSpec.hrefs?.[index];
  if (href) { Blazor.navigateTo(href); }
}
