// Line drawings of 20 by 20, in the colour of the text around them.
const SHAPES = {
  mirror: 'M10 3v14M7 6 2.5 14H7zM13 6l4.5 8H13z',
  turn: 'M3 10h14M6 7l8-4.5V7zM6 13l8 4.5V13z',
  shutter: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14M10 7a3 3 0 1 0 0 6 3 3 0 0 0 0-6',
  back: 'M12.5 4 6.5 10l6 6',
  next: 'M7.5 4l6 6-6 6',
  close: 'M5 5l10 10M15 5 5 15',
  system: 'M10 3a7 7 0 1 0 0 14zM10 3a7 7 0 1 1 0 14',
  light: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7M10 1.5v2M10 16.5v2M1.5 10h2M16.5 10h2M4 4l1.4 1.4M14.6 14.6 16 16M16 4l-1.4 1.4M5.4 14.6 4 16',
  dark: 'M16.5 12.2A7 7 0 0 1 7.8 3.5a7 7 0 1 0 8.7 8.7',
};

export function icon(name) {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  drawing.setAttribute('viewBox', '0 0 20 20');
  drawing.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  line.setAttribute('d', SHAPES[name]);
  drawing.append(line);
  return drawing;
}
